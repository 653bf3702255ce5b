using System.Runtime.CompilerServices;
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
/// Two panels j at a time, weighted and side by side (<see cref="MatrixTile{TLanes}"/>). Both operands of a tile lie one after the other in memory and in the first-level
/// cache, however many columns there are.
/// </remarks>
internal static unsafe class HessianPanels<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    private const int Width = IrlsScratch.Width;

    /// <summary>Lays out some rows of a block.</summary>
    /// <param name="run">The block.</param>
    /// <param name="scratch">Holds where the rows lie, receives the panels.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="hasIntercept">Whether a column of ones follows the features.</param>
    public static void Lay(RowRun run, IrlsScratch scratch, int count, bool hasIntercept)
    {
        Widen(scratch, count);
        if (hasIntercept)
            scratch.SetOnes(run.FeatureCount, count);
    }

    /// <summary>Adds the rows in the panels to gradient and Hessian.</summary>
    /// <param name="scratch">Holds their residuals and their curvatures.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="sums">Receives the sums.</param>
    public static void Add(IrlsScratch scratch, int count, NormalEquations sums)
    {
        var panelCount = PanelCount(sums.CoefficientCount);
        for (var j = 0; j < panelCount; j += 2)
        {
            AddGradientAndWeigh(scratch, count, j, scratch.Weighted, ref sums.Gradient[j * Width]);
            AddTile(scratch, count, sums, j, j, Width);
            if (j + 1 == panelCount)
                break;
            AddGradientAndWeigh(scratch, count, j + 1, scratch.Weighted + Width, ref sums.Gradient[(j + 1) * Width]);
            for (var i = j + 1; i < panelCount; i++)
                AddTile(scratch, count, sums, i, j, IrlsScratch.WeightedWidth);
        }
    }

    /// <summary>Adds the rows in the panels to the gradient alone.</summary>
    public static void AddGradient(IrlsScratch scratch, int count, NormalEquations sums)
    {
        for (var panel = 0; panel < PanelCount(sums.CoefficientCount); panel++)
            AddGradient(scratch, count, panel, ref sums.Gradient[panel * Width]);
    }

    /// <summary>Computes z'c of the rows in the panels, each in eight lanes and the tree 8 -> 4 -> 2 -> 1.</summary>
    /// <param name="scratch">Holds the panels.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="coefficients">One a column, zeros behind them.</param>
    /// <param name="etas">Receives the sums.</param>
    /// <param name="sizes">Receives the sums of the sizes of the terms; empty for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Predict(IrlsScratch scratch, int count, ReadOnlySpan<double> coefficients, Span<double> etas, Span<double> sizes)
    {
        fixed (double* b = coefficients)
        {
            for (var row = 0; row < count; row++)
            {
                TLanes sum = TLanes.Zero, size = TLanes.Zero;
                for (var column = 0; column < coefficients.Length; column += Width)
                {
                    var (x, c) = (TLanes.Load(ref scratch.Panel(column / Width)[row * Width]), TLanes.Load(ref b[column]));
                    sum = TLanes.MultiplyAdd(x, c, sum);
                    size = TLanes.MultiplyAdd(TLanes.Abs(x), TLanes.Abs(c), size);
                }

                etas[row] = TLanes.Sum(sum);
                if (sizes.Length > 0)
                    sizes[row] = TLanes.Sum(size);
            }
        }
    }

    private static int PanelCount(int columnCount) => (columnCount + Width - 1) / Width;

    /// <summary>Widens rows into the panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Widen(IrlsScratch scratch, int count)
    {
        var rows = scratch.Places;
        var (whole, rest) = (scratch.WholeColumns, scratch.RestColumns);
        for (var i = 0; i < count; i++)
        {
            var row = rows[i];
            var place = scratch.Panel(0) + (i * Width);
            var column = 0;
            for (; column < whole; column += 2 * Width)
            {
                TLanes.Store(TLanes.LoadSingles(ref row[column]), ref *place);
                TLanes.Store(TLanes.LoadSingles(ref row[column + Width]), ref place[IrlsScratch.PanelLength]);
                place += 2 * IrlsScratch.PanelLength;
            }

            if (rest > 0)
            {
                TLanes.Store(TLanes.LoadSingles(ref row[column], rest), ref *place);
                TLanes.Store(TLanes.LoadSingles(ref row[column + Width], rest - Width), ref place[IrlsScratch.PanelLength]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddGradient(IrlsScratch scratch, int count, int panel, ref double gradient)
    {
        var sum = TLanes.Load(ref gradient);
        var x = scratch.Panel(panel);
        for (var row = 0; row < count; row++)
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(scratch.Residuals[row]), TLanes.Load(ref x[row * Width]), sum);
        TLanes.Store(sum, ref gradient);
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
            TLanes.Store(TLanes.Multiply(TLanes.Broadcast(scratch.Curvatures[row]), values), ref weighted[row * IrlsScratch.WeightedWidth]);
        }

        TLanes.Store(sum, ref gradient);
    }

    /// <summary>Adds the products of panel i with one or two weighted panels, the first of which is j.</summary>
    private static void AddTile(IrlsScratch scratch, int count, NormalEquations sums, int i, int j, int width)
    {
        MatrixTile<TLanes>.Multiply(
            new(scratch.Panel(i), 1, Width), Width, new(scratch.Weighted, 1, IrlsScratch.WeightedWidth), width, count, scratch.Tile, width, adds: false);
        AddToHessian(sums, i * Width, j * Width, scratch.Tile, width);
    }

    /// <summary>Adds eight rows of a tile to the Hessian; the last panel can reach past the last column, where it holds padding only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddToHessian(NormalEquations sums, int i, int j, double* tile, int tileWidth)
    {
        for (var row = 0; row < Width && i + row < sums.CoefficientCount; row++)
        {
            for (var column = 0; column < tileWidth; column += Width)
            {
                ref var destination = ref sums.Hessian[((i + row) * sums.Stride) + j + column];
                TLanes.Store(TLanes.Add(TLanes.Load(ref destination), TLanes.Load(ref *tile)), ref destination);
                tile += Width;
            }
        }
    }
}
