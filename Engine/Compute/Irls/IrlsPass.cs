using System.Runtime.CompilerServices;
using Engine.Data;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>One block of an IRLS pass, in double precision.</summary>
/// <remarks>
/// Rows of positive weight, some at a time: eta = x'b in eight lanes, then probability, residual and curvature of every row; then either the gradient alone, from the
/// rows as they are (<see cref="FeatureRows{TLanes}"/>), or gradient and Hessian from rows laid out for it (<see cref="HessianPanels{TLanes}"/>).
/// In a basis everything is made from rows laid out, whose columns are replaced first.
/// </remarks>
internal static unsafe class IrlsPass<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    /// <summary>128 rows of so many columns at most fill half of a first-level cache.</summary>
    private const int NarrowStride = 32;

    /// <summary>Adds the rows of a block to sums; see <see cref="IFitRows.Accumulate"/>.</summary>
    /// <param name="run">The rows.</param>
    /// <param name="labels">One a row.</param>
    /// <param name="weights">One a row.</param>
    /// <param name="offsets">One a row, or none.</param>
    /// <param name="basis">The columns of the sums; null for those of the rows.</param>
    /// <param name="coefficients">One a column, zeros behind them up to whole panels.</param>
    /// <param name="sums">Receives the sums.</param>
    public static void Accumulate(
        RowRun run, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ColumnBasis? basis, ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        if (basis is not null)
            AccumulateReplaced(run, labels, weights, offsets, basis, coefficients, sums);
        else
            AccumulateRows(run, labels, weights, offsets, coefficients, sums);
    }

    /// <summary>Computes the linear predictors of the rows of a block, without offsets, and the sums of the sizes of their terms; rows of weight 0 are left alone.</summary>
    public static void Predict(
        RowRun run, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ColumnBasis? basis, ReadOnlySpan<double> coefficients, bool hasIntercept, Span<double> etas, Span<double> sizes)
    {
        // As many panels as in a pass, where sums are sixteen columns wide or a multiple.
        var scratch = IrlsScratch.Of((coefficients.Length + IrlsScratch.WeightedWidth - 1) / IrlsScratch.WeightedWidth * 2);
        fixed (float* inPlace = run.InPlace)
        {
            for (var next = 0; next < run.RowCount;)
            {
                var count = scratch.Take(ref next, labels, weights, IrlsScratch.RowsPerStep);
                scratch.Read(run, inPlace, count, next);
                HessianPanels<TLanes>.Lay(run, scratch, count, hasIntercept);
                basis?.Apply(scratch, count);
                HessianPanels<TLanes>.Predict(scratch, count, coefficients, scratch.Etas, scratch.Residuals);
                for (var i = 0; i < count; i++)
                    (etas[scratch.Rows[i]], sizes[scratch.Rows[i]]) = (scratch.Etas[i], scratch.Residuals[i]);
            }
        }
    }

    private static void AccumulateRows(
        RowRun run, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        var scratch = IrlsScratch.Of(sums.Stride / IrlsScratch.Width);
        var intercept = scratch.SetCoefficients(coefficients[..sums.CoefficientCount], run.FeatureCount);
        var rowsPerStep = sums.HasHessian || run.Stride <= NarrowStride ? IrlsScratch.RowsPerStep : IrlsScratch.RowsPerGradientStep;
        fixed (float* inPlace = run.InPlace)
        fixed (double* etas = scratch.Etas, residuals = scratch.Residuals, gradient = sums.Gradient)
        {
            for (var next = 0; next < run.RowCount;)
            {
                var count = scratch.Take(ref next, labels, weights, rowsPerStep);
                if (count == 0)
                    break;
                scratch.Read(run, inPlace, count, next);
                FeatureRows<TLanes>.Predict(scratch, count, intercept, etas);
                if (!offsets.IsEmpty)
                    scratch.AddOffsets(count, offsets);
                scratch.Derive<TLanes>(count, sums);
                if (sums.HasHessian)
                {
                    HessianPanels<TLanes>.Lay(run, scratch, count, sums.CoefficientCount > run.FeatureCount);
                    HessianPanels<TLanes>.Add(scratch, count, sums);
                    continue;
                }

                FeatureRows<TLanes>.AddGradient(scratch, count, residuals, gradient);
                if (sums.CoefficientCount > run.FeatureCount)
                    AddIntercept(scratch, count, ref sums.Gradient[run.FeatureCount]);
            }
        }
    }

    private static void AccumulateReplaced(
        RowRun run, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ColumnBasis basis, ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        var scratch = IrlsScratch.Of(sums.Stride / IrlsScratch.Width);
        fixed (float* inPlace = run.InPlace)
        {
            for (var next = 0; next < run.RowCount;)
            {
                var count = scratch.Take(ref next, labels, weights, IrlsScratch.RowsPerStep);
                if (count == 0)
                    break;
                scratch.Read(run, inPlace, count, next);
                HessianPanels<TLanes>.Lay(run, scratch, count, sums.CoefficientCount > run.FeatureCount);
                basis.Apply(scratch, count);
                HessianPanels<TLanes>.Predict(scratch, count, coefficients, scratch.Etas, []);
                if (!offsets.IsEmpty)
                    scratch.AddOffsets(count, offsets);
                scratch.Derive<TLanes>(count, sums);
                if (sums.HasHessian)
                    HessianPanels<TLanes>.Add(scratch, count, sums);
                else
                    HessianPanels<TLanes>.AddGradient(scratch, count, sums);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddIntercept(IrlsScratch scratch, int count, ref double gradient)
    {
        var sum = gradient;
        foreach (var residual in scratch.Residuals.AsSpan(0, count))
            sum += residual;
        gradient = sum;
    }
}
