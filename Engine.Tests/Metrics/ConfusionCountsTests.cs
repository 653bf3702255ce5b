using Engine.Data;
using Engine.Metrics;

namespace Engine.Tests.Metrics;

public sealed class ConfusionCountsTests
{
    // A handful of operations on numbers of size 1: 4 roundings of 1.1e-16 each.
    private const double Rounding = 5e-16;

    [Fact]
    public void From_ScoreAtThreshold_IsPredictedPositive() =>
        Assert.Equal(
            new ConfusionCounts(TruePositives: 2, FalsePositives: 1, FalseNegatives: 1, TrueNegatives: 1),
            ConfusionCounts.From([.5f, .9f, .1f, .5f, .49f], Labels.From([1, 1, 1, 0, 0]), .5f));

    [Fact]
    public void From_InfiniteThreshold_PredictsOneClass()
    {
        Assert.Equal(new ConfusionCounts(0, 0, 1, 1), ConfusionCounts.From([.5f, .9f], (byte[])[0, 1], float.PositiveInfinity));
        Assert.Equal(new ConfusionCounts(1, 1, 0, 0), ConfusionCounts.From([.5f, .9f], (byte[])[0, 1], float.NegativeInfinity));
    }

    [Fact]
    public void From_NaN_Throws()
    {
        Assert.Throws<ArgumentException>(() => ConfusionCounts.From([float.NaN], (byte[])[1], .5f));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionCounts.From([.5f], (byte[])[1], float.NaN));
    }

    [Fact]
    public void TryCompute_EveryRatio_FollowsItsFormula()
    {
        var counts = new ConfusionCounts(TruePositives: 6, FalsePositives: 4, FalseNegatives: 2, TrueNegatives: 8);
        AssertValue(6 / 10.0, counts.TryComputePrecision(1, out var precisionC1), precisionC1);
        AssertValue(8 / 10.0, counts.TryComputePrecision(0, out var precisionC0), precisionC0);
        AssertValue(6 / 8.0, counts.TryComputeRecall(1, out var recallC1), recallC1);
        AssertValue(8 / 12.0, counts.TryComputeRecall(0, out var recallC0), recallC0);
        AssertValue(8 / 12.0, counts.TryComputeSpecificity(out var specificity), specificity);
        AssertValue(12 / 18.0, counts.TryComputeF1(1, out var f1C1), f1C1);
        AssertValue(16 / 22.0, counts.TryComputeF1(0, out var f1C0), f1C0);
        AssertValue(14 / 20.0, counts.TryComputeAccuracy(out var accuracy), accuracy);
        AssertValue((.75 + (2 / 3.0)) / 2, counts.TryComputeBalancedAccuracy(out var balancedAccuracy), balancedAccuracy);
        AssertValue(40 / Math.Sqrt(10.0 * 8 * 12 * 10), counts.TryComputeMcc(out var mcc), mcc);
        AssertValue(4 / 12.0, counts.TryComputeFalsePositiveRate(out var falsePositiveRate), falsePositiveRate);
        AssertValue(2 / 8.0, counts.TryComputeFalseNegativeRate(out var falseNegativeRate), falseNegativeRate);
    }

    [Fact]
    public void TryComputeDualDivergence_OldestPatientsOneErrorApart_MatchesTheReconstruction()
    {
        // Paper P's group of 90 and older: 44 deaths and 142 survivors, 20 deaths found, one more false alarm than missed deaths.
        var counts = new ConfusionCounts(TruePositives: 20, FalsePositives: 25, FalseNegatives: 24, TrueNegatives: 117);
        AssertValue((20 / 44.0) - (20 / 45.0), counts.TryComputeDivergence(1, out var divergenceC1), divergenceC1);
        AssertValue((117 / 141.0) - (117 / 142.0), counts.TryComputeDivergence(0, out var divergenceC0), divergenceC0);
        AssertValue(divergenceC1 + divergenceC0, counts.TryComputeDualDivergence(out var sum), sum);
        AssertValue(sum / 2, counts.TryComputeDualDivergence(out var mean, DivergenceCombination.Mean), mean);
        AssertValue(Math.Sqrt((divergenceC1 * divergenceC1) + (divergenceC0 * divergenceC0)), counts.TryComputeDualDivergence(out var norm, DivergenceCombination.Euclidean), norm);
        Assert.Equal(.0159, sum, 5e-5);
    }

    [Theory]
    [InlineData(7, 5, 5, 20)]
    [InlineData(0, 3, 3, 1)]
    public void TryComputeDualDivergence_AsManyPredictedAsThereAre_IsZero(long truePositives, long falsePositives, long falseNegatives, long trueNegatives)
    {
        var counts = new ConfusionCounts(truePositives, falsePositives, falseNegatives, trueNegatives);
        AssertValue(0, counts.TryComputeDivergence(1, out var divergenceC1), divergenceC1);
        AssertValue(0, counts.TryComputeDivergence(0, out var divergenceC0), divergenceC0);
        AssertValue(0, counts.TryComputeDualDivergence(out var dual), dual);
    }

    [Fact]
    public void TryCompute_NothingPredictedPositive_FollowsScikitLearn()
    {
        var counts = new ConfusionCounts(0, 0, 8, 12);
        AssertValue(0, counts.TryComputePrecision(1, out var precision), precision);
        AssertValue(0, counts.TryComputeF1(1, out var f1), f1);
        AssertValue(0, counts.TryComputeMcc(out var mcc), mcc);
    }

    [Fact]
    public void TryCompute_ClassAbsent_IsUndefined()
    {
        var counts = new ConfusionCounts(0, 3, 0, 3);
        Assert.False(counts.TryComputeRecall(1, out _));
        Assert.False(counts.TryComputeF1(1, out _));
        Assert.False(counts.TryComputeFalseNegativeRate(out _));
        Assert.False(counts.TryComputeDivergence(1, out _));
        Assert.False(counts.TryComputeDualDivergence(out _));
        AssertValue(.5, counts.TryComputeBalancedAccuracy(out var balancedAccuracy), balancedAccuracy);
        Assert.False(new ConfusionCounts(3, 0, 3, 0).TryComputeSpecificity(out _));
        Assert.False(new ConfusionCounts(3, 0, 3, 0).TryComputeFalsePositiveRate(out _));
    }

    [Fact]
    public void TryCompute_NoRows_IsUndefined()
    {
        var counts = default(ConfusionCounts);
        Assert.False(counts.TryComputePrecision(1, out _));
        Assert.False(counts.TryComputeAccuracy(out _));
        Assert.False(counts.TryComputeBalancedAccuracy(out _));
        Assert.False(counts.TryComputeMcc(out _));
    }

    [Fact]
    public void TryComputeMcc_CountsBeyondExactProducts_StaysInRange()
    {
        // The product of the four margins is 1.6e37 x 1e0: beyond long, and its root must still be right.
        var counts = new ConfusionCounts(2_000_000_000, 0, 0, 2_000_000_000);
        AssertValue(1, counts.TryComputeMcc(out var mcc), mcc);
    }

    [Fact]
    public void TryComputePrecision_ClassTwo_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionCounts(1, 1, 1, 1).TryComputePrecision(2, out _));

    private static void AssertValue(double expected, bool isDefined, double actual)
    {
        Assert.True(isDefined);
        Assert.Equal(expected, actual, Rounding);
        Assert.False(double.IsNegative(actual) && actual == 0);
    }
}
