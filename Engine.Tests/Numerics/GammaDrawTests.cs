using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class GammaDrawTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData(0.125)]
    [InlineData(0.7)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7.5)]
    [InlineData(400)]
    public void Standard_ManyDraws_HasMeanVarianceAndSkewnessOfTheDistribution(double shape)
    {
        var stream = new RandomStream(91, 1);
        var (mean, square, cube) = (0.0, 0.0, 0.0);
        for (ulong i = 0; i < Draws; i++)
        {
            var centered = GammaDraw.Standard(stream, i, shape) - shape;
            Assert.InRange(centered, -shape, double.MaxValue);
            mean += centered / Draws;
            square += centered * centered / Draws;
            cube += centered * centered * centered / Draws;
        }

        // Central moments of the gamma distribution from its cumulants k_r = shape (r - 1)!; five standard errors.
        var (k2, k3, k4, k6) = (shape, 2 * shape, 6 * shape, 120 * shape);
        var fourth = k4 + (3 * k2 * k2);
        var sixth = k6 + (15 * k4 * k2) + (10 * k3 * k3) + (15 * k2 * k2 * k2);
        Assert.Equal(0, mean, 5 * Math.Sqrt(k2 / Draws));
        Assert.Equal(k2, square, 5 * Math.Sqrt((fourth - (k2 * k2)) / Draws));
        Assert.Equal(k3, cube, 5 * Math.Sqrt((sixth - (k3 * k3)) / Draws));
    }

    [Fact]
    public void Standard_ShapeTwo_FollowsItsDistributionFunction()
    {
        var stream = new RandomStream(92, 1);
        var draws = Enumerable.Range(0, Draws).Select(i => GammaDraw.Standard(stream, (ulong)i, 2)).Order().ToArray();
        var largest = draws.Select((x, i) => Math.Abs(1 - (Math.Exp(-x) * (1 + x)) - ((i + 0.5) / Draws))).Max();
        // Kolmogorov's bound: exceeded once in 10^6 samples.
        Assert.InRange(largest, 0, 2.7 / Math.Sqrt(Draws));
    }

    [Fact]
    public void Standard_AnyOrder_SameDraw()
    {
        var stream = new RandomStream(93, 1);
        var forward = Enumerable.Range(0, 1000).Select(i => GammaDraw.Standard(stream, (ulong)i, 0.5)).ToArray();
        for (var i = 999; i >= 0; i--)
            Assert.Equal(forward[i], GammaDraw.Standard(stream, (ulong)i, 0.5));
    }

    [Fact]
    public void Standard_Results_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        foreach (var shape in new[] { 0.125, 1, 2, 33.3 })
        {
            for (ulong i = 0; i < 2000; i++)
                digest.Add<double>([GammaDraw.Standard(new RandomStream(94, 1), i, shape)]);
        }

        Assert.Equal("AF5E1C15A95ED2F4", digest.ToString());
    }
}
