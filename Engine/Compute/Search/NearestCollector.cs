using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Compute.Search;

/// <summary>Keeps the k nearest rows of every query, in the caller's memory.</summary>
internal unsafe struct NearestCollector(LeafFilter filter, Metric metric, NeighborRequest request, NativeBuffer<ulong>? candidates, long* indices, float* distances) : ICollector
{
    private readonly int[] _queries = new int[QueryTile.LargestCount];
    private readonly int[] _counts = new int[QueryTile.LargestCount];
    private readonly int _stride = filter.Rows.Stride;
    private int _tileCount;

    public void Begin(QueryTile tile, ReadOnlySpan<int> queries)
    {
        queries.CopyTo(_queries);
        _tileCount = queries.Length;
        _counts.AsSpan().Clear();
        for (var query = 0; query < queries.Length && !request.Limits.IsEmpty; query++)
            tile.SetLimit(query, DistanceBounds.TrueUpperBound(metric, FirstLimitOf(query), _stride, request.Scale));
    }

    public readonly ulong Enter(QueryTile tile, long leaf) => candidates is null ? filter.PlacesOf(leaf) : candidates.Pointer[leaf];

    public readonly bool MayFind(int query, long row) =>
        (!request.ExcludeSelf || row != _queries[query]) && (request.Excluded.IsEmpty || row != request.Excluded.Span[_queries[query]]);

    public readonly float LimitOf(int query)
    {
        var k = request.NeighborCount;
        return _counts[query] < k ? FirstLimitOf(query) : distances[((long)_queries[query] * k) + k - 1];
    }

    public readonly bool Offer(QueryTile tile, int query, long row, float distance)
    {
        var k = request.NeighborCount;
        var start = (long)_queries[query] * k;
        var held = new Span<float>(distances + start, k);
        if (_counts[query] < k && distance > FirstLimitOf(query))
            return false;
        if (!NearestList.Offer(new Span<long>(indices + start, k), held, ref _counts[query], row, distance) || _counts[query] < k)
            return false;
        tile.SetLimit(query, DistanceBounds.TrueUpperBound(metric, held[^1], _stride, request.Scale));
        return true;
    }

    public readonly void End()
    {
        if (request.Limits.IsEmpty)
            return;
        var k = request.NeighborCount;
        for (var query = 0; query < _tileCount; query++)
        {
            var start = ((long)_queries[query] * k) + _counts[query];
            new Span<long>(indices + start, k - _counts[query]).Fill(-1);
            new Span<float>(distances + start, k - _counts[query]).Fill(float.PositiveInfinity);
        }
    }

    private readonly float FirstLimitOf(int query) => request.Limits.IsEmpty ? float.PositiveInfinity : request.Limits.Span[_queries[query]];
}
