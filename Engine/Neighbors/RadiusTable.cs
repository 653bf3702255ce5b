using Engine.Compute;

namespace Engine.Neighbors;

/// <summary>The rows within a distance of every query, each list ordered by (distance, row index).</summary>
public sealed class RadiusTable
{
    private readonly long[][] _indices;
    private readonly float[][] _distances;

    internal RadiusTable(long[][] indices, float[][] distances, SearchStatistics statistics)
    {
        _indices = indices;
        _distances = distances;
        Statistics = statistics;
    }

    /// <summary>Gets the number of queries.</summary>
    public int QueryCount => _indices.Length;

    /// <summary>Gets how much work the search was spared.</summary>
    public SearchStatistics Statistics { get; }

    /// <summary>Returns the rows of one query.</summary>
    /// <param name="query">The query, from 0.</param>
    /// <returns>Reference rows, nearest first; empty when none is near enough.</returns>
    public ReadOnlySpan<long> IndicesOf(int query) => _indices[query];

    /// <summary>Returns the distances of one query.</summary>
    /// <param name="query">The query, from 0.</param>
    /// <returns>Distances in the unit of the metric, nearest first.</returns>
    public ReadOnlySpan<float> DistancesOf(int query) => _distances[query];
}
