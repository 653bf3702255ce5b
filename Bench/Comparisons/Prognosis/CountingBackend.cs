using System.Diagnostics;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Prognosis;

/// <summary>The engine's own backend, with a count of the rows of all passes, and of the time of those that sum a Hessian.</summary>
internal sealed class CountingBackend : IComputeBackend
{
    private readonly SimdBackend _backend = SimdBackend.Instance;
    private long _rowCount;
    private long _hessianRowCount;
    private long _hessianTicks;

    /// <inheritdoc/>
    public string Name => _backend.Name;

    /// <inheritdoc/>
    public bool WorksInPlace => _backend.WorksInPlace;

    /// <summary>Gets the rows of all passes.</summary>
    public long RowCount => _rowCount;

    /// <summary>Gets the rows of the passes that sum a Hessian.</summary>
    public long HessianRowCount => _hessianRowCount;

    /// <summary>Gets the seconds of the passes that sum a Hessian.</summary>
    public double HessianSeconds => (double)_hessianTicks / Stopwatch.Frequency;

    /// <inheritdoc/>
    public INeighborIndex IndexNeighbors(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options) =>
        _backend.IndexNeighbors(reference, metric, rows, options);

    /// <inheritdoc/>
    public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination) =>
        _backend.Interpolate(rows, neighbors, factors, stride, destination);

    /// <inheritdoc/>
    public IFitRows PrepareFit(FitRequest request, ComputeOptions options) => new CountingRows(this, _backend.PrepareFit(request, options), request.Samples.RowCount);

    private sealed class CountingRows(CountingBackend backend, IFitRows rows, long rowCount) : IFitRows
    {
        public void Accumulate(ReadOnlySpan<double> coefficients, NormalEquations sums)
        {
            var start = Stopwatch.GetTimestamp();
            rows.Accumulate(coefficients, sums);
            backend._rowCount += rowCount;
            if (!sums.HasHessian)
                return;
            backend._hessianTicks += Stopwatch.GetTimestamp() - start;
            backend._hessianRowCount += rowCount;
        }

        public void Dispose() => rows.Dispose();
    }
}
