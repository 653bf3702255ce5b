using Bench.Comparisons.Cases;
using Bench.Comparisons.Rivals;

namespace Engine.Tests.Bench.Comparisons.Cases;

public sealed class NeighborCasesTests
{
    [Fact]
    public void All_Cases_HaveNamesOfTheirOwnAndKnownRivals()
    {
        Assert.Distinct(NeighborCases.All.Select(planned => planned.Name));
        Assert.All(NeighborCases.All, planned => Assert.All(planned.Rivals, rival => Assert.Contains(rival, RivalName.All)));
        Assert.All(NeighborCases.All, planned => Assert.NotEmpty(planned.Bars));
    }

    [Fact]
    public void ToQuick_AnyCase_HasATenthOfTheRows()
    {
        var planned = NeighborCases.All.Single(known => known.Name == "l1-sim-76");
        Assert.Equal((20_000, 200), (planned.ToQuick().Size.Rows, planned.ToQuick().Size.Queries));
        Assert.Equal(planned.Bars, planned.ToQuick().Bars);
    }
}
