using Engine.Numerics.Distances;

namespace Engine.Compute.Search;

/// <summary>Counts rows that come before the limit of each query, until it has as many as it needs; the limit is there from the start, so that little is looked at.</summary>
internal unsafe struct NearerCollector(LeafFilter filter, Metric metric, NearerRequest request, int* needed) : ICollector
{
    private readonly int[] _queries = new int[QueryTile.LargestCount];
    private readonly int _stride = filter.Rows.Stride;

    public readonly void Begin(QueryTile tile, ReadOnlySpan<int> queries)
    {
        queries.CopyTo(_queries);
        for (var query = 0; query < queries.Length; query++)
        {
            if (IsOpen(query))
                tile.SetLimit(query, DistanceBounds.TrueUpperBound(metric, LimitOf(query), _stride, request.Scale));
            else
                tile.Close(query);
        }
    }

    public readonly ulong Enter(QueryTile tile, long leaf) => filter.PlacesOf(leaf);

    public readonly bool MayFind(int query, long row) => IsOpen(query) && row != request.Rows.Span[_queries[query]];

    public readonly float LimitOf(int query) => request.LimitDistances.Span[_queries[query]];

    public readonly bool Offer(QueryTile tile, int query, long row, float distance)
    {
        var limit = LimitOf(query);
        if (!IsOpen(query) || distance > limit || (distance == limit && row >= request.LimitRows.Span[_queries[query]]))
            return false;
        if (--needed[_queries[query]] > 0)
            return false;
        tile.Close(query);
        return true;
    }

    public readonly void End()
    {
    }

    private readonly bool IsOpen(int query) => needed[_queries[query]] > 0;
}
