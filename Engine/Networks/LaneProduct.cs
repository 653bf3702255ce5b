using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Numerics.Lanes;

namespace Engine.Networks;

/// <summary>Where the factors of a product lie: result[i][j] = initial[i][j] + sum over steps of left[i] x right[j].</summary>
/// <param name="left">The first step's value of row 0.</param>
/// <param name="leftStride">The distance from a row to the next.</param>
/// <param name="leftStep">The distance of a row's value from a step to the next.</param>
/// <param name="right">The first step's value of column 0.</param>
/// <param name="rightLane">The distance from a register of columns to the next.</param>
/// <param name="rightStep">The distance of a column's value from a step to the next.</param>
/// <param name="count">The number of steps, 0 or more.</param>
internal readonly unsafe struct ProductSides<T>(T* left, nint leftStride, nint leftStep, T* right, nint rightLane, nint rightStep, nint count)
    where T : unmanaged
{
    public T* Left { get; } = left;

    public nint LeftStride { get; } = leftStride;

    public nint LeftStep { get; } = leftStep;

    public T* Right { get; } = right;

    public nint RightLane { get; } = rightLane;

    public nint RightStep { get; } = rightStep;

    public nint Count { get; } = count;

    /// <summary>Returns the sides from a row and a register of columns on.</summary>
    public ProductSides<T> From(nint row, nint lane) => new(Left + (row * LeftStride), LeftStride, LeftStep, Right + (lane * RightLane), RightLane, RightStep, Count);
}

