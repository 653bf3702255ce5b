using Engine.Compute;

namespace Engine.Neighbors;

/// <summary>The neighbors of every query, each list ordered by (distance, row index).</summary>
public sealed class NeighborTable
{
    internal NeighborTable(int neighborCount, long[] indices, float[] distances, SearchStatistics statistics)
    {
        NeighborCount = neighborCount;
        Indices = indices;
        Distances = distances;
        Statistics = statistics;
    }

    /// <summary>Gets how much work the search was spared.</summary>
    public SearchStatistics Statistics { get; }

    /// <summary>Gets k, the number of neighbors of each query.</summary>
    public int NeighborCount { get; }

    /// <summary>Gets the reference rows, queries x k, row-major.</summary>
    public ReadOnlyMemory<long> Indices { get; }

    /// <summary>Gets the distances, queries x k, row-major, in the unit of the metric.</summary>
    public ReadOnlyMemory<float> Distances { get; }

    /// <summary>Returns the neighbors of one query.</summary>
    /// <param name="query">The query, from 0.</param>
    /// <returns>k reference rows, nearest first.</returns>
    public ReadOnlySpan<long> IndicesOf(int query) => Indices.Span.Slice(query * NeighborCount, NeighborCount);

    /// <summary>Returns the distances of one query.</summary>
    /// <param name="query">The query, from 0.</param>
    /// <returns>k distances, nearest first.</returns>
    public ReadOnlySpan<float> DistancesOf(int query) => Distances.Span.Slice(query * NeighborCount, NeighborCount);
}
