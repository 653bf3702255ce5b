namespace Engine.Numerics;

/// <content>Natural logarithms.</content>
public static partial class PortableMath
{
    private const double SquareRootOfHalf = 0.70710678118654752440;
    internal const double SquareRootOfTwo = 1.41421356237309504880;
    private const double TwoTo54 = 1UL << 54;
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>Computes the natural logarithm.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>ln x; minus infinity at 0, NaN below.</returns>
    /// <remarks>
    /// <para><b>Computes</b> x = 2^k (1 + f) with 1 + f between the square roots of 1/2 and 2, and ln x = k ln 2 + ln(1 + f).</para>
    /// <para><b>Error</b>: at most 1 unit in the last place; against 28-digit arithmetic in the tests.</para>
    /// </remarks>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        var (mantissa, exponent) = Split(x);
        return LogOfSplit(mantissa - 1, exponent, 0);
    }

    /// <summary>Computes ln(1 + x), accurate also where 1 + x rounds to 1.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>ln(1 + x); minus infinity at -1, NaN below.</returns>
    /// <remarks><b>Error</b>: at most 1 unit in the last place; against 28-digit arithmetic in the tests.</remarks>
    public static double Log1p(double x)
    {
        if (!(x > -1) || double.IsPositiveInfinity(x))
            return x == -1 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        // Between the square roots x itself is f, and nothing is lost by adding 1.
        if (x is > SquareRootOfHalf - 1 and < SquareRootOfTwo - 1)
            return LogOfSplit(x, 0, 0);

        var sum = 1 + x;
        // What the sum lost in rounding comes back to first order; the larger term is subtracted first, so the loss is exact.
        var lost = x >= 1 ? 1 - (sum - x) : x - (sum - 1);
        var (mantissa, exponent) = Split(sum);
        return LogOfSplit(mantissa - 1, exponent, lost / sum);
    }

    /// <summary>Splits a positive finite number into a mantissa between the square roots of 1/2 and 2 and a power of two.</summary>
    private static (double Mantissa, int Exponent) Split(double x)
    {
        var exponent = 0;
        if (x < SmallestNormal)
        {
            x *= TwoTo54;
            exponent = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> MantissaBits) - ExponentBias;
        var mantissa = BitConverter.Int64BitsToDouble((bits & ((1L << MantissaBits) - 1)) | ((long)ExponentBias << MantissaBits));
        return mantissa > SquareRootOfTwo ? (mantissa * 0.5, exponent + 1) : (mantissa, exponent);
    }

    /// <summary>Computes exponent x ln 2 + ln(1 + f) + correction.</summary>
    /// <remarks>
    /// With s = f / (2 + f): ln(1 + f) = 2 artanh(s) = 2s + s R(s^2). As 2s = f - s f and s f = f^2/2 - s f^2/2, this equals
    /// f - (f^2/2 - s (f^2/2 + R)), in which the large term f is exact and only small ones carry rounding errors.
    /// </remarks>
    private static double LogOfSplit(double f, int exponent, double correction)
    {
        var s = f / (2 + f);
        var halfSquare = 0.5 * f * f;
        var small = (s * (halfSquare + ArtanhSeries(s * s))) + ((exponent * LogTwoLow) + correction);
        return (exponent * LogTwoHigh) - (halfSquare - small - f);
    }

    /// <summary>Computes R(z) = 2z/3 + 2z^2/5 + ...; z is at most 0.0295, so the first term left out is below 2^-61.</summary>
    private static double ArtanhSeries(double z)
    {
        var sum = 2.0 / 23;
        sum = (sum * z) + (2.0 / 21);
        sum = (sum * z) + (2.0 / 19);
        sum = (sum * z) + (2.0 / 17);
        sum = (sum * z) + (2.0 / 15);
        sum = (sum * z) + (2.0 / 13);
        sum = (sum * z) + (2.0 / 11);
        sum = (sum * z) + (2.0 / 9);
        sum = (sum * z) + (2.0 / 7);
        sum = (sum * z) + (2.0 / 5);
        sum = (sum * z) + (2.0 / 3);
        return sum * z;
    }
}
