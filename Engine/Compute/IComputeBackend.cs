using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <summary>The kernels behind one seam: whatever runs them, a search, an interpolation or a distance has the same bits.</summary>
/// <remarks>Callers have checked shapes and values; an implementation checks only what belongs to its device.</remarks>
public interface IComputeBackend
{
    /// <summary>Gets the name shown to users, such as "SIMD, Vector512".</summary>
    string Name { get; }

    /// <summary>Prepares reference rows for searches.</summary>
    /// <param name="reference">n x p, finite, at least one row.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="rows">The rows that searches may find, at least one; null for all.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>The index, which reads <paramref name="reference"/> as long as it lives.</returns>
    INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options);

    /// <summary>Moves each row towards its neighbor: destination = row + factor x (neighbor - row), in float32, multiply and add separate.</summary>
    /// <param name="rows">r rows, one every <paramref name="stride"/> elements.</param>
    /// <param name="neighbors">r rows, likewise.</param>
    /// <param name="factors">r interpolation factors.</param>
    /// <param name="stride">A multiple of 16.</param>
    /// <param name="destination">r rows, likewise; may be <paramref name="rows"/>.</param>
    void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination);

    /// <summary>Adds one block of rows to the normal equations at given coefficients.</summary>
    /// <param name="block">r rows of p features.</param>
    /// <param name="labels">r labels, 0 or 1.</param>
    /// <param name="weights">r weights, 0 or more; a row of weight 0 adds nothing at all.</param>
    /// <param name="offsets">r offsets of the linear predictor, or empty for none.</param>
    /// <param name="coefficients">One a column of <paramref name="sums"/>.</param>
    /// <param name="sums">Receives the sums; has p columns, or p + 1 for an intercept.</param>
    void AccumulateNormalEquations(
        RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ReadOnlySpan<double> coefficients, NormalEquations sums);
}
