using System.Runtime.CompilerServices;
using Engine.Data;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>One block of an IRLS pass, in double precision.</summary>
/// <remarks>
/// Rows of positive weight, some at a time: eta = x'b in eight lanes, then probability, residual and curvature of every row; then either the gradient alone, from the
/// rows as they are (<see cref="FeatureRows{TLanes}"/>), or gradient and Hessian from rows laid out for it (<see cref="HessianPanels{TLanes}"/>).
/// </remarks>
internal static unsafe class IrlsPass<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    /// <summary>128 rows of so many columns at most fill half of a first-level cache.</summary>
    private const int NarrowStride = 32;

    /// <summary>Adds the rows of a block to sums; see <see cref="IFitRows.Accumulate"/>.</summary>
    public static void Accumulate(
        RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        var scratch = IrlsScratch.Of(sums.Stride / IrlsScratch.Width);
        var intercept = scratch.SetCoefficients(coefficients, block.FeatureCount);
        var rowsPerStep = sums.HasHessian || block.Stride <= NarrowStride ? IrlsScratch.RowsPerStep : IrlsScratch.RowsPerGradientStep;
        fixed (float* values = block.Values)
        fixed (int* rows = scratch.Rows)
        fixed (double* etas = scratch.Etas, residuals = scratch.Residuals, gradient = sums.Gradient)
        {
            for (var next = 0; next < block.RowCount;)
            {
                var count = scratch.Take(ref next, labels, weights, rowsPerStep);
                if (count == 0)
                    break;
                FeatureRows<TLanes>.Predict(values, block.Stride, rows, count, scratch.Coefficients, intercept, etas);
                if (!offsets.IsEmpty)
                    scratch.AddOffsets(count, offsets);
                scratch.Derive<TLanes>(count, sums);
                if (sums.HasHessian)
                {
                    HessianPanels<TLanes>.Add(block, values, scratch, count, sums);
                    continue;
                }

                FeatureRows<TLanes>.AddGradient(values, block.Stride, rows, count, residuals, gradient);
                if (sums.CoefficientCount > block.FeatureCount)
                    AddIntercept(scratch, count, ref sums.Gradient[block.FeatureCount]);
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
