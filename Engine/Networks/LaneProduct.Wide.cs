using System.Runtime.CompilerServices;

namespace Engine.Networks;

/// <content>Tiles for thirty-two registers of 512 bits.</content>
internal static unsafe partial class LaneProduct<TLanes, T>
{
    /// <summary>Computes rows in fours and columns in pairs of registers; see <see cref="Multiply"/>.</summary>
    private static void MultiplyWide(ProductSides<T> sides, nint rows, nint lanes, T* initial, nint initialStride, T* result, nint resultStride)
    {
        for (nint j = 0; j < lanes; j += 2)
        {
            nint i = 0;
            for (; i <= rows - 8; i += 8)
                Sum8x2(sides.From(i, j), initial + (i * initialStride) + (j * Lanes), initialStride, result + (i * resultStride) + (j * Lanes), resultStride);
            if (i < rows)
                Sum4x2(sides.From(i, j), initial + (i * initialStride) + (j * Lanes), initialStride, result + (i * resultStride) + (j * Lanes), resultStride);
        }
    }

    /// <summary>Computes two rows of columns in fours of registers.</summary>
    /// <returns>How many registers of columns that are.</returns>
    private static nint MultiplyTwoRows(ProductSides<T> sides, nint lanes, T* initial, nint initialStride, T* result, nint resultStride)
    {
        nint j = 0;
        for (; j <= lanes - 4; j += 4)
            Sum2x4(sides.From(0, j), initial + (j * Lanes), initialStride, result + (j * Lanes), resultStride);
        return j;
    }

    /// <summary>Sums 8 rows x 2 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum8x2(ProductSides<T> sides, T* initial, nint initialStride, T* tile, nint tileStride)
    {
        var sum0a = TLanes.Load(ref initial[0]);
        var sum0b = TLanes.Load(ref initial[Lanes]);
        var sum1a = TLanes.Load(ref initial[initialStride]);
        var sum1b = TLanes.Load(ref initial[initialStride + Lanes]);
        var sum2a = TLanes.Load(ref initial[2 * initialStride]);
        var sum2b = TLanes.Load(ref initial[(2 * initialStride) + Lanes]);
        var sum3a = TLanes.Load(ref initial[3 * initialStride]);
        var sum3b = TLanes.Load(ref initial[(3 * initialStride) + Lanes]);
        var sum4a = TLanes.Load(ref initial[4 * initialStride]);
        var sum4b = TLanes.Load(ref initial[(4 * initialStride) + Lanes]);
        var sum5a = TLanes.Load(ref initial[5 * initialStride]);
        var sum5b = TLanes.Load(ref initial[(5 * initialStride) + Lanes]);
        var sum6a = TLanes.Load(ref initial[6 * initialStride]);
        var sum6b = TLanes.Load(ref initial[(6 * initialStride) + Lanes]);
        var sum7a = TLanes.Load(ref initial[7 * initialStride]);
        var sum7b = TLanes.Load(ref initial[(7 * initialStride) + Lanes]);
        T* left = sides.Left, right = sides.Right;
        var (leftStep, rightStep) = (sides.LeftStep, sides.RightStep);
        var leftStride = sides.LeftStride;
        var high = left + (4 * leftStride);
        var lane = sides.RightLane;
        for (var count = sides.Count; count > 0; count--)
        {
            var valuesA = TLanes.Load(ref right[0]);
            var valuesB = TLanes.Load(ref right[lane]);
            var x0 = TLanes.Broadcast(left[0]);
            sum0a = TLanes.MultiplyAdd(x0, valuesA, sum0a);
            sum0b = TLanes.MultiplyAdd(x0, valuesB, sum0b);
            var x1 = TLanes.Broadcast(left[leftStride]);
            sum1a = TLanes.MultiplyAdd(x1, valuesA, sum1a);
            sum1b = TLanes.MultiplyAdd(x1, valuesB, sum1b);
            var x2 = TLanes.Broadcast(left[2 * leftStride]);
            sum2a = TLanes.MultiplyAdd(x2, valuesA, sum2a);
            sum2b = TLanes.MultiplyAdd(x2, valuesB, sum2b);
            var x3 = TLanes.Broadcast(left[3 * leftStride]);
            sum3a = TLanes.MultiplyAdd(x3, valuesA, sum3a);
            sum3b = TLanes.MultiplyAdd(x3, valuesB, sum3b);
            var x4 = TLanes.Broadcast(high[0]);
            sum4a = TLanes.MultiplyAdd(x4, valuesA, sum4a);
            sum4b = TLanes.MultiplyAdd(x4, valuesB, sum4b);
            var x5 = TLanes.Broadcast(high[leftStride]);
            sum5a = TLanes.MultiplyAdd(x5, valuesA, sum5a);
            sum5b = TLanes.MultiplyAdd(x5, valuesB, sum5b);
            var x6 = TLanes.Broadcast(high[2 * leftStride]);
            sum6a = TLanes.MultiplyAdd(x6, valuesA, sum6a);
            sum6b = TLanes.MultiplyAdd(x6, valuesB, sum6b);
            var x7 = TLanes.Broadcast(high[3 * leftStride]);
            sum7a = TLanes.MultiplyAdd(x7, valuesA, sum7a);
            sum7b = TLanes.MultiplyAdd(x7, valuesB, sum7b);
            left += leftStep;
            high += leftStep;
            right += rightStep;
        }

        TLanes.Store(sum0a, ref tile[0]);
        TLanes.Store(sum0b, ref tile[Lanes]);
        TLanes.Store(sum1a, ref tile[tileStride]);
        TLanes.Store(sum1b, ref tile[tileStride + Lanes]);
        TLanes.Store(sum2a, ref tile[2 * tileStride]);
        TLanes.Store(sum2b, ref tile[(2 * tileStride) + Lanes]);
        TLanes.Store(sum3a, ref tile[3 * tileStride]);
        TLanes.Store(sum3b, ref tile[(3 * tileStride) + Lanes]);
        TLanes.Store(sum4a, ref tile[4 * tileStride]);
        TLanes.Store(sum4b, ref tile[(4 * tileStride) + Lanes]);
        TLanes.Store(sum5a, ref tile[5 * tileStride]);
        TLanes.Store(sum5b, ref tile[(5 * tileStride) + Lanes]);
        TLanes.Store(sum6a, ref tile[6 * tileStride]);
        TLanes.Store(sum6b, ref tile[(6 * tileStride) + Lanes]);
        TLanes.Store(sum7a, ref tile[7 * tileStride]);
        TLanes.Store(sum7b, ref tile[(7 * tileStride) + Lanes]);
    }

