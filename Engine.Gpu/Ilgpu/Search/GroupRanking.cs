using System.Numerics;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Keeps the nearest row of every group for every query, in the caller's memory.</summary>
internal sealed unsafe class GroupRanking(ReadOnlyMemory<ulong> groupsOfRow, int groupCount, long* indices, float* distances) : IRanking
{
    private long _first;

    public int GroupCount => groupCount;

    public void Begin(long firstQuery, int count)
    {
        _first = firstQuery;
        // A distance can overflow to infinity; an index below 0 marks a group of which no row was seen yet.
        new Span<long>(indices + (firstQuery * groupCount), count * groupCount).Fill(-1);
        new Span<float>(distances + (firstQuery * groupCount), count * groupCount).Fill(float.PositiveInfinity);
    }

    public float LimitOf(int query, int group) => distances[((_first + query) * groupCount) + group];

    public bool MayFind(int query, long row) => true;

    public void Offer(int query, long row, float distance)
    {
        var start = (_first + query) * groupCount;
        for (var bits = groupsOfRow.Span[(int)row]; bits != 0; bits &= bits - 1)
        {
            var entry = start + BitOperations.TrailingZeroCount(bits);
            if (distance < distances[entry] || (distance == distances[entry] && (indices[entry] < 0 || row < indices[entry])))
                (distances[entry], indices[entry]) = (distance, row);
        }
    }

    public void End()
    {
    }
}
