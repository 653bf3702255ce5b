using System.Numerics;
using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Numerics.Codes;
using Engine.Numerics.Distances;

namespace Engine.Compute.Search;

/// <summary>Searches tiles of queries, one thread: leaves that a bound rules out are skipped, the others compared by codes, what passes is ranked canonically.</summary>
/// <remarks>
/// <code>
/// bounds of the tile to all leaves -> the closest leaves first, then all others within reach, in order
///   leaf within reach -> queries whose own bound reaches it -> 64 codes at once -> a closer look -> canonical distance -> collector
/// </code>
/// </remarks>
internal sealed unsafe class LeafSearch<TTerm, TCollector> : IDisposable
    where TTerm : struct, IDistanceTerm
    where TCollector : struct, ICollector
{
    private const int LeavesPerCancellation = 64;

    /// <summary>When most leaves reach most queries, asking each query about each leaf costs more than it saves; it is then asked of one leaf in so many.</summary>
    private const int LeavesPerTrial = 16;
    private const int FirstTrials = 4096;

    private const ulong SeedPlaces = 0xFFFF;

    private readonly LeafFilter _filter;
    private readonly QueryTile _tile;
    private readonly RowReader _queryReader;
    private readonly RowReader _rowReader;
    private readonly float[] _queryValues;
    private readonly int[] _bounds;
    private readonly int _stride;
    private readonly CancellationToken _cancellation;
    private TCollector _collector;
    private long _boxesAsked;
    private long _boxesReached;
    private long _seeded;

    public LeafSearch(LeafFilter filter, SampleMatrix queries, TCollector collector, CancellationToken cancellation)
    {
        _filter = filter;
        _tile = filter.CreateTile(queries);
        _queryReader = new RowReader(queries);
        _rowReader = new RowReader(filter.Rows);
        _stride = queries.Stride;
        _queryValues = GC.AllocateUninitializedArray<float>(QueryTile.LargestCount * _stride);
        _bounds = new int[filter.LeafCount];
        _collector = collector;
        _cancellation = cancellation;
    }

    /// <summary>Gets the number of pairs whose codes were compared.</summary>
    public long ComparedPairs { get; private set; }

    /// <summary>Gets the number of pairs ranked by the canonical distance.</summary>
    public long RankedPairs { get; private set; }

    /// <summary>Searches for some queries.</summary>
    /// <param name="queries">Rows of the queries, 1 to 64.</param>
    /// <param name="ownLeaf">The leaf of the filter that the queries fill; -1 where they are other rows.</param>
    /// <param name="onlyClosest">Whether to leave it at the closest leaves, whatever rows others may hold.</param>
    public void Search(ReadOnlySpan<int> queries, long ownLeaf, bool onlyClosest = false)
    {
        _tile.Load(queries, ownLeaf);
        for (var query = 0; query < queries.Length; query++)
            _queryReader.Read(queries[query]).CopyTo(_queryValues.AsSpan(query * _stride));
        _collector.Begin(_tile, queries);

        Span<long> closest = stackalloc long[ClosestLeaves.Count];
        _tile.BoundLeaves(_bounds, closest);
        Seed(closest[0]);
        var furthest = _tile.FurthestReach();
        foreach (var leaf in closest)
        {
            if (leaf >= 0 && _bounds[leaf] <= furthest)
                SearchLeaf(leaf, ref furthest);
        }

        for (long leaf = 0; leaf < _bounds.Length && !onlyClosest; leaf++)
        {
            if (leaf % LeavesPerCancellation == 0)
                _cancellation.ThrowIfCancellationRequested();
            if (_bounds[leaf] <= furthest && !closest.Contains(leaf))
                SearchLeaf(leaf, ref furthest);
        }

        _collector.End();
    }

    public void Dispose() => _tile.Dispose();

    /// <summary>Ranks a few rows of the closest leaf for every query: with no limit yet, comparing codes would keep all of them.</summary>
    private void Seed(long leaf)
    {
        _seeded = leaf;
        var places = _collector.Enter(_tile, leaf) & SeedPlaces;
        for (var query = 0; query < _tile.Count; query++)
            Rank(query, leaf, places);
    }

    private void SearchLeaf(long leaf, ref int furthest)
    {
        var places = _collector.Enter(_tile, leaf);
        if (leaf == _seeded)
            places &= ~SeedPlaces;
        if (places == 0)
            return;
        Span<int> active = stackalloc int[QueryTile.LargestCount];
        active = active[..ListReaching(leaf, active)];
        ComparedPairs += active.Length * LeafFilter.RowsPerLeaf;
        var near = stackalloc ulong[QueryTile.LargestCount];
        for (var first = 0; first < active.Length; first += LeafKernel.QueriesPerCall)
            _tile.Compare(leaf, active[first..Math.Min(active.Length, first + LeafKernel.QueriesPerCall)], near + first);
        for (var i = 0; i < active.Length; i++)
            near[i] &= places;
        _tile.LookCloser(leaf, active, near);

        var changed = false;
        for (var i = 0; i < active.Length; i++)
        {
            if (near[i] != 0)
                changed |= Rank(active[i], leaf, near[i]);
        }

        if (changed)
            furthest = _tile.FurthestReach();
    }

    /// <summary>Lists the open queries whose own bound reaches a leaf.</summary>
    private int ListReaching(long leaf, Span<int> active)
    {
        var reaching = _tile.Open;
        if (_boxesReached * 4 <= _boxesAsked * 3 || _boxesAsked <= FirstTrials || leaf % LeavesPerTrial == 0)
        {
            reaching &= _tile.Reaching(leaf);
            _boxesAsked += BitOperations.PopCount(_tile.Open);
            _boxesReached += BitOperations.PopCount(reaching);
        }

        var count = 0;
        for (; reaching != 0; reaching &= reaching - 1)
            active[count++] = BitOperations.TrailingZeroCount(reaching);
        return count;
    }

    /// <summary>Ranks the rows of a leaf that a query may be near to.</summary>
    private bool Rank(int query, long leaf, ulong near)
    {
        var firstPlace = leaf * LeafFilter.RowsPerLeaf;
        var candidates = near;
        for (var bits = near; bits != 0; bits &= bits - 1)
        {
            var row = _filter.Order.Pointer[firstPlace + BitOperations.TrailingZeroCount(bits)];
            if (_collector.MayFind(query, row))
                _rowReader.Prefetch(row);
            else
                candidates ^= bits & (~bits + 1);
        }

        var changed = false;
        ref var values = ref _queryValues[query * _stride];
        for (var bits = candidates; bits != 0; bits &= bits - 1)
        {
            var place = firstPlace + BitOperations.TrailingZeroCount(bits);
            // What was found since the rows were compared may have drawn the limit in.
            if (changed && !_tile.MayBeNear(query, place))
                continue;
            var row = _filter.Order.Pointer[place];
            var distance = DistanceKernel.ComputeOne<TTerm>(ref values, ref MemoryMarshal.GetReference(_rowReader.Read(row)), (nuint)_stride, _collector.LimitOf(query));
            changed |= _collector.Offer(_tile, query, row, distance);
            RankedPairs++;
        }

        return changed;
    }
}
