using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Data;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>One block of an IRLS pass, in double precision.</summary>
/// <remarks>
/// Up to 128 rows of positive weight at a time, 32 without a Hessian, are widened to doubles and laid out in panels of eight columns, the intercept as a last column of ones:
/// <code>
/// panel 0    | columns 0-7 of row 0 | columns 0-7 of row 1 | ...
/// panel 1    | columns 8-15 of row 0 | ...
/// </code>
/// Then eta = x'b in eight lanes, probability, weight and residual of every row; and for each pair of panels i, j with j at most i, a tile of the Hessian,
/// summed over the rows in registers:
/// <code>
///                 8 columns j
///              +---------------+
/// 4 columns i  | lanes         |   += x[row][i] * (v[row] x[row])[j]      rows in rising order, multiply and add rounded together
///              +---------------+
/// </code>
/// Both operands of a tile lie one after the other in memory and in the first-level cache, however many columns there are.
/// </remarks>
internal static unsafe class IrlsPass<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    private const int Width = IrlsScratch.Width;

    /// <summary>Adds the rows of a block to sums; see <see cref="IComputeBackend.AccumulateNormalEquations"/>.</summary>
    public static void Accumulate(
        RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        var scratch = IrlsScratch.Of(sums.Stride / Width);
        var intercept = scratch.SetCoefficients(coefficients, block.FeatureCount);
        var rowsPerStep = sums.HasHessian ? IrlsScratch.RowsPerStep : IrlsScratch.RowsPerGradientStep;
        fixed (float* values = block.Values)
        fixed (int* rows = scratch.Rows)
        fixed (double* etas = scratch.Etas, residuals = scratch.Residuals, gradient = sums.Gradient)
        {
            for (var next = 0; next < block.RowCount;)
            {
                var count = scratch.Take(ref next, labels, weights, rowsPerStep);
                if (count == 0)
                    break;
                FeatureRows<TLanes>.Predict(values, block.Stride, rows, count, scratch.Coefficients, etas);
                scratch.Shift(count, intercept, offsets);
                scratch.Derive(count, sums);
                if (sums.HasHessian)
                {
                    AddHessian(block, values, scratch, count, sums);
                    continue;
                }

                FeatureRows<TLanes>.AddGradient(values, block.Stride, rows, count, residuals, gradient);
                for (var i = 0; sums.CoefficientCount > block.FeatureCount && i < count; i++)
                    gradient[block.FeatureCount] += residuals[i];
            }
        }
    }

    private static void AddHessian(RowBlock block, float* values, IrlsScratch scratch, int count, NormalEquations sums)
    {
        for (var i = 0; i < count; i++)
            Widen(values + ((nint)scratch.Rows[i] * block.Stride), block.Stride, scratch, i);
        if (sums.CoefficientCount > block.FeatureCount)
            scratch.SetOnes(block.FeatureCount, count);
        AddPanels(scratch, count, sums);
    }

    /// <summary>Widens a row into the panels.</summary>
    private static void Widen(float* row, int stride, IrlsScratch scratch, int slot)
    {
        for (var panel = 0; panel < stride / Width; panel++)
            TLanes.Store(TLanes.LoadSingles(ref row[panel * Width]), ref scratch.Panel(panel)[slot * Width]);
    }

    private static void AddPanels(IrlsScratch scratch, int count, NormalEquations sums)
    {
        var panelCount = (sums.CoefficientCount + Width - 1) / Width;
        for (var j = 0; j < panelCount; j++)
        {
            AddGradientAndWeigh(scratch, count, j, ref sums.Gradient[j * Width]);
            for (var i = j; i < panelCount; i++)
            {
                if (Vector512.IsHardwareAccelerated)
                    AddTallTile(scratch.Panel(i), scratch.Weighted, count, sums, i * Width, j * Width);
                else
                    AddTwoTiles(scratch.Panel(i), scratch.Weighted, count, sums, i * Width, j * Width);
            }
        }
    }

    /// <summary>Adds residuals times a panel to the gradient, and leaves the panel times the curvatures for the tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddGradientAndWeigh(IrlsScratch scratch, int count, int panel, ref double gradient)
    {
        var sum = TLanes.Load(ref gradient);
        double* x = scratch.Panel(panel), weighted = scratch.Weighted;
        for (var row = 0; row < count; row++)
        {
            var values = TLanes.Load(ref x[row * Width]);
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(scratch.Residuals[row]), values, sum);
            TLanes.Store(TLanes.Multiply(TLanes.Broadcast(scratch.Curvatures[row]), values), ref weighted[row * Width]);
        }

        TLanes.Store(sum, ref gradient);
    }

    private static void AddTwoTiles(double* left, double* right, int count, NormalEquations sums, int i, int j)
    {
        AddTile(left, right, count, sums, i, j);
        if (i + (Width / 2) < sums.CoefficientCount)
            AddTile(left + (Width / 2), right, count, sums, i + (Width / 2), j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile(double* left, double* right, int count, NormalEquations sums, int i, int j)
    {
        // Four columns i x eight columns j fill eight of sixteen 256-bit registers: as many chains as hide the latency of a multiply-add.
        TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        for (var row = 0; row < count; row++)
        {
            var values = TLanes.Load(ref *right);
            sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(left[0]), values, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(left[1]), values, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(left[2]), values, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(left[3]), values, sum3);
            left += Width;
            right += Width;
        }

        AddToHessian(sums, i, j, sum0);
        AddToHessian(sums, i + 1, j, sum1);
        AddToHessian(sums, i + 2, j, sum2);
        AddToHessian(sums, i + 3, j, sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTallTile(double* left, double* right, int count, NormalEquations sums, int i, int j)
    {
        // Where a register holds eight lanes, eight columns i make as many chains.
        TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        TLanes sum4 = TLanes.Zero, sum5 = TLanes.Zero, sum6 = TLanes.Zero, sum7 = TLanes.Zero;
        for (var row = 0; row < count; row++)
        {
            var values = TLanes.Load(ref *right);
            sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(left[0]), values, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(left[1]), values, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(left[2]), values, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(left[3]), values, sum3);
            sum4 = TLanes.MultiplyAdd(TLanes.Broadcast(left[4]), values, sum4);
            sum5 = TLanes.MultiplyAdd(TLanes.Broadcast(left[5]), values, sum5);
            sum6 = TLanes.MultiplyAdd(TLanes.Broadcast(left[6]), values, sum6);
            sum7 = TLanes.MultiplyAdd(TLanes.Broadcast(left[7]), values, sum7);
            left += Width;
            right += Width;
        }

        AddToHessian(sums, i, j, sum0);
        AddToHessian(sums, i + 1, j, sum1);
        AddToHessian(sums, i + 2, j, sum2);
        AddToHessian(sums, i + 3, j, sum3);
        AddToHessian(sums, i + 4, j, sum4);
        AddToHessian(sums, i + 5, j, sum5);
        AddToHessian(sums, i + 6, j, sum6);
        AddToHessian(sums, i + 7, j, sum7);
    }

    private static void AddToHessian(NormalEquations sums, int i, int j, TLanes sum)
    {
        // The last panel can reach past the last column, where it holds padding only.
        if (i >= sums.CoefficientCount)
            return;
        ref var destination = ref sums.Hessian[(i * sums.Stride) + j];
        TLanes.Store(TLanes.Add(TLanes.Load(ref destination), sum), ref destination);
    }
}
