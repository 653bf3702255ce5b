using Bench.Comparisons.Checks;
using Bench.Comparisons.Resampling.Checks;
using Engine.Data;
using Engine.Resampling;

namespace Engine.Tests.Bench.Comparisons.Resampling.Checks;

public sealed class PlanCheckTests
{
    private static readonly LabeledSamples s_rows = SmallRows.OnALine([0, 1, 2, 3, 5, 6, 7, 8], 0, 1, 2);

    [Fact]
    public void RowCounts_OtherNumber_IsWrong()
    {
        var check = PlanChecks.RowCounts(static balance => 2 * balance.Minority);
        AssertHolds(check, ResamplingPlan.Keep(8, [0, 1, 2, 3, 4, 5]));
        AssertWrong(check, ResamplingPlan.Keep(8, [0, 1, 2]), "3 rows where 6 were asked for");
    }

    [Fact]
    public void OnlyMajorityLeaves_MinorityRowGoneOrRowMade_IsWrong()
    {
        AssertHolds(PlanChecks.OnlyMajorityLeaves, ResamplingPlan.Keep(8, [0, 1, 2, 7]));
        AssertWrong(PlanChecks.OnlyMajorityLeaves, ResamplingPlan.Keep(8, [0, 2, 7]), "minority row 1 is kept 0 times");
        AssertWrong(PlanChecks.OnlyMajorityLeaves, ResamplingPlan.Extend(8, [new(0, 1, 0.5f)], label: 1), "1 rows are to be made");
    }

    [Fact]
    public void RepeatedUnits_OtherMultiplicity_IsWrong()
    {
        AssertHolds(PlanChecks.RepeatedUnits(3), ResamplingPlan.Repeat([3, 3, 3, 1, 1, 1, 1, 1]));
        AssertWrong(PlanChecks.RepeatedUnits(3), ResamplingPlan.Repeat([3, 3, 3, 2, 1, 1, 1, 1]), "row 3 is kept 2 times where 1 were asked for");
    }

    [Fact]
    public void NearbySegments_FarOrOtherParents_AreWrong()
    {
        AssertHolds(new NearbySegments(1).Run, ResamplingPlan.Extend(8, [new(0, 1, 0.5f), new(1, 2, 0.1f), new(2, 2, 0.7f)], label: 1));
        AssertWrong(new NearbySegments(1).Run, ResamplingPlan.Extend(8, [new(0, 2, 0.5f)], label: 1), "row 2 is at 2 from row 0, its neighbor 1 at 1");
        AssertWrong(new NearbySegments(1).Run, ResamplingPlan.Extend(8, [new(0, 3, 0.5f)], label: 1), "made row 0 is made of rows 0 and 3, not both of the minority");
        AssertHolds(new NearbySegments(1).Run, ResamplingPlan.Extend(8, [], label: 1));
    }

    [Fact]
    public void Segment_ValueBesideTheLine_IsNamed()
    {
        Assert.Null(Segment.DifferenceOf(s_rows, new(1, 2, 0.5f), [1.5f]));
        Assert.Equal("column 0 of a row between 1 and 2 is 1.501 where 1.5 is right", Segment.DifferenceOf(s_rows, new(1, 2, 0.5f), [1.501f]));
        Assert.NotNull(Segment.DifferenceOf(s_rows, new(1, 2, 0.5f), [float.NaN]));
    }

    [Theory]
    [InlineData(true, false, new long[] { 3, 4 })]
    [InlineData(false, false, new long[] { 6, 7 })]
    [InlineData(true, true, new long[] { 3, 4 })]
    public void SeparatedMeans_BestRows_HoldAndOthersDoNot(bool keepsNearest, bool isToFarthest, long[] best)
    {
        PlanCheck check = new SeparatedMeans(2, keepsNearest, isToFarthest).Run;
        AssertHolds(check, ResamplingPlan.Keep(8, [0, 1, 2, .. best]));
        Assert.False(check(s_rows, ResamplingPlan.Keep(8, [0, 1, 2, 4, 6]), TestContext.Current.CancellationToken).Holds);
    }

    [Fact]
    public void SeparatedMeans_WrongRow_IsToldWithBothMeans() =>
        AssertWrong(new SeparatedMeans(2, true, true).Run, ResamplingPlan.Keep(8, [0, 1, 2, 7]), "a row at 7.5 stayed while one at 2.5 left");

    [Fact]
    public void EditedRows_RowThatShouldHaveLeftOrStayed_IsWrong()
    {
        // Row 3 has minority row 2 beside it; row 4, at 5, has none among its two nearest.
        AssertHolds(new EditedRows(2).Run, ResamplingPlan.Keep(8, [0, 1, 2, 4, 5, 6, 7]));
        AssertWrong(new EditedRows(2).Run, ResamplingPlan.Keep(8, [0, 1, 2, 3, 4, 5, 6, 7]), "row 3 stayed, its nearest minority row at 1, neighbor 2 at 2");
        AssertWrong(new EditedRows(2).Run, ResamplingPlan.Keep(8, [0, 1, 2, 4, 5, 6]), "row 7 left, its nearest minority row at 6, neighbor 2 at 2");
    }

    [Theory]
    [InlineData(10, 3, new[] { 0, 3, 6 })]
    [InlineData(2, 5, new[] { 0, 1 })]
    [InlineData(0, 5, new int[0])]
    public void EvenlySpread_Places_AreApart(int count, int most, int[] places) => Assert.Equal(places, EvenlySpread.Of(count, most));

    private static void AssertHolds(PlanCheck check, ResamplingPlan plan) =>
        Assert.Null(check(s_rows, plan, TestContext.Current.CancellationToken).FirstDifference);

    private static void AssertWrong(PlanCheck check, ResamplingPlan plan, string difference) =>
        Assert.Equal(difference, check(s_rows, plan, TestContext.Current.CancellationToken).FirstDifference);
}
