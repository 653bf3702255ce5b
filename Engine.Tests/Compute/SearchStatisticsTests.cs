using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

public sealed class SearchStatisticsTests
{
    [Fact]
    public void DiscardedShare_SomePairsRanked_IsTheShareOfTheOthers() => Assert.Equal(0.75, new SearchStatistics(200, 128, 50).DiscardedShare);

    [Fact]
    public void DiscardedShare_NoPairs_IsZero() => Assert.Equal(0, default(SearchStatistics).DiscardedShare);

    [Fact]
    public void FindNearest_TwoLeavesFarApart_ComparesOneAndRanksItsSeedsAlone()
    {
        // A query at 0 ranks sixteen rows of the leaf around it unasked; its 64 rows are compared, those at 1000 are not, by their box.
        var rows = SampleMatrix.Create(128, 1);
        for (var row = 0; row < 128; row++)
            rows.GetWritableRow(row)[0] = row < 64 ? row + 1 : 1000 + row;
        foreach (var metric in Enum.GetValues<Metric>())
        {
            using var index = SimdBackend.Instance.IndexNeighbors(rows, metric, null, ComputeOptions.Default);
            var statistics = index.FindNearest(new NeighborRequest(Tables.From([[0]]), 1), new long[1], new float[1], ComputeOptions.Default);
            Assert.Equal(new SearchStatistics(128, 64, 16), statistics);
        }
    }
}