    /// <summary>Sums 4 rows x 2 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum4x2(ProductSides<T> sides, T* initial, nint initialStride, T* tile, nint tileStride)
    {
        var sum0a = TLanes.Load(ref initial[0]);
        var sum0b = TLanes.Load(ref initial[Lanes]);
        var sum1a = TLanes.Load(ref initial[initialStride]);
        var sum1b = TLanes.Load(ref initial[initialStride + Lanes]);
        var sum2a = TLanes.Load(ref initial[2 * initialStride]);
        var sum2b = TLanes.Load(ref initial[(2 * initialStride) + Lanes]);
        var sum3a = TLanes.Load(ref initial[3 * initialStride]);
        var sum3b = TLanes.Load(ref initial[(3 * initialStride) + Lanes]);
        T* left = sides.Left, right = sides.Right;
        var (leftStep, rightStep) = (sides.LeftStep, sides.RightStep);
        var leftStride = sides.LeftStride;
        var lane = sides.RightLane;
        for (var count = sides.Count; count > 0; count--)
        {
            var valuesA = TLanes.Load(ref right[0]);
            var valuesB = TLanes.Load(ref right[lane]);
            var x0 = TLanes.Broadcast(left[0]);
            sum0a = TLanes.MultiplyAdd(x0, valuesA, sum0a);
            sum0b = TLanes.MultiplyAdd(x0, valuesB, sum0b);
            var x1 = TLanes.Broadcast(left[leftStride]);
            sum1a = TLanes.MultiplyAdd(x1, valuesA, sum1a);
            sum1b = TLanes.MultiplyAdd(x1, valuesB, sum1b);
            var x2 = TLanes.Broadcast(left[2 * leftStride]);
            sum2a = TLanes.MultiplyAdd(x2, valuesA, sum2a);
            sum2b = TLanes.MultiplyAdd(x2, valuesB, sum2b);
            var x3 = TLanes.Broadcast(left[3 * leftStride]);
            sum3a = TLanes.MultiplyAdd(x3, valuesA, sum3a);
            sum3b = TLanes.MultiplyAdd(x3, valuesB, sum3b);
            left += leftStep;
            right += rightStep;
        }

        TLanes.Store(sum0a, ref tile[0]);
        TLanes.Store(sum0b, ref tile[Lanes]);
        TLanes.Store(sum1a, ref tile[tileStride]);
        TLanes.Store(sum1b, ref tile[tileStride + Lanes]);
        TLanes.Store(sum2a, ref tile[2 * tileStride]);
        TLanes.Store(sum2b, ref tile[(2 * tileStride) + Lanes]);
        TLanes.Store(sum3a, ref tile[3 * tileStride]);
        TLanes.Store(sum3b, ref tile[(3 * tileStride) + Lanes]);
    }

