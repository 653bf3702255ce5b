using System.Diagnostics;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Prognosis.Measurement;

/// <summary>The engine's own backend, with a count of the rows of all passes, and of the time that threads spent in those that sum a Hessian.</summary>
internal sealed class CountingBackend : IComputeBackend
{
    private readonly SimdBackend _backend = SimdBackend.Instance;
    private long _rowCount;
    private long _hessianRowCount;
    private long _hessianTicks;

    /// <inheritdoc/>
    public string Name => _backend.Name;

    /// <summary>Gets the rows of all passes.</summary>
    public long RowCount => _rowCount;

    /// <summary>Gets the rows of the passes that sum a Hessian.</summary>
    public long HessianRowCount => _hessianRowCount;

    /// <summary>Gets the seconds that threads spent on the passes that sum a Hessian, added up.</summary>
    public double HessianThreadSeconds => (double)_hessianTicks / Stopwatch.Frequency;

    /// <inheritdoc/>
    public INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options) =>
        _backend.IndexNeighbors(reference, metric, rows, options);

    /// <inheritdoc/>
    public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination) =>
        _backend.Interpolate(rows, neighbors, factors, stride, destination);

    /// <inheritdoc/>
    public void AccumulateNormalEquations(
        RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        var start = Stopwatch.GetTimestamp();
        _backend.AccumulateNormalEquations(block, labels, weights, offsets, coefficients, sums);
        Interlocked.Add(ref _rowCount, block.RowCount);
        if (!sums.HasHessian)
            return;
        Interlocked.Add(ref _hessianTicks, Stopwatch.GetTimestamp() - start);
        Interlocked.Add(ref _hessianRowCount, block.RowCount);
    }
}
