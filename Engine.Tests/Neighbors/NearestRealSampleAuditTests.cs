using Engine.Data;
using Engine.Neighbors;
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
        Assert.InRange(audit[0].CloserShare, 0.5, 0.65);
        Assert.InRange(audit[1].CloserShare, 0, 0.15);
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
        var (toSynthetic, toHeldOut) = (NearestRealSample.Distances(synthetic, real, Groups()), NearestRealSample.Distances(heldOut, real, Groups()));
        foreach (var row in audit)
        {
            Assert.Equal(toSynthetic.SummaryOf(row.Group), row.Synthetic);
            Assert.Equal(toHeldOut.SummaryOf(row.Group), row.HeldOut);
            Assert.Equal(toSynthetic.DistancesTo(row.Group).Count(distance => distance < row.HeldOut.Quantile05) / 40.0, row.CloserShare);
        }
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
