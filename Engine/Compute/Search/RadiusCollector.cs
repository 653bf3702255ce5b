using System.Runtime.InteropServices;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Compute.Search;

/// <summary>Keeps all rows within a distance of every query, and hands them over when a tile is done.</summary>
internal unsafe struct RadiusCollector : ICollector
{
    private readonly LeafFilter _filter;
    private readonly RadiusRequest _request;
    private readonly NativeBuffer<ulong>? _candidates;
    private readonly FoundWithin _found;
    private readonly Metric _metric;
    private readonly float _limit;
    private readonly int[] _queries = new int[QueryTile.LargestCount];
    private readonly List<(float Distance, long Row)>[] _rows = new List<(float Distance, long Row)>[QueryTile.LargestCount];
    private int _tileCount;

    public RadiusCollector(LeafFilter filter, Metric metric, RadiusRequest request, NativeBuffer<ulong>? candidates, FoundWithin found)
    {
        (_filter, _metric, _request, _candidates, _found) = (filter, metric, request, candidates, found);
        _limit = request.CanonicalLimit(metric);
        for (var query = 0; query < _rows.Length; query++)
            _rows[query] = [];
    }

    public void Begin(QueryTile tile, ReadOnlySpan<int> queries)
    {
        queries.CopyTo(_queries);
        _tileCount = queries.Length;
        for (var query = 0; query < queries.Length; query++)
        {
            _rows[query].Clear();
            tile.SetLimit(query, DistanceBounds.TrueUpperBound(_metric, _limit, _filter.Rows.Stride, _request.Scale));
        }
    }

    public readonly ulong Enter(QueryTile tile, long leaf) => _candidates is null ? _filter.PlacesOf(leaf) : _candidates.Pointer[leaf];

    public readonly bool MayFind(int query, long row) => !_request.ExcludeSelf || row != _queries[query];

    public readonly float LimitOf(int query) => _limit;

    public readonly bool Offer(QueryTile tile, int query, long row, float distance)
    {
        if (_request.ToUnit(_metric, distance) <= _request.Radius)
            _rows[query].Add((distance, row));
        return false;
    }

    public readonly void End()
    {
        for (var query = 0; query < _tileCount; query++)
        {
            var rows = CollectionsMarshal.AsSpan(_rows[query]);
            rows.Sort();
            var indices = new long[rows.Length];
            var distances = new float[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                (indices[i], distances[i]) = (rows[i].Row, _request.ToUnit(_metric, rows[i].Distance));
            _found(_queries[query], indices, distances);
        }
    }
}
