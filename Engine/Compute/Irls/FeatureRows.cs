using System.Runtime.CompilerServices;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Compute.Irls;

/// <summary>Products of float32 rows with doubles, widened in registers: predictors of rows, the gradient of columns.</summary>
/// <remarks>A kernel is not inlined, and nothing but stores follows its loop: with calls nearby the compiler keeps sums in memory.</remarks>
internal static unsafe class FeatureRows<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    private const int Lanes = IrlsScratch.Width;

    /// <summary>Lanes of the columns of a gradient that are summed over the rows at once: as many chains as hide the latency of a multiply-add.</summary>
    private const int LanesPerTile = 4;

    /// <summary>Computes x'b of some rows, each in eight lanes and the tree 8 -> 4 -> 2 -> 1.</summary>
    /// <param name="scratch">Holds the rows; their number rounded up to a multiple of 4 is read, and written.</param>
    /// <param name="count">How many.</param>
    /// <param name="intercept">Added to each.</param>
    /// <param name="etas">Receives the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Predict(IrlsScratch scratch, int count, double intercept, double* etas)
    {
        var rows = scratch.Places;
        var coefficients = scratch.Coefficients;
        // Here rows are read for the first time; those that come after can be on their way meanwhile.
        var ahead = scratch.Ahead;
        var (whole, rest) = (scratch.WholeColumns, scratch.RestColumns);
        for (var i = 0; i < count; i += IrlsScratch.RowsPerTile)
        {
            float* x0 = rows[i], x1 = rows[i + 1], x2 = rows[i + 2], x3 = rows[i + 3];
            TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
            var column = 0;
            for (; column < whole; column += 2 * Lanes)
            {
                Prefetch.Line(x0 + ahead + column);
                Prefetch.Line(x1 + ahead + column);
                Prefetch.Line(x2 + ahead + column);
                Prefetch.Line(x3 + ahead + column);
                var b = TLanes.Load(ref coefficients[column]);
                sum0 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x0[column]), b, sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x1[column]), b, sum1);
                sum2 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x2[column]), b, sum2);
                sum3 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x3[column]), b, sum3);
                b = TLanes.Load(ref coefficients[column + Lanes]);
                sum0 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x0[column + Lanes]), b, sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x1[column + Lanes]), b, sum1);
                sum2 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x2[column + Lanes]), b, sum2);
                sum3 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x3[column + Lanes]), b, sum3);
            }

            if (rest > 0)
            {
                Prefetch.Line(x0 + ahead + column);
                Prefetch.Line(x1 + ahead + column);
                Prefetch.Line(x2 + ahead + column);
                Prefetch.Line(x3 + ahead + column);
                var b = TLanes.Load(ref coefficients[column]);
                sum0 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x0[column], rest), b, sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x1[column], rest), b, sum1);
                sum2 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x2[column], rest), b, sum2);
                sum3 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x3[column], rest), b, sum3);
                b = TLanes.Load(ref coefficients[column + Lanes]);
                sum0 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x0[column + Lanes], rest - Lanes), b, sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x1[column + Lanes], rest - Lanes), b, sum1);
                sum2 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x2[column + Lanes], rest - Lanes), b, sum2);
                sum3 = TLanes.MultiplyAdd(TLanes.LoadSingles(ref x3[column + Lanes], rest - Lanes), b, sum3);
            }

            etas[i] = TLanes.Sum(sum0) + intercept;
            etas[i + 1] = TLanes.Sum(sum1) + intercept;
            etas[i + 2] = TLanes.Sum(sum2) + intercept;
            etas[i + 3] = TLanes.Sum(sum3) + intercept;
        }
    }

    /// <summary>Adds residual x row, row after row.</summary>
    /// <param name="scratch">Holds the rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="residuals">One a row.</param>
    /// <param name="gradient">One a padded column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddGradient(IrlsScratch scratch, int count, double* residuals, double* gradient)
    {
        var rows = scratch.Places;
        var (whole, rest) = (scratch.WholeColumns, scratch.RestColumns);
        var column = 0;
        for (; column <= whole - (LanesPerTile * Lanes); column += LanesPerTile * Lanes)
        {
            TLanes sum0 = TLanes.Load(ref gradient[column]), sum1 = TLanes.Load(ref gradient[column + Lanes]);
            TLanes sum2 = TLanes.Load(ref gradient[column + (2 * Lanes)]), sum3 = TLanes.Load(ref gradient[column + (3 * Lanes)]);
            for (var i = 0; i < count; i++)
            {
                var residual = TLanes.Broadcast(residuals[i]);
                var x = rows[i] + column;
                sum0 = TLanes.MultiplyAdd(residual, TLanes.LoadSingles(ref x[0]), sum0);
                sum1 = TLanes.MultiplyAdd(residual, TLanes.LoadSingles(ref x[Lanes]), sum1);
                sum2 = TLanes.MultiplyAdd(residual, TLanes.LoadSingles(ref x[2 * Lanes]), sum2);
                sum3 = TLanes.MultiplyAdd(residual, TLanes.LoadSingles(ref x[3 * Lanes]), sum3);
            }

            TLanes.Store(sum0, ref gradient[column]);
            TLanes.Store(sum1, ref gradient[column + Lanes]);
            TLanes.Store(sum2, ref gradient[column + (2 * Lanes)]);
            TLanes.Store(sum3, ref gradient[column + (3 * Lanes)]);
        }

        for (; column < whole; column += 2 * Lanes)
        {
            TLanes sum0 = TLanes.Load(ref gradient[column]), sum1 = TLanes.Load(ref gradient[column + Lanes]);
            for (var i = 0; i < count; i++)
            {
                var residual = TLanes.Broadcast(residuals[i]);
                var x = rows[i] + column;
                sum0 = TLanes.MultiplyAdd(residual, TLanes.LoadSingles(ref x[0]), sum0);
                sum1 = TLanes.MultiplyAdd(residual, TLanes.LoadSingles(ref x[Lanes]), sum1);
            }

            TLanes.Store(sum0, ref gradient[column]);
            TLanes.Store(sum1, ref gradient[column + Lanes]);
        }

        if (rest > 0)
        {
            TLanes sum0 = TLanes.Load(ref gradient[column]), sum1 = TLanes.Load(ref gradient[column + Lanes]);
            for (var i = 0; i < count; i++)
            {
                var residual = TLanes.Broadcast(residuals[i]);
                var x = rows[i] + column;
                sum0 = TLanes.MultiplyAdd(residual, TLanes.LoadSingles(ref x[0], rest), sum0);
                sum1 = TLanes.MultiplyAdd(residual, TLanes.LoadSingles(ref x[Lanes], rest - Lanes), sum1);
            }

            TLanes.Store(sum0, ref gradient[column]);
            TLanes.Store(sum1, ref gradient[column + Lanes]);
        }
    }
}
