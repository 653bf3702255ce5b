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

    /// <summary>Receives what some models predict for the rows of a block, one model after the other.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="etas">Models x rows linear predictors, without offsets; 0 for rows of weight 0.</param>
    /// <param name="sizes">As many sums of the sizes of their terms, by which to judge what is left of them.</param>
    public delegate void PredictedRows(long firstRow, int rowCount, ReadOnlySpan<double> etas, ReadOnlySpan<double> sizes);

    /// <summary>Computes the linear predictors of the rows that this process reads: of a table of several ranks its own.</summary>
    /// <param name="coefficients">Of each model one a column, as in <see cref="Accumulate"/>.</param>
    /// <param name="action">Called for every block, in any order, from several threads.</param>
    public void Predict(IReadOnlyList<double[]> coefficients, PredictedRows action)
    {
        using var hold = HoldRows();
        var (models, hasIntercept) = (coefficients.Select(static model => Pad(model)).ToArray(), coefficients[0].Length > request.Samples.FeatureCount);
        request.Samples.ForRuns(options.ToParallelOptions(), run =>
        {
            var (etas, sizes) = (new double[models.Length * run.RowCount], new double[models.Length * run.RowCount]);
            for (var model = 0; model < models.Length; model++)
                PredictRun(run, models[model], etas.AsSpan(model * run.RowCount, run.RowCount), sizes.AsSpan(model * run.RowCount, run.RowCount));
            action(run.FirstRow, run.RowCount, etas, sizes);
        });

        void PredictRun(RowRun run, double[] model, Span<double> etas, Span<double> sizes)
        {
            var count = run.RowCount;
            var labels = LabelsOf(run.FirstRow, count);
            var weights = WeightsOf(run.FirstRow, count);
            if (Vector512.IsHardwareAccelerated)
                IrlsPass<Lanes512<double>>.Predict(run, labels, weights, basis, model, hasIntercept, etas, sizes);
            else if (Vector256.IsHardwareAccelerated)
                IrlsPass<Lanes256<double>>.Predict(run, labels, weights, basis, model, hasIntercept, etas, sizes);
            else if (Vector128.IsHardwareAccelerated)
                IrlsPass<Lanes128<double>>.Predict(run, labels, weights, basis, model, hasIntercept, etas, sizes);
            else
                IrlsPass<LanesScalar<double>>.Predict(run, labels, weights, basis, model, hasIntercept, etas, sizes);
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
