using Engine.Neighbors;

namespace Engine.Tests.Neighbors;

public sealed class DistanceSummaryTests
{
    [Fact]
    public void Of_WholeNumbersFromZeroToTwenty_EqualsWhatOneReadsOff()
    {
        var summary = DistanceSummary.Of([.. Enumerable.Range(0, 21).Reverse().Select(value => (float)value)]);
        Assert.Equal((21, 1), (summary.Count, summary.ZeroCount));
        Assert.Equal((10, 0, 20), (summary.Mean, summary.Minimum, summary.Maximum));
        Assert.Equal((1, 5, 10, 15, 19), (summary.Quantile05, summary.LowerQuartile, summary.Median, summary.UpperQuartile, summary.Quantile95));
    }

    [Fact]
    public void Of_QuantilesBetweenValues_AreInterpolated()
    {
        // 1 2 4 8: the share s of the way lies at place 3 s.
        var summary = DistanceSummary.Of([8, 1, 4, 2]);
        double[] actual = [summary.Quantile05, summary.LowerQuartile, summary.Median, summary.UpperQuartile, summary.Quantile95, summary.Mean];
        double[] expected = [1.15, 1.75, 3, 5, 7.4, 3.75];
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Fact]
    public void Of_OneDistance_IsEveryQuantile()
    {
        var summary = DistanceSummary.Of([3]);
        Assert.All([summary.Quantile05, summary.Median, summary.Quantile95, summary.Mean, summary.Minimum, summary.Maximum], value => Assert.Equal(3, value));
        Assert.Equal((1, 0), (summary.Count, summary.ZeroCount));
    }

    [Fact]
    public void Of_InfiniteDistances_AreNeverNaN()
    {
        var summary = DistanceSummary.Of([float.PositiveInfinity, 0, 0, float.PositiveInfinity, float.PositiveInfinity]);
        Assert.Equal(2, summary.ZeroCount);
        Assert.Equal(double.PositiveInfinity, summary.Median);
        Assert.Equal(0, summary.LowerQuartile);
        Assert.Equal(double.PositiveInfinity, summary.Quantile95);
        Assert.Equal(double.PositiveInfinity, summary.Mean);
    }

    [Fact]
    public void Of_TheGivenDistances_StayInOrder()
    {
        float[] distances = [3, 1, 2];
        DistanceSummary.Of(distances);
        Assert.Equal([3, 1, 2], distances);
    }

    [Fact]
    public void Of_NoDistances_Throws() =>
        Assert.Contains("no distances", Assert.Throws<ArgumentException>(() => DistanceSummary.Of([])).Message, StringComparison.Ordinal);
}
