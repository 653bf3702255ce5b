using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

public sealed class NearestRealSampleAuditTests
{
    private const int RowCount = 600;

    [Fact]
    public void Audit_CopiedRows_AreCountedAndCloser()
    {
        // Half of the synthetic rows are real rows of the first group.
        var real = Tables.Normal(RowCount, 6, 1);
        var synthetic = Tables.Normal(100, 6, 2);
        for (var row = 0; row < 50; row++)
            real.Row(4 * row).CopyTo(synthetic.GetWritableRow(row));
        var audit = NearestRealSample.Audit(synthetic, Tables.Normal(200, 6, 3), real, Groups());
        Assert.Equal(["even", "odd"], audit.Select(row => row.Group));
        Assert.Equal([50, 0], audit.Select(row => row.Synthetic.ZeroCount));
        Assert.Equal([0, 0], audit.Select(row => row.HeldOut.ZeroCount));
        // All fifty copies, and about one in twenty of the others: 2.5 of 50 with a deviation of 1.5, 5 of 100 with one of 2.2; five of them.
        Assert.InRange(audit[0].CloserShare, 0.5, 0.6);
        Assert.InRange(audit[1].CloserShare, 0, 0.16);
        Assert.Equal(0, audit[0].Synthetic.Minimum);
        Assert.Equal((100, 200), (audit[0].Synthetic.Count, audit[0].HeldOut.Count));
    }

    [Fact]
    public void Audit_RowsOfTheSamePopulation_AreAboutAsCloseAsHeldOutOnes()
    {
        var audit = NearestRealSample.Audit(Tables.Normal(800, 4, 4), Tables.Normal(800, 4, 5), Tables.Normal(RowCount, 4, 6), Groups());
        Assert.All(audit, row => Assert.InRange(row.CloserShare, 0.02, 0.09));
    }

    [Fact]
    public void Audit_Summaries_AreThoseOfTheDistances()
    {
        var (real, synthetic, heldOut) = (Tables.Normal(RowCount, 5, 7), Tables.Normal(40, 5, 8), Tables.Normal(30, 5, 9));
        var audit = NearestRealSample.Audit(synthetic, heldOut, real, Groups());
        for (var group = 0; group < 2; group++)
        {
            var (toSynthetic, toHeldOut) = (Closest(synthetic), Closest(heldOut));
            Assert.Equal(DistanceSummary.Of(toSynthetic), audit[group].Synthetic);
            Assert.Equal(DistanceSummary.Of(toHeldOut), audit[group].HeldOut);
            // The 5 % quantile of 30 lies 1.45 places after the first.
            var (second, third) = (toHeldOut.Order().ElementAt(1), toHeldOut.Order().ElementAt(2));
            var quantile = second + (0.45 * ((double)third - second));
            Assert.Equal(toSynthetic.Count(distance => distance < quantile) / 40.0, audit[group].CloserShare);

            float[] Closest(SampleMatrix rows) => [.. Enumerable.Range(0, (int)rows.RowCount).Select(row => Enumerable.Range(0, RowCount)
                .Where(other => other % 2 == group).Min(other => ReferenceDistance.Canonical(Metric.L1, rows.Row(row), real.Row(other))))];
        }
    }

    [Fact]
    public void Audit_RowsAsCloseAsTheQuantile_AreNotCloser()
    {
        // All held-out rows lie 2 from the real row at 0; of the synthetic ones one lies 1 from it, two lie 2, and one 3.
        var groups = new Subgroups(1);
        groups.Add("all", RowMask.All(1));
        var audit = NearestRealSample.Audit(Tables.From([[1], [2], [-2], [3]]), Tables.From([[2], [-2], [2]]), Tables.From([[0]]), groups);
        Assert.Equal(0.25, Assert.Single(audit).CloserShare);
    }

    [Fact]
    public void Audit_BadInput_SaysWhatIsWrong()
    {
        var (real, rows, none) = (Tables.Normal(RowCount, 5, 10), Tables.Normal(3, 5, 11), SampleMatrix.Create(0, 5));
        Assert.Equal("synthetic", Assert.Throws<ArgumentException>(() => NearestRealSample.Audit(none, rows, real, Groups())).ParamName);
        Assert.Equal("heldOut", Assert.Throws<ArgumentException>(() => NearestRealSample.Audit(rows, none, real, Groups())).ParamName);
        Assert.Equal("heldOut", Assert.Throws<ArgumentException>(() => NearestRealSample.Audit(rows, Tables.Normal(3, 4, 12), real, Groups())).ParamName);
        Assert.Throws<ArgumentException>(() => NearestRealSample.Audit(rows, rows, real, new Subgroups(RowCount)));
        Assert.Throws<ArgumentException>(() => NearestRealSample.Audit(rows, rows, real, new Subgroups(RowCount - 1)));
        var bad = Tables.From([[0, 0, double.PositiveInfinity, 0, 0]]);
        var message = Assert.Throws<ArgumentException>(() => NearestRealSample.Audit(rows, bad, real, Groups())).Message;
        Assert.Contains("row 0, column 2", message, StringComparison.Ordinal);
    }

    private static Subgroups Groups()
    {
        var groups = new Subgroups(RowCount);
        groups.Add("even", RowMask.From(RowCount, row => row % 2 == 0));
        groups.Add("odd", RowMask.From(RowCount, row => row % 2 == 1));
        return groups;
    }
}
