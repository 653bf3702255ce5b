using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>What a search says of its work.</content>
public abstract partial class ComputeBackendContract
{
    public static TheoryData<Metric, bool, bool> Masks
    {
        get
        {
            var data = new TheoryData<Metric, bool, bool>();
            foreach (var metric in Enum.GetValues<Metric>())
            {
                foreach (var (hasRows, hasAmong) in new[] { (false, false), (true, false), (false, true), (true, true) })
                    data.Add(metric, hasRows, hasAmong);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Masks))]
    public void FindNearest_Statistics_CountPairsThatMayBeFound(Metric metric, bool hasRows, bool hasAmong)
    {
        const int QueryCount = 40, K = 3;
        var (rows, among) = (hasRows ? Odd : null, hasAmong ? Thirds : null);
        using var index = Index(Tables.Normal(MaskedRowCount, 8, 81), metric, rows);
        var request = new NeighborRequest(Tables.Normal(QueryCount, 8, 82), K, Among: among);
        var statistics = index.FindNearest(request, new long[QueryCount * K], new float[QueryCount * K], ComputeOptions.Default);
        AssertConsistent(statistics, QueryCount * CountInBoth(rows, among), QueryCount * K);
    }

    [Theory]
    [MemberData(nameof(Masks))]
    public void FindWithin_Statistics_CountPairsThatMayBeFound(Metric metric, bool hasRows, bool hasAmong)
    {
        var (rows, among) = (hasRows ? Odd : null, hasAmong ? Thirds : null);
        using var index = Index(Tables.Normal(MaskedRowCount, 8, 83), metric, rows);
        var found = 0L;
        var request = new RadiusRequest(Tables.Normal(40, 8, 84), 3, Among: among);
        var statistics = index.FindWithin(request, (_, indices, _) => Interlocked.Add(ref found, indices.Length), ComputeOptions.Default);
        AssertConsistent(statistics, 40 * CountInBoth(rows, among), found);
    }

    private static int CountInBoth(RowMask? rows, RowMask? among) =>
        (rows ?? RowMask.All(MaskedRowCount)).And(among ?? RowMask.All(MaskedRowCount)).Count;

    // Whatever was found was ranked, no pair is ranked twice, and none compared twice; leaves of 64 rows are compared whole, and at most one of them is not full.
    private static void AssertConsistent(SearchStatistics statistics, long pairCount, long foundCount)
    {
        Assert.Equal(pairCount, statistics.PairCount);
        Assert.InRange(statistics.RankedPairs, foundCount, pairCount);
        Assert.InRange(statistics.ComparedPairs, 0, 40 * (MaskedRowCount + 64));
    }
}
