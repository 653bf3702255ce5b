using System.Runtime.Intrinsics;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>Passes over the rows where they lie, block by block, on any number of threads.</summary>
/// <param name="request">The rows.</param>
/// <param name="options">How to use the machine.</param>
/// <param name="basis">The columns that coefficients and sums belong to; null for those of the rows.</param>
internal sealed class SimdFitRows(FitRequest request, ComputeOptions options, ColumnBasis? basis = null) : IFitRows
{
    private static readonly double[] s_ones = [.. Enumerable.Repeat(1.0, SampleMatrix.RowsPerBlock)];

    private volatile bool _isDisposed;

    /// <inheritdoc/>
    public void Accumulate(ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        using var hold = HoldRows();
        var model = Pad(coefficients);
        BlockReduction.Sum(
            request.Samples.Share,
            request.Samples.BlockCount,
            options.ToParallelOptions(),
            () => new NormalEquations(sums.CoefficientCount, sums.HasHessian),
            static partial => partial,
            (partial, block) => AddBlock(request.Samples.OpenBlock(block), model, partial),
            sums);
    }

    /// <summary>Computes the linear predictors of all rows of positive weight, without offsets; those of other rows are left alone.</summary>
    /// <param name="coefficients">One a column, as in <see cref="Accumulate"/>.</param>
    /// <param name="etas">Receives n sums of terms.</param>
    /// <param name="sizes">Receives n sums of their sizes, by which to judge what is left of them.</param>
    public void Predict(ReadOnlySpan<double> coefficients, double[] etas, double[] sizes)
    {
        using var hold = HoldRows();
        var (model, hasIntercept) = (Pad(coefficients), coefficients.Length > request.Samples.FeatureCount);
        request.Samples.ForRuns(options.ToParallelOptions(), PredictRun);
        request.Samples.ExchangeRows(etas.AsSpan());
        request.Samples.ExchangeRows(sizes.AsSpan());

        void PredictRun(RowRun run)
        {
            var (first, count) = ((int)run.FirstRow, run.RowCount);
            var labels = LabelsOf(run.FirstRow, count);
            var weights = WeightsOf(run.FirstRow, count);
            if (Vector512.IsHardwareAccelerated)
                IrlsPass<Lanes512<double>>.Predict(run, labels, weights, basis, model, hasIntercept, etas.AsSpan(first, count), sizes.AsSpan(first, count));
            else if (Vector256.IsHardwareAccelerated)
                IrlsPass<Lanes256<double>>.Predict(run, labels, weights, basis, model, hasIntercept, etas.AsSpan(first, count), sizes.AsSpan(first, count));
            else if (Vector128.IsHardwareAccelerated)
                IrlsPass<Lanes128<double>>.Predict(run, labels, weights, basis, model, hasIntercept, etas.AsSpan(first, count), sizes.AsSpan(first, count));
            else
                IrlsPass<LanesScalar<double>>.Predict(run, labels, weights, basis, model, hasIntercept, etas.AsSpan(first, count), sizes.AsSpan(first, count));
        }
    }

    /// <inheritdoc/>
    public void AccumulateGradients(IReadOnlyList<double[]> coefficients, IReadOnlyList<NormalEquations> sums)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentNullException.ThrowIfNull(sums);
        using var hold = HoldRows();
        if (basis is not null || !request.Offsets.IsEmpty || coefficients.Count == 0)
        {
            for (var model = 0; model < coefficients.Count; model++)
                Accumulate(coefficients[model], sums[model]);
            return;
        }

        using var total = new GradientBatch(coefficients);
        BlockReduction.Sum(
            request.Samples.Share,
            request.Samples.BlockCount,
            options.ToParallelOptions(),
            () => (Sums: total.WithoutSums(), Scratch: new float[request.Samples.BlockScratchLength]),
            static partial => partial.Sums,
            (partial, block) => AddBlock(request.Samples.ReadHeldBlock(block, partial.Scratch), partial.Sums),
            total);
        for (var model = 0; model < sums.Count; model++)
            total.AddTo(sums[model], model);
    }

    /// <inheritdoc/>
    /// <remarks>The rows are the caller's, and left alone.</remarks>
    public void Dispose() => _isDisposed = true;

    private IDisposable? HoldRows()
    {
        if (_isDisposed)
            Throw.ObjectDisposed(nameof(IFitRows));
        return request.Samples.Hold();
    }

    private void AddBlock(RowRun run, double[] coefficients, NormalEquations sums)
    {
        var labels = LabelsOf(run.FirstRow, run.RowCount);
        var weights = WeightsOf(run.FirstRow, run.RowCount);
        var offsets = request.Offsets.IsEmpty ? default : request.Offsets.Span.Slice((int)run.FirstRow, run.RowCount);
        if (Vector512.IsHardwareAccelerated)
            IrlsPass<Lanes512<double>>.Accumulate(run, labels, weights, offsets, basis, coefficients, sums);
        else if (Vector256.IsHardwareAccelerated)
            IrlsPass<Lanes256<double>>.Accumulate(run, labels, weights, offsets, basis, coefficients, sums);
        else if (Vector128.IsHardwareAccelerated)
            IrlsPass<Lanes128<double>>.Accumulate(run, labels, weights, offsets, basis, coefficients, sums);
        else
            IrlsPass<LanesScalar<double>>.Accumulate(run, labels, weights, offsets, basis, coefficients, sums);
    }

    private void AddBlock(RowBlock block, GradientBatch sums)
    {
        var labels = LabelsOf(block.FirstRow, block.RowCount);
        var weights = WeightsOf(block.FirstRow, block.RowCount);
        if (Vector512.IsHardwareAccelerated)
            GradientPass<Lanes512<double>>.Accumulate(block, labels, weights, sums);
        else if (Vector256.IsHardwareAccelerated)
            GradientPass<Lanes256<double>>.Accumulate(block, labels, weights, sums);
        else if (Vector128.IsHardwareAccelerated)
            GradientPass<Lanes128<double>>.Accumulate(block, labels, weights, sums);
        else
            GradientPass<LanesScalar<double>>.Accumulate(block, labels, weights, sums);
    }

    /// <summary>Fills whole panels.</summary>
    private static double[] Pad(ReadOnlySpan<double> coefficients)
    {
        var padded = new double[(coefficients.Length + IrlsScratch.Width - 1) / IrlsScratch.Width * IrlsScratch.Width];
        coefficients.CopyTo(padded);
        return padded;
    }

    private ReadOnlySpan<byte> LabelsOf(long firstRow, int rowCount) => request.Labels.Span.Slice((int)firstRow, rowCount);

    private ReadOnlySpan<double> WeightsOf(long firstRow, int rowCount) =>
        request.Weights.IsEmpty ? s_ones.AsSpan(0, rowCount) : request.Weights.Span.Slice((int)firstRow, rowCount);
}
