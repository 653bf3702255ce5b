using System.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Compute.Search;

/// <summary>Keeps the nearest row of every group for every query: a distance is computed once, whatever the number of groups that its row is in.</summary>
/// <remarks>How far a query must look depends on the groups that a leaf has rows of: a small group, whose nearest row is far, loosens no other leaf.</remarks>
internal unsafe struct GroupCollector(
    LeafFilter filter, Metric metric, ReadOnlyMemory<ulong> groupsOfRow, GroupLeaves leaves, int groupCount, long* indices, float* distances) : ICollector
{
    private readonly int[] _queries = new int[QueryTile.LargestCount];
    private readonly float[] _limits = new float[QueryTile.LargestCount];
    private readonly int _stride = filter.Rows.Stride;
    private int _tileCount;

    public void Begin(QueryTile tile, ReadOnlySpan<int> queries)
    {
        queries.CopyTo(_queries);
        _tileCount = queries.Length;
        _limits.AsSpan().Fill(float.PositiveInfinity);
        for (var query = 0; query < queries.Length; query++)
        {
            // A distance can overflow to infinity; an index below 0 marks a group of which no row was seen yet.
            new Span<long>(indices + ((long)queries[query] * groupCount), groupCount).Fill(-1);
            new Span<float>(distances + ((long)queries[query] * groupCount), groupCount).Fill(float.PositiveInfinity);
        }
    }

    public readonly int FurthestReach(QueryTile tile)
    {
        SetLimits(tile, ulong.MaxValue >> (64 - groupCount));
        return tile.FurthestReach();
    }

    public readonly ulong Enter(QueryTile tile, long leaf)
    {
        SetLimits(tile, leaves.GroupsOf(leaf));
        return leaves.PlacesOf(leaf);
    }

    public readonly bool MayFind(int query, long row) => true;

    public readonly float LimitOf(int query) => _limits[query];

    public readonly bool Offer(QueryTile tile, int query, long row, float distance)
    {
        var start = (long)_queries[query] * groupCount;
        var changed = false;
        for (var bits = groupsOfRow.Span[(int)row]; bits != 0; bits &= bits - 1)
        {
            var entry = start + BitOperations.TrailingZeroCount(bits);
            if (distance < distances[entry] || (distance == distances[entry] && (indices[entry] < 0 || row < indices[entry])))
            {
                distances[entry] = distance;
                indices[entry] = row;
                changed = true;
            }
        }

        return changed;
    }

    public readonly void End()
    {
    }

    /// <summary>Sets the limit of every query to that of the group, among some, whose nearest row is furthest.</summary>
    private readonly void SetLimits(QueryTile tile, ulong groups)
    {
        for (var query = 0; query < _tileCount; query++)
        {
            var nearest = distances + ((long)_queries[query] * groupCount);
            var limit = 0f;
            for (var bits = groups; bits != 0; bits &= bits - 1)
                limit = Math.Max(limit, nearest[BitOperations.TrailingZeroCount(bits)]);
            if (limit == _limits[query])
                continue;
            _limits[query] = limit;
            tile.SetLimit(query, DistanceBounds.TrueUpperBound(metric, limit, _stride));
        }
    }
}
