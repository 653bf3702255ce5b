using System.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Tests.Numerics;

/// <summary>True distances in whole numbers, for every finite float32 is a multiple of 2^-149: the oracle of bounds, which a rounded one could hide the last bit of.</summary>
internal static class ExactDistance
{
    private const int BitsBelowOne = 149;

    /// <summary>Computes L1 in units of 2^-149, or squared L2, for either kind of L2, in units of 2^-298.</summary>
    public static BigInteger Of(Metric metric, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = BigInteger.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = Whole(x[i]) - Whole(y[i]);
            sum += metric == Metric.L1 ? BigInteger.Abs(difference) : difference * difference;
        }

        return sum;
    }

    /// <summary>Returns the smallest double that is not below the true distance, not squared.</summary>
    public static double RoundedUp(Metric metric, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var exact = Of(metric, x, y);
        var distance = Math.ScaleB(metric == Metric.L1 ? (double)exact : Math.Sqrt((double)exact), -BitsBelowOne);
        while (Compare(distance, metric, exact) < 0)
            distance = Math.BitIncrement(distance);
        while (distance > 0 && Compare(Math.BitDecrement(distance), metric, exact) >= 0)
            distance = Math.BitDecrement(distance);
        return distance;
    }

    /// <summary>Returns the sign of a distance, not squared, less the true one.</summary>
    /// <param name="distance">0 or more.</param>
    /// <param name="metric">What <paramref name="exact"/> is of.</param>
    /// <param name="exact">The result of <see cref="Of"/>.</param>
    public static int Compare(double distance, Metric metric, BigInteger exact)
    {
        if (double.IsPositiveInfinity(distance))
            return 1;
        var bits = BitConverter.DoubleToInt64Bits(distance);
        var exponent = (int)(bits >> 52);
        BigInteger significand = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        var shift = Math.Max(exponent, 1) - 1075 + BitsBelowOne;
        if (metric != Metric.L1)
            (significand, shift) = (significand * significand, 2 * shift);
        return shift >= 0 ? (significand << shift).CompareTo(exact) : significand.CompareTo(exact << -shift);
    }

    private static BigInteger Whole(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        var exponent = (bits >> 23) & 0xFF;
        BigInteger significand = (bits & 0x7F_FFFF) | (exponent == 0 ? 0 : 0x80_0000);
        var whole = significand << (Math.Max(exponent, 1) - 1);
        return bits < 0 ? -whole : whole;
    }
}
