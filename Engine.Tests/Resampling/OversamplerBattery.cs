using Engine.Compute;
using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

/// <summary>What every method that makes minority rows from neighbors must do besides.</summary>
/// <param name="plan">Plans with the method.</param>
/// <param name="otherCount">How many other minority rows each minority row must have.</param>
/// <param name="mayMoveTowardsItself">Whether a row may be its own neighbor.</param>
/// <param name="largestMiss">By how many rows the method may miss a ratio.</param>
public abstract class OversamplerBattery(Func<SamplerCall, ResamplingPlan> plan, int otherCount = 5, bool mayMoveTowardsItself = false, long largestMiss = 0)
    : SamplerBattery(plan, largestMiss: largestMiss)
{
    [Fact]
    public void Plan_TooFewMinorityRows_NamesClassCountAndWayOut()
    {
        var labels = Labels.From([.. Enumerable.Range(0, 40).Select(row => row < otherCount)]);
        var error = Assert.Throws<ArgumentException>(() => Plan(Tables.Normal(40, 2, 1), labels, 1));
        Assert.Contains($"class 1 has {otherCount} rows; k = {otherCount} needs at least {otherCount + 1}; lower NeighborCount", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_PresentRatio_MakesNothing()
    {
        var (samples, labels) = Problem();
        var plan = Plan(samples, labels, 1, 60.0 / 340);
        Assert.Equal(400, plan.TotalRowCount);
        Assert.Equal(0, plan.SyntheticRows(samples).RowCount);
    }

    [Fact]
    public void Plan_AnyThreadCount_SamePlanAndBits()
    {
        var (samples, labels) = Problem();
        var expected = Plan(samples, labels, 3);
        var made = expected.SyntheticRows(samples).Copy();
        foreach (var threads in new[] { 1, 2, 7 })
        {
            var plan = Plan(samples, labels, 3, 1, null, new ComputeOptions { MaxDegreeOfParallelism = threads });
            Assert.Equal(Describe(expected), Describe(plan));
            for (var i = 0; i < plan.Synthetic.Length; i++)
                Assert.Equal(made.Row(i), plan.SyntheticRows(samples).Row(i));
        }
    }

    [Fact]
    public void Plan_ClassesExchanged_SameRowsOfTheOtherClass()
    {
        var (samples, labels) = Problem();
        var exchanged = Plan(samples, Labels.From([.. labels.Values.ToArray().Select(label => label == 0)]), 3);
        Assert.Equal(Plan(samples, labels, 3).Synthetic.ToArray(), exchanged.Synthetic.ToArray());
        Assert.Equal(0, exchanged.SyntheticLabelOf(0));
    }

    [Fact]
    public void Plan_EveryMinorityRow_MovesTowardsItsNearestMinorityRows()
    {
        var (samples, labels) = Problem();
        var minority = BruteForce.RowsOf(labels, 1);
        foreach (var made in Plan(samples, labels, 5).Synthetic)
        {
            Assert.Equal(1, labels[(int)made.Row]);
            if (made.Neighbor != made.Row || !mayMoveTowardsItself)
                Assert.Contains(made.Neighbor, BruteForce.Nearest(samples, made.Row, minority, otherCount));
        }
    }

    [Fact]
    public void Plan_Rows_EqualsThePlanOfTheseRowsAlone()
    {
        var (samples, labels) = Problem();
        var group = RowMask.From(400, row => row % 3 != 0);
        var rows = group.ToRows();
        var alone = Plan(samples.SelectRows(rows), labels.Select(rows), 5, 0.9);
        var within = Plan(samples, labels, 5, 0.9, group);
        Assert.NotEqual(0, within.Synthetic.Length);
        Assert.Equal(alone.Synthetic.ToArray().Select(made => made with { Row = rows[made.Row], Neighbor = rows[made.Neighbor] }), within.Synthetic.ToArray());
        Assert.Equal(400 + within.Synthetic.Length, within.TotalRowCount);
    }

    [Fact]
    public void Plan_UselessGroup_SaysWhatIsMissing()
    {
        var (samples, labels) = Problem();
        Assert.Contains("Rows has no row", ErrorWithin(RowMask.From(400, _ => false)), StringComparison.Ordinal);
        Assert.Contains("class 1 has no rows among the 340 of Rows", ErrorWithin(labels.ToMask(0)), StringComparison.Ordinal);
        Assert.Contains("Rows has 399 entries where labels has 400", ErrorWithin(RowMask.All(399)), StringComparison.Ordinal);
        Assert.Contains($"class 1 has 3 rows in Rows; k = {otherCount} needs", ErrorWithin(RowMask.From(400, row => row < 20)), StringComparison.Ordinal);

        string ErrorWithin(RowMask group) => Assert.ThrowsAny<ArgumentException>(() => Plan(samples, labels, 1, 1, group)).Message;
    }
}
