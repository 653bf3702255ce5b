using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>Gradient and Hessian of up to 128 rows, widened to doubles and laid out in panels of eight columns, the intercept as a last column of ones.</summary>
/// <remarks>
/// <code>
/// panel 0    | columns 0-7 of row 0 | columns 0-7 of row 1 | ...
/// panel 1    | columns 8-15 of row 0 | ...
/// </code>
/// For each pair of panels i, j with j at most i, tiles of the Hessian are summed over the rows in registers:
/// <code>
///                 8 columns j
///              +---------------+
/// 4 columns i  | lanes         |   += x[row][i] * (v[row] x[row])[j]      rows in rising order, multiply and add rounded together
///              +---------------+
/// </code>
/// Eight columns i and two panels j where a register holds eight lanes: the same sums. Both operands of a tile lie one after the other in memory and in the first-level
/// cache, however many columns there are.
/// </remarks>
internal static unsafe class HessianPanels<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    private const int Width = IrlsScratch.Width;

    /// <summary>Adds some rows of a block to gradient and Hessian.</summary>
    /// <param name="block">The block.</param>
    /// <param name="values">Its values, pinned.</param>
    /// <param name="scratch">Holds which rows, their residuals and their curvatures.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="sums">Receives the sums.</param>
    public static void Add(RowBlock block, float* values, IrlsScratch scratch, int count, NormalEquations sums)
    {
        Widen(values, block.Stride, scratch, count);
        if (sums.CoefficientCount > block.FeatureCount)
            scratch.SetOnes(block.FeatureCount, count);
        AddPanels(scratch, count, sums);
    }

    /// <summary>Widens rows into the panels; where the next rows lie can come meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Widen(float* values, int stride, IrlsScratch scratch, int count)
    {
        fixed (int* rows = scratch.Rows)
        {
            for (var i = 0; i < count; i++)
            {
                var row = values + ((nint)rows[i] * stride);
                var place = scratch.Panel(0) + (i * Width);
                for (var column = 0; column < stride; column += 2 * Width)
                {
                    Prefetch.Line(row + ((nint)count * stride) + column);
                    TLanes.Store(TLanes.LoadSingles(ref row[column]), ref *place);
                    TLanes.Store(TLanes.LoadSingles(ref row[column + Width]), ref place[IrlsScratch.PanelLength]);
                    place += 2 * IrlsScratch.PanelLength;
                }
            }
        }
    }

    private static void AddPanels(IrlsScratch scratch, int count, NormalEquations sums)
    {
        var panelCount = (sums.CoefficientCount + Width - 1) / Width;
        for (var j = 0; j < panelCount; j += 2)
        {
            AddGradientAndWeigh(scratch, count, j, scratch.Weighted(0), ref sums.Gradient[j * Width]);
            AddTiles(scratch, count, sums, j, j, scratch.Weighted(0));
            if (j + 1 == panelCount)
                break;
            AddGradientAndWeigh(scratch, count, j + 1, scratch.Weighted(1), ref sums.Gradient[(j + 1) * Width]);
            for (var i = j + 1; i < panelCount; i++)
                AddTilesOfTwoPanels(scratch, count, sums, i, j);
        }
    }

    /// <summary>Adds residuals times a panel to the gradient, and leaves the panel times the curvatures for the tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddGradientAndWeigh(IrlsScratch scratch, int count, int panel, double* weighted, ref double gradient)
    {
        var sum = TLanes.Load(ref gradient);
        var x = scratch.Panel(panel);
        for (var row = 0; row < count; row++)
        {
            var values = TLanes.Load(ref x[row * Width]);
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(scratch.Residuals[row]), values, sum);
            TLanes.Store(TLanes.Multiply(TLanes.Broadcast(scratch.Curvatures[row]), values), ref weighted[row * Width]);
        }

        TLanes.Store(sum, ref gradient);
    }

    private static void AddTilesOfTwoPanels(IrlsScratch scratch, int count, NormalEquations sums, int i, int j)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            AddTiles(scratch, count, sums, i, j, scratch.Weighted(0));
            AddTiles(scratch, count, sums, i, j + 1, scratch.Weighted(1));
            return;
        }

        SumWideTile(scratch.Panel(i), scratch.Weighted(0), scratch.Weighted(1), count, scratch.Tile);
        AddToHessian(sums, i * Width, j * Width, scratch.Tile, Width);
        AddToHessian(sums, i * Width, (j + 1) * Width, scratch.Tile + (Width * Width), Width);
    }

    private static void AddTiles(IrlsScratch scratch, int count, NormalEquations sums, int i, int j, double* weighted)
    {
        const int Height = Width / 2;
        for (var column = 0; column < Width; column += Height)
        {
            SumTile(scratch.Panel(i) + column, weighted, count, scratch.Tile);
            AddToHessian(sums, (i * Width) + column, j * Width, scratch.Tile, Height);
        }
    }

    /// <summary>Sums four columns i x eight columns j: eight of sixteen 256-bit registers, as many chains as hide the latency of a multiply-add.</summary>
    /// <remarks>The sums go to memory, not to the Hessian: with any branch or call after the loop the compiler keeps some of them in memory during it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SumTile(double* left, double* right, int count, double* tile)
    {
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

        TLanes.Store(sum0, ref tile[0]);
        TLanes.Store(sum1, ref tile[Width]);
        TLanes.Store(sum2, ref tile[2 * Width]);
        TLanes.Store(sum3, ref tile[3 * Width]);
    }

    /// <summary>Sums eight columns i x sixteen columns j: sixteen of thirty-two 512-bit registers, ten loads for sixteen multiply-adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SumWideTile(double* left, double* right0, double* right1, int count, double* tile)
    {
        TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        TLanes sum4 = TLanes.Zero, sum5 = TLanes.Zero, sum6 = TLanes.Zero, sum7 = TLanes.Zero;
        TLanes next0 = TLanes.Zero, next1 = TLanes.Zero, next2 = TLanes.Zero, next3 = TLanes.Zero;
        TLanes next4 = TLanes.Zero, next5 = TLanes.Zero, next6 = TLanes.Zero, next7 = TLanes.Zero;
        for (var row = 0; row < count; row++)
        {
            TLanes values = TLanes.Load(ref *right0), nextValues = TLanes.Load(ref *right1);
            var x0 = TLanes.Broadcast(left[0]);
            sum0 = TLanes.MultiplyAdd(x0, values, sum0);
            next0 = TLanes.MultiplyAdd(x0, nextValues, next0);
            var x1 = TLanes.Broadcast(left[1]);
            sum1 = TLanes.MultiplyAdd(x1, values, sum1);
            next1 = TLanes.MultiplyAdd(x1, nextValues, next1);
            var x2 = TLanes.Broadcast(left[2]);
            sum2 = TLanes.MultiplyAdd(x2, values, sum2);
            next2 = TLanes.MultiplyAdd(x2, nextValues, next2);
            var x3 = TLanes.Broadcast(left[3]);
            sum3 = TLanes.MultiplyAdd(x3, values, sum3);
            next3 = TLanes.MultiplyAdd(x3, nextValues, next3);
            var x4 = TLanes.Broadcast(left[4]);
            sum4 = TLanes.MultiplyAdd(x4, values, sum4);
            next4 = TLanes.MultiplyAdd(x4, nextValues, next4);
            var x5 = TLanes.Broadcast(left[5]);
            sum5 = TLanes.MultiplyAdd(x5, values, sum5);
            next5 = TLanes.MultiplyAdd(x5, nextValues, next5);
            var x6 = TLanes.Broadcast(left[6]);
            sum6 = TLanes.MultiplyAdd(x6, values, sum6);
            next6 = TLanes.MultiplyAdd(x6, nextValues, next6);
            var x7 = TLanes.Broadcast(left[7]);
            sum7 = TLanes.MultiplyAdd(x7, values, sum7);
            next7 = TLanes.MultiplyAdd(x7, nextValues, next7);
            left += Width;
            right0 += Width;
            right1 += Width;
        }

        TLanes.Store(sum0, ref tile[0]);
        TLanes.Store(sum1, ref tile[Width]);
        TLanes.Store(sum2, ref tile[2 * Width]);
        TLanes.Store(sum3, ref tile[3 * Width]);
        TLanes.Store(sum4, ref tile[4 * Width]);
        TLanes.Store(sum5, ref tile[5 * Width]);
        TLanes.Store(sum6, ref tile[6 * Width]);
        TLanes.Store(sum7, ref tile[7 * Width]);
        TLanes.Store(next0, ref tile[8 * Width]);
        TLanes.Store(next1, ref tile[9 * Width]);
        TLanes.Store(next2, ref tile[10 * Width]);
        TLanes.Store(next3, ref tile[11 * Width]);
        TLanes.Store(next4, ref tile[12 * Width]);
        TLanes.Store(next5, ref tile[13 * Width]);
        TLanes.Store(next6, ref tile[14 * Width]);
        TLanes.Store(next7, ref tile[15 * Width]);
    }

    /// <summary>Adds the rows of a tile to the Hessian; the last panel can reach past the last column, where it holds padding only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddToHessian(NormalEquations sums, int i, int j, double* tile, int height)
    {
        for (var row = 0; row < height && i + row < sums.CoefficientCount; row++)
        {
            ref var destination = ref sums.Hessian[((i + row) * sums.Stride) + j];
            TLanes.Store(TLanes.Add(TLanes.Load(ref destination), TLanes.Load(ref tile[row * Width])), ref destination);
        }
    }
}
