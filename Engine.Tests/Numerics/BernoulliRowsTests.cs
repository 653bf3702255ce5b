using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Tests.Numerics;

public sealed class BernoulliRowsTests
{
    public static TheoryData<double> Scales => [1e-300, 1e-9, 1e-3, 0.5, 1, 3, 10, 40, 300, 800, 1e5];

    [Theory]
    [MemberData(nameof(Scales))]
    public void Add_AnyLogOdds_GivesWhatOneRowAtATimeGives(double scale)
    {
        var stream = new RandomStream(11, 3);
        double[] etas = [.. Enumerable.Range(0, 997).Select(i => scale * stream.Normal((ulong)i))];
        AssertAdds(etas, _ => 1);
        AssertAdds(etas, _ => 0.3);
        AssertAdds(etas, row => 0.1 + (row % 7));
    }

    [Fact]
    public void Add_SpecialLogOdds_GivesWhatOneRowAtATimeGives()
    {
        // Around the places where the functions change their path.
        double[] places = [0, -0.0, double.Epsilon, Math.Log(2), -Math.Log(Math.Sqrt(2) - 1), 700, 708.4, 709.8, 745.2, 1e300];
        double[] around = [.. places.SelectMany(place => new[] { place, -place, Math.BitIncrement(place), Math.BitDecrement(place) })];
        AssertAdds(around, _ => 1);
        AssertAdds([.. around.SelectMany(value => new[] { value, 0.25, -1, 2 })], row => 1 + (row % 2));
    }

    [Theory]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void AddOne_LogOddsWithoutEnd_AreNotLost(double eta, double expected)
    {
        var sum = 0.0;
        BernoulliRows<Lanes256<double>>.AddOne([0], [1], [eta], new double[1], new double[1], ref sum);
        Assert.Equal(expected, sum);
    }

    [Fact]
    public void AddOne_ProbabilitiesNearOne_KeepTheirLogLikelihood()
    {
        // 1 + odds rounds to 1 in every row; the product must not.
        double[] etas = [.. Enumerable.Repeat(-40.0, 100)];
        var sum = 0.0;
        BernoulliRows<Lanes256<double>>.AddOne(new double[100], [.. etas.Select(_ => 1.0)], etas, new double[100], new double[100], ref sum);
        Assert.Equal(1, sum / (-100 * Math.Exp(-40)), 1e-14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(32)]
    public void Add_OnlyTheLastRowWeighsMore_GivesWhatOneRowAtATimeGives(int last)
    {
        double[] etas = [.. Enumerable.Range(0, last + 1).Select(row => 0.7 - (0.1 * row))];
        AssertAdds<Lanes512<double>>(etas, 1, row => row == last ? 3 : 1);
        AssertAdds<Lanes256<double>>(etas, 1, row => row == last ? 3 : 1);
        AssertAdds<Lanes128<double>>(etas, 1, row => row == last ? 3 : 1);
        AssertAdds<LanesScalar<double>>(etas, 1, row => row == last ? 3 : 1);
    }

    private static void AssertAdds(double[] etas, Func<int, double> weightOfRow)
    {
        AssertAdds<Lanes512<double>>(etas, weightOfRow);
        AssertAdds<Lanes256<double>>(etas, weightOfRow);
        AssertAdds<Lanes128<double>>(etas, weightOfRow);
        AssertAdds<LanesScalar<double>>(etas, weightOfRow);
    }

    private static void AssertAdds<TLanes>(double[] etas, Func<int, double> weightOfRow)
        where TLanes : struct, ILanes<TLanes, double>
    {
        foreach (var count in new[] { 1, 3, 8, 15, Math.Min(997, etas.Length) })
            AssertAdds<TLanes>(etas[..count], 1, weightOfRow);
        AssertAdds<TLanes>(etas[..(etas.Length / 16 * 16)], 16, weightOfRow);
    }

    private static void AssertAdds<TLanes>(double[] etas, int modelCount, Func<int, double> weightOfRow)
        where TLanes : struct, ILanes<TLanes, double>
    {
        double[] weights = [.. etas.Select((_, i) => weightOfRow(i / modelCount))];
        double[] labels = [.. etas.Select((_, i) => i % 3 == 0 ? 1.0 : 0)];
        var (residuals, curvatures, sums) = (new double[etas.Length], new double[etas.Length], new double[modelCount]);
        if (modelCount > 1)
            BernoulliRows<TLanes>.AddEach(labels, weights, etas, residuals, sums);
        else
            Assert.Equal(etas.Max(Math.Abs), BernoulliRows<TLanes>.AddOne(labels, weights, etas, residuals, curvatures, ref sums[0]));

        var (expected, size) = (new double[modelCount], new double[modelCount]);
        for (var i = 0; i < etas.Length; i++)
        {
            var logLikelihood = weights[i] * Bernoulli.LogLikelihood(labels[i], etas[i], out var residual, out var curvature);
            expected[i % modelCount] += logLikelihood;
            size[i % modelCount] += Math.Abs(logLikelihood);
            Assert.Equal(BitConverter.DoubleToInt64Bits(weights[i] * residual), BitConverter.DoubleToInt64Bits(residuals[i]));
            if (modelCount == 1)
                Assert.Equal(BitConverter.DoubleToInt64Bits(weights[i] * curvature), BitConverter.DoubleToInt64Bits(curvatures[i]));
        }

        for (var model = 0; model < modelCount; model++)
            Assert.InRange(sums[model], expected[model] - (1e-13 * size[model]), expected[model] + (1e-13 * size[model]));
    }
}
