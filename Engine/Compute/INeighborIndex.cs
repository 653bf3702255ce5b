using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <summary>Reference rows prepared for searches: built once, searched by any number of threads at a time.</summary>
/// <remarks>
/// <para>Callers have checked shapes and values. Whatever device answers, neighbors and distances have the same bits.</para>
/// <para>A search after Dispose throws <see cref="ObjectDisposedException"/>; one that runs then ends as if nothing had happened, and what it reads lives as long.</para>
/// </remarks>
public interface INeighborIndex : IDisposable
{
    /// <summary>Gets the matrix that the rows lie in, n x p; it is read during searches.</summary>
    SampleMatrix Reference { get; }

    /// <summary>Gets the distance.</summary>
    Metric Metric { get; }

    /// <summary>Gets the rows of the reference that the index holds; null for all.</summary>
    RowMask? Rows { get; }

    /// <summary>Finds the k nearest rows of every query, ordered by (distance, row index).</summary>
    /// <param name="request">What to search.</param>
    /// <param name="indices">m x k rows of the reference, row-major.</param>
    /// <param name="distances">m x k distances, in the unit of the metric.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>How much work there was.</returns>
    SearchStatistics FindNearest(NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options);

    /// <summary>Counts, for every query, the rows that come before its limit, as far as it needs them.</summary>
    /// <param name="request">What to search.</param>
    /// <param name="needed">How many rows each query needs, m values; lowered by one for each row found, to 0 at the least, where its search ends.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>How much work there was.</returns>
    SearchStatistics CountNearer(NearerRequest request, Span<int> needed, ComputeOptions options);

    /// <summary>Finds all rows within a distance of every query.</summary>
    /// <param name="request">What to search.</param>
    /// <param name="found">Called once a query, on any thread, with its rows ordered by (distance, row index).</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>How much work there was.</returns>
    SearchStatistics FindWithin(RadiusRequest request, FoundWithin found, ComputeOptions options);
}
