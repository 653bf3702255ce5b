using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Compute.Search;

/// <summary>Boxes around byte codes: the least L1 distance between two boxes bounds that of all pairs of rows in them.</summary>
internal static unsafe class ByteBox
{
    /// <summary>A box has a multiple of so many coordinates; those past the codes are 0 to 0.</summary>
    public const int Multiple = 32;

    /// <summary>Computes the L1 gap between two boxes.</summary>
    /// <param name="low">The lower corner of one, <paramref name="length"/> codes.</param>
    /// <param name="high">Its upper corner.</param>
    /// <param name="otherLow">The lower corner of the other.</param>
    /// <param name="otherHigh">Its upper corner.</param>
    /// <param name="length">A multiple of 32.</param>
    /// <returns>The sum over coordinates of the gap, 0 where the boxes overlap.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Gap(byte* low, byte* high, byte* otherLow, byte* otherHigh, int length)
    {
        if (!Avx2.IsSupported)
            return PortableGap(low, high, otherLow, otherHigh, length);
        var sum = Vector256<long>.Zero;
        for (var i = 0; i < length; i += Multiple)
        {
            // Saturated at 0: at most one of the two differences is positive.
            var below = Avx2.SubtractSaturate(Vector256.Load(otherLow + i), Vector256.Load(high + i));
            var above = Avx2.SubtractSaturate(Vector256.Load(low + i), Vector256.Load(otherHigh + i));
            sum += Avx2.SumAbsoluteDifferences(below | above, Vector256<byte>.Zero).AsInt64();
        }

        return (int)Vector256.Sum(sum);
    }

    /// <summary>Sums the differences of both corners: only an order is read off it.</summary>
    /// <param name="low">The lower corner of one, <paramref name="length"/> codes.</param>
    /// <param name="high">Its upper corner.</param>
    /// <param name="otherLow">The lower corner of the other.</param>
    /// <param name="otherHigh">Its upper corner.</param>
    /// <param name="length">A multiple of 32.</param>
    /// <returns>Twice the L1 distance of the centers, or more.</returns>
    public static long CornerDistance(byte* low, byte* high, byte* otherLow, byte* otherHigh, int length) =>
        (long)Distance(low, otherLow, length) + Distance(high, otherHigh, length);

    /// <summary>Widens a box so that it holds a row.</summary>
    /// <param name="low">The lower corner.</param>
    /// <param name="high">The upper corner.</param>
    /// <param name="codes">The codes of the row, 0 past its columns.</param>
    /// <param name="length">A multiple of 32.</param>
    public static void Include(byte* low, byte* high, byte* codes, int length)
    {
        for (var i = 0; i < length; i += Multiple)
        {
            var code = Vector256.Load(codes + i);
            Vector256.Min(Vector256.Load(low + i), code).Store(low + i);
            Vector256.Max(Vector256.Load(high + i), code).Store(high + i);
        }
    }

    private static int Distance(byte* x, byte* y, int length)
    {
        if (!Avx2.IsSupported)
            return PortableGap(x, x, y, y, length);
        var sum = Vector256<long>.Zero;
        for (var i = 0; i < length; i += Multiple)
            sum += Avx2.SumAbsoluteDifferences(Vector256.Load(x + i), Vector256.Load(y + i)).AsInt64();
        return (int)Vector256.Sum(sum);
    }

    private static int PortableGap(byte* low, byte* high, byte* otherLow, byte* otherHigh, int length)
    {
        var sum = 0;
        for (var i = 0; i < length; i++)
            sum += Math.Max(0, Math.Max(otherLow[i] - high[i], low[i] - otherHigh[i]));
        return sum;
    }
}
