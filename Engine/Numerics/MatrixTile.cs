using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Numerics.Lanes;

namespace Engine.Numerics;

/// <summary>Small matrix products in double, summed in registers: result[i][j] (+)= sum over steps of left[i] x right[j], multiply and add rounded together, steps rising.</summary>
/// <remarks>
/// <code>
///                8 columns j
///              +-------------+
/// 4 rows i     | lanes       |       eight of sixteen 256-bit registers; where they hold 512 bits, eight or sixteen of thirty-two for 8 rows x 8 or 16 columns
///              +-------------+
/// </code>
/// A kernel is not inlined, and nothing but stores follows its loop: with calls or branches nearby the compiler keeps sums in memory.
/// </remarks>
internal static unsafe class MatrixTile<TLanes>
    where TLanes : struct, ILanes<TLanes, double>
{
    /// <summary>Rows and columns come in so many.</summary>
    public const int Lanes = 8;

    private const int LowHeight = 4;

    /// <summary>Computes a product, or adds one.</summary>
    /// <param name="left">The first step's values, <paramref name="height"/> of them.</param>
    /// <param name="height">A multiple of 8.</param>
    /// <param name="right">The first step's values, <paramref name="width"/> of them, one after the other.</param>
    /// <param name="width">A multiple of 8.</param>
    /// <param name="count">The number of steps.</param>
    /// <param name="result">Receives the sums.</param>
    /// <param name="resultStride">The distance of its rows.</param>
    /// <param name="adds">Whether the sums begin with what the result holds.</param>
    public static void Multiply(TileSteps left, int height, TileSteps right, int width, int count, double* result, int resultStride, bool adds)
    {
        for (var i = 0; i < height; i += Lanes)
        {
            var j = 0;
            for (; Vector512.IsHardwareAccelerated && j <= width - (2 * Lanes); j += 2 * Lanes)
                SumWide(left.From(i), right.From(j), count, result + (i * resultStride) + j, resultStride, adds);
            for (; j < width; j += Lanes)
                SumSquare(left.From(i), right.From(j), count, result + (i * resultStride) + j, resultStride, adds);
        }
    }

    /// <summary>Sums 8 rows x 8 columns; see <see cref="Multiply"/>.</summary>
    private static void SumSquare(TileSteps left, TileSteps right, int count, double* tile, int tileStride, bool adds)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            SumTall(left, right, count, tile, tileStride, adds);
            return;
        }

        SumLow(left, right, count, tile, tileStride, adds);
        SumLow(left.From(LowHeight), right, count, tile + (LowHeight * tileStride), tileStride, adds);
    }

    /// <summary>Sums 8 rows x 16 columns where a register holds eight; see <see cref="Multiply"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SumWide(TileSteps left, TileSteps right, int count, double* tile, int tileStride, bool adds)
    {
        TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        TLanes sum4 = TLanes.Zero, sum5 = TLanes.Zero, sum6 = TLanes.Zero, sum7 = TLanes.Zero;
        TLanes next0 = TLanes.Zero, next1 = TLanes.Zero, next2 = TLanes.Zero, next3 = TLanes.Zero;
        TLanes next4 = TLanes.Zero, next5 = TLanes.Zero, next6 = TLanes.Zero, next7 = TLanes.Zero;
        if (adds)
        {
            sum0 = TLanes.Load(ref tile[0]);
            sum1 = TLanes.Load(ref tile[tileStride]);
            sum2 = TLanes.Load(ref tile[2 * tileStride]);
            sum3 = TLanes.Load(ref tile[3 * tileStride]);
            sum4 = TLanes.Load(ref tile[4 * tileStride]);
            sum5 = TLanes.Load(ref tile[5 * tileStride]);
            sum6 = TLanes.Load(ref tile[6 * tileStride]);
            sum7 = TLanes.Load(ref tile[7 * tileStride]);
            next0 = TLanes.Load(ref tile[Lanes]);
            next1 = TLanes.Load(ref tile[tileStride + Lanes]);
            next2 = TLanes.Load(ref tile[2 * tileStride + Lanes]);
            next3 = TLanes.Load(ref tile[3 * tileStride + Lanes]);
            next4 = TLanes.Load(ref tile[4 * tileStride + Lanes]);
            next5 = TLanes.Load(ref tile[5 * tileStride + Lanes]);
            next6 = TLanes.Load(ref tile[6 * tileStride + Lanes]);
            next7 = TLanes.Load(ref tile[7 * tileStride + Lanes]);
        }

        var (stride, step, columnStep) = (left.Stride, left.Step, right.Step);
        double* low = left.First, high = left.First + (LowHeight * stride), columns = right.First;
        for (var i = 0; i < count; i++)
        {
            TLanes values = TLanes.Load(ref columns[0]), nextValues = TLanes.Load(ref columns[Lanes]);
            var x0 = TLanes.Broadcast(low[0]);
            sum0 = TLanes.MultiplyAdd(x0, values, sum0);
            next0 = TLanes.MultiplyAdd(x0, nextValues, next0);
            var x1 = TLanes.Broadcast(low[stride]);
            sum1 = TLanes.MultiplyAdd(x1, values, sum1);
            next1 = TLanes.MultiplyAdd(x1, nextValues, next1);
            var x2 = TLanes.Broadcast(low[2 * stride]);
            sum2 = TLanes.MultiplyAdd(x2, values, sum2);
            next2 = TLanes.MultiplyAdd(x2, nextValues, next2);
            var x3 = TLanes.Broadcast(low[3 * stride]);
            sum3 = TLanes.MultiplyAdd(x3, values, sum3);
            next3 = TLanes.MultiplyAdd(x3, nextValues, next3);
            var x4 = TLanes.Broadcast(high[0]);
            sum4 = TLanes.MultiplyAdd(x4, values, sum4);
            next4 = TLanes.MultiplyAdd(x4, nextValues, next4);
            var x5 = TLanes.Broadcast(high[stride]);
            sum5 = TLanes.MultiplyAdd(x5, values, sum5);
            next5 = TLanes.MultiplyAdd(x5, nextValues, next5);
            var x6 = TLanes.Broadcast(high[2 * stride]);
            sum6 = TLanes.MultiplyAdd(x6, values, sum6);
            next6 = TLanes.MultiplyAdd(x6, nextValues, next6);
            var x7 = TLanes.Broadcast(high[3 * stride]);
            sum7 = TLanes.MultiplyAdd(x7, values, sum7);
            next7 = TLanes.MultiplyAdd(x7, nextValues, next7);
            low += step;
            high += step;
            columns += columnStep;
        }

        TLanes.Store(sum0, ref tile[0]);
        TLanes.Store(sum1, ref tile[tileStride]);
        TLanes.Store(sum2, ref tile[2 * tileStride]);
        TLanes.Store(sum3, ref tile[3 * tileStride]);
        TLanes.Store(sum4, ref tile[4 * tileStride]);
        TLanes.Store(sum5, ref tile[5 * tileStride]);
        TLanes.Store(sum6, ref tile[6 * tileStride]);
        TLanes.Store(sum7, ref tile[7 * tileStride]);
        tile += Lanes;
        TLanes.Store(next0, ref tile[0]);
        TLanes.Store(next1, ref tile[tileStride]);
        TLanes.Store(next2, ref tile[2 * tileStride]);
        TLanes.Store(next3, ref tile[3 * tileStride]);
        TLanes.Store(next4, ref tile[4 * tileStride]);
        TLanes.Store(next5, ref tile[5 * tileStride]);
        TLanes.Store(next6, ref tile[6 * tileStride]);
        TLanes.Store(next7, ref tile[7 * tileStride]);
    }

    /// <summary>Sums 8 rows x 8 columns where a register holds eight: as many chains as hide the latency of a multiply-add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SumTall(TileSteps left, TileSteps right, int count, double* tile, int tileStride, bool adds)
    {
        TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        TLanes sum4 = TLanes.Zero, sum5 = TLanes.Zero, sum6 = TLanes.Zero, sum7 = TLanes.Zero;
        if (adds)
        {
            sum0 = TLanes.Load(ref tile[0]);
            sum1 = TLanes.Load(ref tile[tileStride]);
            sum2 = TLanes.Load(ref tile[2 * tileStride]);
            sum3 = TLanes.Load(ref tile[3 * tileStride]);
            sum4 = TLanes.Load(ref tile[4 * tileStride]);
            sum5 = TLanes.Load(ref tile[5 * tileStride]);
            sum6 = TLanes.Load(ref tile[6 * tileStride]);
            sum7 = TLanes.Load(ref tile[7 * tileStride]);
        }

        var (stride, step, columnStep) = (left.Stride, left.Step, right.Step);
        double* low = left.First, high = left.First + (LowHeight * stride), columns = right.First;
        for (var i = 0; i < count; i++)
        {
            var values = TLanes.Load(ref *columns);
            sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(low[0]), values, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(low[stride]), values, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(low[2 * stride]), values, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(low[3 * stride]), values, sum3);
            sum4 = TLanes.MultiplyAdd(TLanes.Broadcast(high[0]), values, sum4);
            sum5 = TLanes.MultiplyAdd(TLanes.Broadcast(high[stride]), values, sum5);
            sum6 = TLanes.MultiplyAdd(TLanes.Broadcast(high[2 * stride]), values, sum6);
            sum7 = TLanes.MultiplyAdd(TLanes.Broadcast(high[3 * stride]), values, sum7);
            low += step;
            high += step;
            columns += columnStep;
        }

        TLanes.Store(sum0, ref tile[0]);
        TLanes.Store(sum1, ref tile[tileStride]);
        TLanes.Store(sum2, ref tile[2 * tileStride]);
        TLanes.Store(sum3, ref tile[3 * tileStride]);
        TLanes.Store(sum4, ref tile[4 * tileStride]);
        TLanes.Store(sum5, ref tile[5 * tileStride]);
        TLanes.Store(sum6, ref tile[6 * tileStride]);
        TLanes.Store(sum7, ref tile[7 * tileStride]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SumLow(TileSteps left, TileSteps right, int count, double* tile, int tileStride, bool adds)
    {
        TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        if (adds)
        {
            sum0 = TLanes.Load(ref tile[0]);
            sum1 = TLanes.Load(ref tile[tileStride]);
            sum2 = TLanes.Load(ref tile[2 * tileStride]);
            sum3 = TLanes.Load(ref tile[3 * tileStride]);
        }

        var (stride, step, columnStep) = (left.Stride, left.Step, right.Step);
        double* x = left.First, columns = right.First;
        for (var i = 0; i < count; i++)
        {
            var values = TLanes.Load(ref *columns);
            sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(x[0]), values, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(x[stride]), values, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(x[2 * stride]), values, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(x[3 * stride]), values, sum3);
            x += step;
            columns += columnStep;
        }

        TLanes.Store(sum0, ref tile[0]);
        TLanes.Store(sum1, ref tile[tileStride]);
        TLanes.Store(sum2, ref tile[2 * tileStride]);
        TLanes.Store(sum3, ref tile[3 * tileStride]);
    }
}

