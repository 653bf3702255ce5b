using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <summary>The kernels behind one seam: whatever runs them, a search, an interpolation or a distance has the same bits.</summary>
/// <remarks>Callers have checked shapes and values; an implementation checks only what belongs to its device.</remarks>
public interface IComputeBackend
{
    /// <summary>Gets the name shown to users, such as "SIMD, Vector512".</summary>
    string Name { get; }

    /// <summary>Gets whether <see cref="Interpolate"/> works where the rows lie, so that many calls cost no more than one; false where each sends rows to a device.</summary>
    bool WorksInPlace => false;

    /// <summary>Prepares reference rows for searches.</summary>
    /// <param name="reference">n x p, finite, at least one row.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="rows">The rows that searches may find, at least one; null for all.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>The index, which reads <paramref name="reference"/> as long as it lives.</returns>
    INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options);

    /// <summary>Finds the k farthest rows of every query in L2, ordered by (falling distance, rising row index); on the processor where a backend has no way of its own.</summary>
    /// <param name="reference">n x p, finite, k rows at least.</param>
    /// <param name="request">What to search, of all rows of the reference: queries, count and scale.</param>
    /// <param name="indices">m x k rows of the reference, row-major.</param>
    /// <param name="distances">m x k canonical sums of squares, of the scale.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>How much work there was.</returns>
    SearchStatistics FindFarthest(SampleMatrix reference, NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options) =>
        SimdBackend.Instance.FindFarthest(reference, request, indices, distances, options);

    /// <summary>Moves each row towards its neighbor: destination = row + factor x (neighbor - row), in float32, multiply and add separate; by halves where that overflows.</summary>
    /// <param name="rows">r rows, one every <paramref name="stride"/> elements.</param>
    /// <param name="neighbors">r rows, likewise.</param>
    /// <param name="factors">r interpolation factors.</param>
    /// <param name="stride">A multiple of 16.</param>
    /// <param name="destination">r rows, likewise; may be <paramref name="rows"/>.</param>
    void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination);

    /// <summary>Prepares rows for the passes of a logistic regression.</summary>
    /// <param name="request">The rows, n at least 1.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>The prepared rows, which read <paramref name="request"/> as long as they live.</returns>
    IFitRows PrepareFit(FitRequest request, ComputeOptions options);
}
