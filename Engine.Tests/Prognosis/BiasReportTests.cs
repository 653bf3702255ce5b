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
        Assert.Equal(new BiasRow("a", 3, 0.6, 1, 1.0 / 3, 0.5), report[0]);
        Assert.Equal(new BiasRow("b", 1, 0.2, 1, 1, 0.5), report[1]);
        Assert.Equal(new BiasRow("nobody", 0, 0, 0, null, 0), report[2]);
    }
}