/// <summary>Products of matrices in tiles of registers, multiply and add rounded together.</summary>
/// <remarks>
/// <para><b>Determinism</b>: every value is one chain over rising steps from its initial value, so it depends neither on the tile that it lies in nor on where the steps are cut.</para>
/// <para>Tiles are chosen so that eight sums or more are under way: 8 rows x 2 registers, 4 x 2, 2 x 4 and 1 x 8 where registers hold 512 bits; 4 x 1 and 1 x 4 elsewhere.
/// A kernel is not inlined, and nothing but stores follows its loop: with calls or branches nearby the compiler keeps sums in memory.</para>
/// </remarks>
internal static unsafe partial class LaneProduct<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Gets the values in a register of lanes.</summary>
    private static nint Lanes => 64 / sizeof(T);

    /// <summary>Computes a product.</summary>
    /// <param name="sides">The factors.</param>
    /// <param name="rows">The rows of the result.</param>
    /// <param name="lanes">Its columns, in registers of lanes.</param>
    /// <param name="initial">What the sums begin with; the result itself to add to it.</param>
    /// <param name="initialStride">The distance of the rows of <paramref name="initial"/>; 0 for one row for all.</param>
    /// <param name="result">Receives the sums.</param>
    /// <param name="resultStride">The distance of its rows.</param>
    public static void Multiply(ProductSides<T> sides, nint rows, nint lanes, T* initial, nint initialStride, T* result, nint resultStride)
    {
        // The last rows, up to three, have tiles of their own.
        var tall = rows / 4 * 4;
        nint wide = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            wide = lanes / 2 * 2;
            MultiplyWide(sides, tall, wide, initial, initialStride, result, resultStride);
        }

        for (var j = wide; j < lanes; j++)
        {
            for (nint i = 0; i < tall; i += 4)
                Sum4x1(sides.From(i, j), initial + (i * initialStride) + (j * Lanes), initialStride, result + (i * resultStride) + (j * Lanes), resultStride);
        }

        if (rows == tall)
            return;
        sides = sides.From(tall, 0);
        initial += tall * initialStride;
        result += tall * resultStride;
        if (Vector512.IsHardwareAccelerated && rows - tall >= 2)
        {
            var inFours = MultiplyTwoRows(sides, lanes, initial, initialStride, result, resultStride);
            MultiplyRow(sides, inFours, lanes, initial, result);
            MultiplyRow(sides.From(1, 0), inFours, lanes, initial + initialStride, result + resultStride);
            tall += 2;
            sides = sides.From(2, 0);
            initial += 2 * initialStride;
            result += 2 * resultStride;
        }

        for (var i = tall; i < rows; i++)
        {
            MultiplyRow(sides, 0, lanes, initial, result);
            sides = sides.From(1, 0);
            initial += initialStride;
            result += resultStride;
        }
    }

    private static void MultiplyRow(ProductSides<T> sides, nint first, nint lanes, T* initial, T* result)
    {
        var j = first;
        for (; Vector512.IsHardwareAccelerated && j <= lanes - 8; j += 8)
            Sum1x8(sides.From(0, j), initial + (j * Lanes), 0, result + (j * Lanes), 0);
        for (; j <= lanes - 4; j += 4)
            Sum1x4(sides.From(0, j), initial + (j * Lanes), 0, result + (j * Lanes), 0);
        for (; j < lanes; j++)
            Sum1x1(sides.From(0, j), initial + (j * Lanes), 0, result + (j * Lanes), 0);
    }

    /// <summary>Sums 4 rows x 1 register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum4x1(ProductSides<T> sides, T* initial, nint initialStride, T* tile, nint tileStride)
    {
        var sum0 = TLanes.Load(ref initial[0]);
        var sum1 = TLanes.Load(ref initial[initialStride]);
        var sum2 = TLanes.Load(ref initial[2 * initialStride]);
        var sum3 = TLanes.Load(ref initial[3 * initialStride]);
        T* left = sides.Left, right = sides.Right;
        var (leftStep, rightStep) = (sides.LeftStep, sides.RightStep);
        var leftStride = sides.LeftStride;
        for (var count = sides.Count; count > 0; count--)
        {
            var values = TLanes.Load(ref right[0]);
            sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(left[0]), values, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Broadcast(left[leftStride]), values, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Broadcast(left[2 * leftStride]), values, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Broadcast(left[3 * leftStride]), values, sum3);
            left += leftStep;
            right += rightStep;
        }

        TLanes.Store(sum0, ref tile[0]);
        TLanes.Store(sum1, ref tile[tileStride]);
        TLanes.Store(sum2, ref tile[2 * tileStride]);
        TLanes.Store(sum3, ref tile[3 * tileStride]);
    }

    /// <summary>Sums 1 row x 4 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum1x4(ProductSides<T> sides, T* initial, nint initialStride, T* tile, nint tileStride)
    {
        var sum0a = TLanes.Load(ref initial[0]);
        var sum0b = TLanes.Load(ref initial[Lanes]);
        var sum0c = TLanes.Load(ref initial[2 * Lanes]);
        var sum0d = TLanes.Load(ref initial[3 * Lanes]);
        T* left = sides.Left, right = sides.Right;
        var (leftStep, rightStep) = (sides.LeftStep, sides.RightStep);
        var lane = sides.RightLane;
        for (var count = sides.Count; count > 0; count--)
        {
            var x = TLanes.Broadcast(left[0]);
            sum0a = TLanes.MultiplyAdd(x, TLanes.Load(ref right[0]), sum0a);
            sum0b = TLanes.MultiplyAdd(x, TLanes.Load(ref right[lane]), sum0b);
            sum0c = TLanes.MultiplyAdd(x, TLanes.Load(ref right[2 * lane]), sum0c);
            sum0d = TLanes.MultiplyAdd(x, TLanes.Load(ref right[3 * lane]), sum0d);
            left += leftStep;
            right += rightStep;
        }

        TLanes.Store(sum0a, ref tile[0]);
        TLanes.Store(sum0b, ref tile[Lanes]);
        TLanes.Store(sum0c, ref tile[2 * Lanes]);
        TLanes.Store(sum0d, ref tile[3 * Lanes]);
    }

    /// <summary>Sums 1 row x 1 register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum1x1(ProductSides<T> sides, T* initial, nint initialStride, T* tile, nint tileStride)
    {
        var sum0 = TLanes.Load(ref initial[0]);
        T* left = sides.Left, right = sides.Right;
        var (leftStep, rightStep) = (sides.LeftStep, sides.RightStep);
        for (var count = sides.Count; count > 0; count--)
        {
            var x = TLanes.Broadcast(left[0]);
            sum0 = TLanes.MultiplyAdd(x, TLanes.Load(ref right[0]), sum0);
            left += leftStep;
            right += rightStep;
        }

        TLanes.Store(sum0, ref tile[0]);
    }
}
