using System.Runtime.Intrinsics;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>Passes over the rows where they lie, block by block, on any number of threads.</summary>
internal sealed class SimdFitRows(FitRequest request, ComputeOptions options) : IFitRows
{
    private static readonly double[] s_ones = [.. Enumerable.Repeat(1.0, SampleMatrix.RowsPerBlock)];

    /// <inheritdoc/>
    public void Accumulate(ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var model = coefficients.ToArray();
        BlockReduction.Sum(
            request.Samples.BlockCount,
            options.ToParallelOptions(),
            () => (Sums: new NormalEquations(sums.CoefficientCount, sums.HasHessian), Scratch: new float[request.Samples.BlockScratchLength]),
            static partial => partial.Sums.Clear(),
            (partial, block) => AddBlock(request.Samples.ReadBlock(block, partial.Scratch), model, partial.Sums),
            partial => sums.Add(partial.Sums));
    }

    /// <summary>Adds the gradients of many models; there must be no offsets.</summary>
    public void AccumulateGradients(GradientBatch sums) => BlockReduction.Sum(
        request.Samples.BlockCount,
        options.ToParallelOptions(),
        () => (Sums: sums.WithoutSums(), Scratch: new float[request.Samples.BlockScratchLength]),
        static partial => partial.Sums.Clear(),
        (partial, block) => AddBlock(request.Samples.ReadBlock(block, partial.Scratch), partial.Sums),
        partial => sums.Add(partial.Sums));

    /// <inheritdoc/>
    public void Dispose()
    {
        // The rows are the caller's.
    }

    private void AddBlock(RowBlock block, double[] coefficients, NormalEquations sums)
    {
        var labels = LabelsOf(block);
        var weights = WeightsOf(block);
        var offsets = request.Offsets.IsEmpty ? default : request.Offsets.Span.Slice((int)block.FirstRow, block.RowCount);
        if (Vector512.IsHardwareAccelerated)
            IrlsPass<Lanes512<double>>.Accumulate(block, labels, weights, offsets, coefficients, sums);
        else if (Vector256.IsHardwareAccelerated)
            IrlsPass<Lanes256<double>>.Accumulate(block, labels, weights, offsets, coefficients, sums);
        else if (Vector128.IsHardwareAccelerated)
            IrlsPass<Lanes128<double>>.Accumulate(block, labels, weights, offsets, coefficients, sums);
        else
            IrlsPass<LanesScalar<double>>.Accumulate(block, labels, weights, offsets, coefficients, sums);
    }

    private void AddBlock(RowBlock block, GradientBatch sums)
    {
        var labels = LabelsOf(block);
        var weights = WeightsOf(block);
        if (Vector512.IsHardwareAccelerated)
            GradientPass<Lanes512<double>>.Accumulate(block, labels, weights, sums);
        else if (Vector256.IsHardwareAccelerated)
            GradientPass<Lanes256<double>>.Accumulate(block, labels, weights, sums);
        else if (Vector128.IsHardwareAccelerated)
            GradientPass<Lanes128<double>>.Accumulate(block, labels, weights, sums);
        else
            GradientPass<LanesScalar<double>>.Accumulate(block, labels, weights, sums);
    }

    private ReadOnlySpan<byte> LabelsOf(RowBlock block) => request.Labels.Span.Slice((int)block.FirstRow, block.RowCount);

    private ReadOnlySpan<double> WeightsOf(RowBlock block) =>
        request.Weights.IsEmpty ? s_ones.AsSpan(0, block.RowCount) : request.Weights.Span.Slice((int)block.FirstRow, block.RowCount);
}
