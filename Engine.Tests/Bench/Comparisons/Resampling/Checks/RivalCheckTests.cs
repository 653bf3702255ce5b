using Bench.Comparisons.Checks;
using Bench.Comparisons.Resampling.Checks;
using Engine.Data;
using Engine.Resampling;

namespace Engine.Tests.Bench.Comparisons.Resampling.Checks;

/// <summary>What counts as the same result as imbalanced-learn's.</summary>
public sealed class RivalCheckTests
{
    // Minority rows 0 and 1 at 0 and 1; majority rows 2 to 6.
    private static readonly LabeledSamples s_rows = SmallRows.OnALine([0, 1, 2, 3, -1, -2, 10], 0, 1);

    // Minority rows 0 to 3; row 1 and row 2 are equally far from row 0.
    private static readonly LabeledSamples s_four = SmallRows.OnALine([0, 1, -1, 5, 9, 9, 9, 9, 9], 0, 1, 2, 3);

    [Fact]
    public void SameRows_SameRows_Holds() => AssertHolds(new SameRows(1).Run(s_rows, Kept(0, 1, 2, 4), [0, 1, 2, 4], Token), ties: 0);

    [Fact]
    public void SameRows_OtherRowAtTheSameMean_IsATie() => AssertHolds(new SameRows(1).Run(s_rows, Kept(0, 1, 2), [0, 1, 4], Token), ties: 2);

    [Fact]
    public void SameRows_OtherRowFartherAway_IsWrong()
    {
        var result = new SameRows(1).Run(s_rows, Kept(0, 1, 2), [0, 1, 3], Token);
        Assert.Equal((2, "row 2 is kept by one; means of such rows are 1 to 2"), (result.Wrong, result.FirstDifference));
    }

    [Fact]
    public void SameRows_NoRow_IsWrong() => Assert.Equal("7 is no row", new SameRows(1).Run(s_rows, Kept(0, 1, 2), [0, 1, 7], Token).FirstDifference);

    [Fact]
    public void SameRows_TiedCandidate_MayMoveAnother()
    {
        // Row 0 has candidates 1 or 2, equally far; the one that is a candidate is kept although its mean differs.
        var rows = SmallRows.OnALine([0, 1, -1, 5], 0);
        AssertHolds(new SameRows(1) { CandidateCount = 1 }.Run(rows, ResamplingPlan.Keep(4, [0, 1]), [0, 2], Token), ties: 2);
        Assert.False(new SameRows(1) { CandidateCount = 1 }.Run(rows, ResamplingPlan.Keep(4, [0]), [0, 3], Token).Holds);
    }

    [Fact]
    public void SameCounts_SameCounts_Holds() => AssertHolds(new SameCounts(1).Run(s_rows, Made((0, 1), (0, 1), (1, 0)), [2, 1], Token), ties: 0);

    [Fact]
    public void SameCounts_NeighborsEquallyFar_IsATie()
    {
        // Row 0 has rows 1 and 4 at distance 1: which of them is the neighbor decides.
        AssertHolds(new SameCounts(1).Run(s_rows, Made((0, 1), (0, 1), (0, 1), (1, 0)), [1, 1], Token), ties: 1);
        // The sum has changed with it: another count may move by one.
        var apart = SmallRows.OnALine([0, 1.5f, 2, 3, -1.5f, -9, 10], 0, 1);
        AssertHolds(new SameCounts(1).Run(apart, Made((0, 1), (0, 1), (0, 1), (1, 0)), [1, 2], Token), ties: 2);
    }

    [Fact]
    public void SameCounts_NoTie_IsWrong()
    {
        var apart = SmallRows.OnALine([0, 1, 2.5f, 3, -5, -9, 10], 0, 1);
        Assert.Equal("row 1 makes 1 rows, there 2", new SameCounts(1).Run(apart, Made((0, 1), (1, 0)), [1, 2], Token).FirstDifference);
        Assert.Equal("row 1 makes 1 rows, there 9", new SameCounts(1).Run(apart, Made((0, 1), (1, 0)), [1, 9], Token).FirstDifference);
        Assert.Equal("it has 1 counts for 2 rows", new SameCounts(1).Run(apart, Made((0, 1), (1, 0)), [1], Token).FirstDifference);
    }

    [Fact]
    public void SameNeighbors_ListedOrNoFarther_Holds()
    {
        AssertHolds(new SameNeighbors(1).Run(s_four, ResamplingPlan.Extend(9, [new(0, 1, 0.5f), new(3, 1, 0.25f)], label: 1), [1, 0, 0, 1], Token), ties: 0);
        AssertHolds(new SameNeighbors(1).Run(s_four, ResamplingPlan.Extend(9, [new(0, 2, 0.5f)], label: 1), [1, 0, 0, 1], Token), ties: 1);
    }

    [Fact]
    public void SameNeighbors_FartherOrOfTheOtherClass_IsWrong()
    {
        Assert.Equal(
            "row 3 is no listed neighbor of row 0",
            new SameNeighbors(1).Run(s_four, ResamplingPlan.Extend(9, [new(0, 3, 0.5f)], label: 1), [1, 0, 0, 1], Token).FirstDifference);
        Assert.Equal(
            "a row is made of rows 0 and 4, not both of the minority",
            new SameNeighbors(1).Run(s_four, ResamplingPlan.Extend(9, [new(0, 4, 0.5f)], label: 1), [1, 0, 0, 1], Token).FirstDifference);
        Assert.False(new SameNeighbors(1).Run(s_four, ResamplingPlan.Extend(9, [new(0, 1, 0.5f)], label: 1), [1, 0, 0], Token).Holds);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ResamplingPlan Kept(params long[] rows) => ResamplingPlan.Keep(7, rows);

    private static ResamplingPlan Made(params (long Row, long Neighbor)[] rows) =>
        ResamplingPlan.Extend(7, [.. rows.Select(row => new SyntheticRow(row.Row, row.Neighbor, 0.5f))], label: 1);

    private static void AssertHolds(CheckResult result, long ties)
    {
        Assert.Null(result.FirstDifference);
        Assert.Equal((true, ties), (result.Holds, result.Ties));
    }
}