/// <summary>Products in the widest lanes of the machine.</summary>
internal static unsafe class MatrixTile
{
    /// <summary>Computes a product, or adds one; see <see cref="MatrixTile{TLanes}.Multiply"/>.</summary>
    public static void Multiply(TileSteps left, int height, TileSteps right, int width, int count, double* result, int resultStride, bool adds)
    {
        if (Vector512.IsHardwareAccelerated)
            MatrixTile<Lanes512<double>>.Multiply(left, height, right, width, count, result, resultStride, adds);
        else if (Vector256.IsHardwareAccelerated)
            MatrixTile<Lanes256<double>>.Multiply(left, height, right, width, count, result, resultStride, adds);
        else if (Vector128.IsHardwareAccelerated)
            MatrixTile<Lanes128<double>>.Multiply(left, height, right, width, count, result, resultStride, adds);
        else
            MatrixTile<LanesScalar<double>>.Multiply(left, height, right, width, count, result, resultStride, adds);
    }
}

/// <summary>Where the values of each step of a product lie.</summary>
/// <param name="first">The first value of the first step.</param>
/// <param name="stride">The distance of the values of a step; 1 for columns j.</param>
/// <param name="step">The distance from a step to the next.</param>
internal readonly unsafe struct TileSteps(double* first, nint stride, nint step)
{
    public double* First { get; } = first;

    public nint Stride { get; } = stride;

    public nint Step { get; } = step;

    public TileSteps From(int value) => new(First + (value * Stride), Stride, Step);
}
