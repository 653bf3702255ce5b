using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Engine.Numerics.Codes;

namespace Engine.Compute.Search;

/// <summary>Boxes around 16-bit codes: the least squared distance between two boxes bounds that of all pairs of rows in them.</summary>
internal static unsafe class ShortBox
{
    /// <summary>A box has a multiple of so many coordinates; those past the codes are 0 to 0.</summary>
    public const int Multiple = 16;

    /// <summary>Computes the squared gap between two boxes.</summary>
    /// <param name="low">The lower corner of one, <paramref name="length"/> codes.</param>
    /// <param name="high">Its upper corner.</param>
    /// <param name="otherLow">The lower corner of the other.</param>
    /// <param name="otherHigh">Its upper corner.</param>
    /// <param name="length">A multiple of 16.</param>
    /// <returns>The sum over coordinates of the squared gap, 0 where the boxes overlap.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SquaredGap(short* low, short* high, short* otherLow, short* otherHigh, int length)
    {
        if (!Vector128.IsHardwareAccelerated)
            return ScalarGap(low, high, otherLow, otherHigh, length);
        var i = 0;
        var sum = Vector256<int>.Zero;
        if (Avx512BW.IsSupported && length >= Vector512<short>.Count)
        {
            // Codes stay below 2^14, so a difference fits. At most one of the two is positive.
            var wideSum = Vector512<int>.Zero;
            for (; i <= length - Vector512<short>.Count; i += Vector512<short>.Count)
            {
                var below = Vector512.Load(otherLow + i) - Vector512.Load(high + i);
                var above = Vector512.Load(low + i) - Vector512.Load(otherHigh + i);
                var gap = Vector512.Max(Vector512.Max(below, above), Vector512<short>.Zero);
                wideSum += Avx512BW.MultiplyAddAdjacent(gap, gap);
            }

            sum = wideSum.GetLower() + wideSum.GetUpper();
        }

        for (; i < length; i += Multiple)
        {
            var below = Vector256.Load(otherLow + i) - Vector256.Load(high + i);
            var above = Vector256.Load(low + i) - Vector256.Load(otherHigh + i);
            var gap = Vector256.Max(Vector256.Max(below, above), Vector256<short>.Zero).AsInt32();
            sum += PairLanes256.Dot(gap, gap);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Computes the squared distance between the centers of two boxes, in half steps: only an order is read off it.</summary>
    /// <param name="low">The lower corner of one, <paramref name="length"/> codes.</param>
    /// <param name="high">Its upper corner.</param>
    /// <param name="otherLow">The lower corner of the other.</param>
    /// <param name="otherHigh">Its upper corner.</param>
    /// <param name="length">A multiple of 16.</param>
    /// <returns>The sum over coordinates of the squared difference of the centers.</returns>
    public static long CenterDistance(short* low, short* high, short* otherLow, short* otherHigh, int length)
    {
        if (!Vector128.IsHardwareAccelerated)
            return ScalarCenterDistance(low, high, otherLow, otherHigh, length);
        var i = 0;
        var sum = Vector256<int>.Zero;
        if (Avx512BW.IsSupported && length >= Vector512<short>.Count)
        {
            var wideSum = Vector512<int>.Zero;
            for (; i <= length - Vector512<short>.Count; i += Vector512<short>.Count)
            {
                var center = (Vector512.Load(low + i) >> 1) + (Vector512.Load(high + i) >> 1);
                var otherCenter = (Vector512.Load(otherLow + i) >> 1) + (Vector512.Load(otherHigh + i) >> 1);
                wideSum += Avx512BW.MultiplyAddAdjacent(center - otherCenter, center - otherCenter);
            }

            sum = wideSum.GetLower() + wideSum.GetUpper();
        }

        for (; i < length; i += Multiple)
        {
            var center = (Vector256.Load(low + i) >> 1) + (Vector256.Load(high + i) >> 1);
            var otherCenter = (Vector256.Load(otherLow + i) >> 1) + (Vector256.Load(otherHigh + i) >> 1);
            var difference = (center - otherCenter).AsInt32();
            sum += PairLanes256.Dot(difference, difference);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Computes the squared distance of two rows of codes.</summary>
    /// <param name="x">Codes.</param>
    /// <param name="y">Codes.</param>
    /// <param name="length">A multiple of 16.</param>
    /// <returns>The sum over coordinates of the squared difference.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SquaredDistance(short* x, short* y, int length)
    {
        if (!Vector128.IsHardwareAccelerated)
            return ScalarGap(x, x, y, y, length);
        var i = 0;
        var sum = Vector256<int>.Zero;
        if (Avx512BW.IsSupported && length >= Vector512<short>.Count)
        {
            var wideSum = Vector512<int>.Zero;
            for (; i <= length - Vector512<short>.Count; i += Vector512<short>.Count)
            {
                var difference = Vector512.Load(x + i) - Vector512.Load(y + i);
                wideSum += Avx512BW.MultiplyAddAdjacent(difference, difference);
            }

            sum = wideSum.GetLower() + wideSum.GetUpper();
        }

        for (; i < length; i += Multiple)
        {
            var difference = (Vector256.Load(x + i) - Vector256.Load(y + i)).AsInt32();
            sum += PairLanes256.Dot(difference, difference);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Widens a box so that it holds a row.</summary>
    /// <param name="low">The lower corner.</param>
    /// <param name="high">The upper corner.</param>
    /// <param name="codes">The codes of the row.</param>
    /// <param name="length">The number of codes.</param>
    public static void Include(short* low, short* high, short* codes, int length)
    {
        for (var i = 0; i < length; i++)
        {
            low[i] = Math.Min(low[i], codes[i]);
            high[i] = Math.Max(high[i], codes[i]);
        }
    }

    private static long ScalarCenterDistance(short* low, short* high, short* otherLow, short* otherHigh, int length)
    {
        long sum = 0;
        for (var i = 0; i < length; i++)
        {
            long difference = (low[i] >> 1) + (high[i] >> 1) - (otherLow[i] >> 1) - (otherHigh[i] >> 1);
            sum += difference * difference;
        }

        return sum;
    }

    private static int ScalarGap(short* low, short* high, short* otherLow, short* otherHigh, int length)
    {
        var sum = 0;
        for (var i = 0; i < length; i++)
        {
            var gap = Math.Max(0, Math.Max(otherLow[i] - high[i], low[i] - otherHigh[i]));
            sum += gap * gap;
        }

        return sum;
    }
}
