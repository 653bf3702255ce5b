using Engine.Compute.Search;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute.Search;

public sealed class LeafSearchTests
{
    [Fact]
    public void Search_CancelledWithinATile_StopsAfterSomeLeaves()
    {
        const int LeafCount = 300, StopAt = 150;
        using var samples = Tables.Normal(LeafCount * LeafFilter.RowsPerLeaf, 2, 1);
        using var filter = RotatedFilter.Build(samples, null, new ParallelOptions());
        using var source = new CancellationTokenSource();
        var entered = 0;
        var collector = new EveryLeaf(() =>
        {
            if (++entered == StopAt)
                source.Cancel();
        });
        using var search = new LeafSearch<SquaredDifference, EveryLeaf>(filter, samples, collector, source.Token);
        Assert.Throws<OperationCanceledException>(() => search.Search([0, 1, 2], -1));
        Assert.InRange(entered, StopAt, StopAt + 64);
    }

    /// <summary>Enters every leaf and finds nothing.</summary>
    private readonly struct EveryLeaf(Action onLeaf) : ICollector
    {
        public void Begin(QueryTile tile, ReadOnlySpan<int> queries)
        {
        }

        public ulong Enter(QueryTile tile, long leaf)
        {
            onLeaf();
            return 0;
        }

        public bool MayFind(int query, long row) => false;

        public float LimitOf(int query) => float.PositiveInfinity;

        public bool Offer(QueryTile tile, int query, long row, float distance) => false;

        public void End()
        {
        }
    }
}
