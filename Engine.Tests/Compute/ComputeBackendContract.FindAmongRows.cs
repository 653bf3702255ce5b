using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>Searches that may find some rows only: those of the index, those of the request, or those of both.</content>
public abstract partial class ComputeBackendContract
{
    private const int MaskedRowCount = 330;

    private static RowMask Odd { get; } = RowMask.From(MaskedRowCount, row => row % 2 == 1);

    private static RowMask Thirds { get; } = RowMask.From(MaskedRowCount, row => row % 3 == 0);

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_IndexOfSomeRows_FindsOnlyThese(Metric metric)
    {
        using var index = Index(Tables.Integers(MaskedRowCount, 6, 3, 31), metric, Odd);
        Assert.Same(Odd, index.Rows);
        AssertNearest(index, new NeighborRequest(Tables.Integers(70, 6, 3, 32), 5));
        AssertNearest(index, new NeighborRequest(Tables.Integers(3, 6, 3, 33), Odd.Count));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_MayMissNearer_FindsOtherRowsNoNearerThanTheNearest(Metric metric)
    {
        foreach (var (samples, mask) in new[] { (Tables.Of(DataKind.LowRank, 3000, 6, 50), null), (Tables.Integers(MaskedRowCount, 6, 3, 51), Odd) })
        {
            using var index = Index(samples, metric, mask);
            var rows = mask?.ToRows() ?? [.. Enumerable.Range(0, 3000)];
            foreach (var k in new[] { 1, 4, 100 })
            {
                var request = new NeighborRequest(samples.SelectRows(rows), k) { Excluded = rows };
                var (nearest, near) = (Find(index, request), Find(index, request with { MayMissNearer = true }));
                for (var entry = 0; entry < near.Indices.Length; entry++)
                {
                    var (query, row) = (rows[entry / k], near.Indices[entry]);
                    Assert.True((near.Distances[entry], row).CompareTo((nearest.Distances[entry], nearest.Indices[entry])) >= 0);
                    Assert.True(row != query && (mask is null || mask[(int)row]));
                    if (entry % k > 0)
                        Assert.True((near.Distances[entry - 1], near.Indices[entry - 1]).CompareTo((near.Distances[entry], row)) < 0);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_AmongSomeRows_FindsOnlyThese(Metric metric)
    {
        using var index = Index(Tables.Integers(MaskedRowCount, 6, 3, 34), metric);
        AssertNearest(index, new NeighborRequest(Tables.Integers(70, 6, 3, 35), 5, Among: Thirds));
        AssertNearest(index, new NeighborRequest(Tables.Integers(3, 6, 3, 36), Thirds.Count, Among: Thirds));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_AmongSomeRowsOfAnIndexOfSome_FindsOnlyRowsInBoth(Metric metric)
    {
        using var index = Index(Tables.Integers(MaskedRowCount, 6, 3, 37), metric, Odd);
        AssertNearest(index, new NeighborRequest(Tables.Integers(70, 6, 3, 38), 5, Among: Thirds));
        AssertNearest(index, new NeighborRequest(Tables.Integers(3, 6, 3, 39), Odd.And(Thirds).Count, Among: Thirds));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_SelfExcludedFromSomeRows_QueriesOutsideFindAll(Metric metric)
    {
        // An even query is in no mask: nothing is excluded for it.
        var samples = Tables.Integers(MaskedRowCount, 6, 3, 40);
        using var index = Index(samples, metric, Odd);
        AssertNearest(index, new NeighborRequest(samples, 4, ExcludeSelf: true));
        AssertNearest(index, new NeighborRequest(samples, 4, ExcludeSelf: true, Thirds));
        AssertNearest(index, new NeighborRequest(samples, Odd.Count - 1, ExcludeSelf: true), everyQuery: 41);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void FindNearest_AmongOneRow_FindsItFromAnywhere(Metric metric)
    {
        // The one row lies furthest: no bound on a leaf may hide it.
        var samples = Tables.Normal(MaskedRowCount, 24, 41);
        samples.GetWritableRow(200).Fill(1e3f);
        using var index = Index(samples, metric);
        AssertNearest(index, new NeighborRequest(samples, 1, Among: RowMask.From(MaskedRowCount, row => row == 200)));
    }
}
