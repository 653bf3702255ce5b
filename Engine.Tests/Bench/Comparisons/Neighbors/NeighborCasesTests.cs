using Bench.Comparisons.Cases;
using Bench.Comparisons.Neighbors;

namespace Engine.Tests.Bench.Comparisons.Neighbors;

public sealed class NeighborCasesTests
{
    [Fact]
    public void Choose_QuickRun_HasATenthOfRowsAndQueriesAndTheSameBars()
    {
        var planned = NeighborCases.Family.Cases.Single(known => known.Name == "l1-sim-76");
        var quick = Assert.Single(ComparisonCase.Choose(NeighborCases.Family.Cases, ["l1-sim-76", "l1-sim-2.4m"], isQuick: true));
        Assert.Equal((20_000, 200), (quick.Size.Rows, quick.Size.Queries));
        Assert.Equal(planned.Bars, quick.Bars);
    }
}