    /// <summary>Sums 2 rows x 4 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum2x4(ProductSides<T> sides, T* initial, nint initialStride, T* tile, nint tileStride)
    {
        var sum0a = TLanes.Load(ref initial[0]);
        var sum0b = TLanes.Load(ref initial[Lanes]);
        var sum0c = TLanes.Load(ref initial[2 * Lanes]);
        var sum0d = TLanes.Load(ref initial[3 * Lanes]);
        var sum1a = TLanes.Load(ref initial[initialStride]);
        var sum1b = TLanes.Load(ref initial[initialStride + Lanes]);
        var sum1c = TLanes.Load(ref initial[initialStride + (2 * Lanes)]);
        var sum1d = TLanes.Load(ref initial[initialStride + (3 * Lanes)]);
        T* left = sides.Left, right = sides.Right;
        var (leftStep, rightStep) = (sides.LeftStep, sides.RightStep);
        var leftStride = sides.LeftStride;
        var lane = sides.RightLane;
        for (var count = sides.Count; count > 0; count--)
        {
            var valuesA = TLanes.Load(ref right[0]);
            var valuesB = TLanes.Load(ref right[lane]);
            var valuesC = TLanes.Load(ref right[2 * lane]);
            var valuesD = TLanes.Load(ref right[3 * lane]);
            var x0 = TLanes.Broadcast(left[0]);
            sum0a = TLanes.MultiplyAdd(x0, valuesA, sum0a);
            sum0b = TLanes.MultiplyAdd(x0, valuesB, sum0b);
            sum0c = TLanes.MultiplyAdd(x0, valuesC, sum0c);
            sum0d = TLanes.MultiplyAdd(x0, valuesD, sum0d);
            var x1 = TLanes.Broadcast(left[leftStride]);
            sum1a = TLanes.MultiplyAdd(x1, valuesA, sum1a);
            sum1b = TLanes.MultiplyAdd(x1, valuesB, sum1b);
            sum1c = TLanes.MultiplyAdd(x1, valuesC, sum1c);
            sum1d = TLanes.MultiplyAdd(x1, valuesD, sum1d);
            left += leftStep;
            right += rightStep;
        }

        TLanes.Store(sum0a, ref tile[0]);
        TLanes.Store(sum0b, ref tile[Lanes]);
        TLanes.Store(sum0c, ref tile[2 * Lanes]);
        TLanes.Store(sum0d, ref tile[3 * Lanes]);
        TLanes.Store(sum1a, ref tile[tileStride]);
        TLanes.Store(sum1b, ref tile[tileStride + Lanes]);
        TLanes.Store(sum1c, ref tile[tileStride + (2 * Lanes)]);
        TLanes.Store(sum1d, ref tile[tileStride + (3 * Lanes)]);
    }

    /// <summary>Sums 1 row x 8 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum1x8(ProductSides<T> sides, T* initial, nint initialStride, T* tile, nint tileStride)
    {
        var sum0a = TLanes.Load(ref initial[0]);
        var sum0b = TLanes.Load(ref initial[Lanes]);
        var sum0c = TLanes.Load(ref initial[2 * Lanes]);
        var sum0d = TLanes.Load(ref initial[3 * Lanes]);
        var sum0e = TLanes.Load(ref initial[4 * Lanes]);
        var sum0f = TLanes.Load(ref initial[5 * Lanes]);
        var sum0g = TLanes.Load(ref initial[6 * Lanes]);
        var sum0h = TLanes.Load(ref initial[7 * Lanes]);
        T* left = sides.Left, right = sides.Right;
        var (leftStep, rightStep) = (sides.LeftStep, sides.RightStep);
        var lane = sides.RightLane;
        var farther = right + (4 * lane);
        for (var count = sides.Count; count > 0; count--)
        {
            var x = TLanes.Broadcast(left[0]);
            sum0a = TLanes.MultiplyAdd(x, TLanes.Load(ref right[0]), sum0a);
            sum0b = TLanes.MultiplyAdd(x, TLanes.Load(ref right[lane]), sum0b);
            sum0c = TLanes.MultiplyAdd(x, TLanes.Load(ref right[2 * lane]), sum0c);
            sum0d = TLanes.MultiplyAdd(x, TLanes.Load(ref right[3 * lane]), sum0d);
            sum0e = TLanes.MultiplyAdd(x, TLanes.Load(ref farther[0]), sum0e);
            sum0f = TLanes.MultiplyAdd(x, TLanes.Load(ref farther[lane]), sum0f);
            sum0g = TLanes.MultiplyAdd(x, TLanes.Load(ref farther[2 * lane]), sum0g);
            sum0h = TLanes.MultiplyAdd(x, TLanes.Load(ref farther[3 * lane]), sum0h);
            left += leftStep;
            right += rightStep;
            farther += rightStep;
        }

        TLanes.Store(sum0a, ref tile[0]);
        TLanes.Store(sum0b, ref tile[Lanes]);
        TLanes.Store(sum0c, ref tile[2 * Lanes]);
        TLanes.Store(sum0d, ref tile[3 * Lanes]);
        TLanes.Store(sum0e, ref tile[4 * Lanes]);
        TLanes.Store(sum0f, ref tile[5 * Lanes]);
        TLanes.Store(sum0g, ref tile[6 * Lanes]);
        TLanes.Store(sum0h, ref tile[7 * Lanes]);
    }
}
