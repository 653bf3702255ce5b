using Engine.Data;
using Engine.Prognosis;

namespace Engine.Tests.Prognosis;

public sealed class BiasReportTests
{
    [Fact]
    public void Compute_SmallTable_CountsByHand()
    {
        var groups = Subgroups.From(["a", "b", "a", null, "a"]);
        groups.Add("nobody", RowMask.From(5, _ => false));
        var report = BiasReport.Compute(Labels.From([1, 1, 0, 0, 0]), groups);
        Assert.Equal(new BiasRow("a", 3, 0.6, 1, 1.0 / 3, 0.5, 3, 1), report[0]);
        Assert.Equal(new BiasRow("b", 1, 0.2, 1, 1, 0.5, 1, 1), report[1]);
        Assert.Equal(new BiasRow("nobody", 0, 0, 0, null, 0, 0, 0), report[2]);
    }

    [Fact]
    public void Compute_Clusters_CountsEachOnce()
    {
        // Two stays of a, one of them with two rows of class 1; a row of another group between its rows.
        var report = BiasReport.Compute(Labels.From([0, 1, 0, 1, 0, 0]), Subgroups.From(["a", "a", "b", "a", "a", "b"]), [70, 70, 5, 70, 5, 5]);
        Assert.Equal((4, 2, 2, 1), (report[0].RowCount, report[0].PositiveCount, report[0].ClusterCount, report[0].PositiveClusterCount));
        Assert.Equal((2, 0, 1, 0), (report[1].RowCount, report[1].PositiveCount, report[1].ClusterCount, report[1].PositiveClusterCount));
        Assert.Throws<ArgumentException>(() => BiasReport.Compute(Labels.From([0, 1]), Subgroups.From(["a", "a"]), [1]));
    }
}
