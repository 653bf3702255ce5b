using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

public sealed class GammaSamplerTests()
    : DrawnOversamplerBattery(call => new GammaSampler { Seed = call.Seed, TargetRatio = call.TargetRatio, Rows = call.Rows }.Plan(call.Samples, call.Labels, call.Compute), otherCount: 3, mayMoveTowardsItself: true)
{
    [Fact]
    public void Plan_Defaults_MovesToItselfOnceInFour_FactorsHaveTheMomentsOfTheShiftedGamma()
    {
        var synthetic = ManyDraws(new GammaSampler { Seed = 5 });
        // 59,950 draws. Copies: deviation sqrt(n / 4 x 3 / 4) = 106. Bases over 50 rows: mean 1199, deviation 34.3. Five deviations.
        Assert.InRange(synthetic.Count(made => made.Neighbor == made.Row), 14_987 - 530, 14_987 + 530);
        Assert.All(synthetic.GroupBy(made => made.Row), group => Assert.InRange(group.Count(), 1199 - 172, 1199 + 172));
        AssertMoments(synthetic, shape: 2, scale: 0.125);
        Assert.All(synthetic, made => Assert.InRange(made.Factor, -0.125f, 8f));
    }

    [Theory]
    [InlineData(0.125, 2)]
    [InlineData(1, 3)]
    [InlineData(3.5, 0.25)]
    public void Plan_DenisovsVariant_NeverMovesToItself_FactorsHaveTheMomentsOfTheShiftedGamma(double shape, double scale)
    {
        var synthetic = ManyDraws(new GammaSampler { Seed = 6, NeighborCount = 2, IncludesSelf = false, Shape = shape, Scale = scale });
        Assert.DoesNotContain(synthetic, made => made.Neighbor == made.Row);
        AssertMoments(synthetic, shape, scale);
    }

    [Fact]
    public void Plan_Digest_IsTheSameOnEveryMachine()
    {
        using var digest = new Digest();
        foreach (var made in ManyDraws(new GammaSampler { Seed = 7, Shape = 0.3 }))
        {
            digest.Add<long>([made.Row, made.Neighbor]);
            digest.Add<float>([made.Factor]);
        }

        Assert.Equal("42DE1D35D62F373E", digest.ToString());
    }

    [Fact]
    public void Plan_OptionsOutsideTheirRange_NamesTheRange()
    {
        var (samples, labels) = Problem();
        foreach (var value in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new GammaSampler { Seed = 1, Shape = value }.Plan(samples, labels));
            Assert.Throws<ArgumentOutOfRangeException>(() => new GammaSampler { Seed = 1, Scale = value }.Plan(samples, labels));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new GammaSampler { Seed = 1, NeighborCount = 1 }.Plan(samples, labels));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GammaSampler { Seed = 1, NeighborCount = 0, IncludesSelf = false }.Plan(samples, labels));
    }

    private static SyntheticRow[] ManyDraws(GammaSampler sampler)
    {
        var labels = Labels.From([.. Enumerable.Range(0, 60_050).Select(row => row < 50)]);
        return sampler.Plan(Tables.Normal(60_050, 2, 61), labels).Synthetic.ToArray();
    }

    private static void AssertMoments(SyntheticRow[] synthetic, double shape, double scale)
    {
        var (mean, variance) = (scale, shape * scale * scale);
        var found = synthetic.Average(made => (double)made.Factor);
        Assert.Equal(mean, found, 5 * Math.Sqrt(variance / synthetic.Length));
        // The fourth central moment of the gamma distribution is (3 shape² + 6 shape) scale⁴.
        var fourth = ((3 * shape * shape) + (6 * shape)) * Math.Pow(scale, 4);
        Assert.Equal(variance, synthetic.Average(made => Math.Pow(made.Factor - mean, 2)), 5 * Math.Sqrt((fourth - (variance * variance)) / synthetic.Length));
    }
}
