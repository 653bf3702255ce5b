namespace Engine.Numerics;

/// <content>The exponential.</content>
public static partial class PortableMath
{
    internal const double OneOverLogTwo = 1.44269504088896338700;
    private const double ExpOverflow = 709.782712893384;
    private const double ExpUnderflow = -745.1332191019412;

    /// <summary>Computes e^x.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>e^x; infinity above 709.78, 0 below -745.13.</returns>
    /// <remarks>
    /// <para><b>Computes</b> e^x = 2^k e^r with k the whole number nearest to x / ln 2, so that r is at most ln 2 / 2 and its power series is short.</para>
    /// <para><b>Error</b>: at most 1 unit in the last place; against 28-digit arithmetic in the tests.</para>
    /// </remarks>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > ExpOverflow)
            return double.PositiveInfinity;
        if (x < ExpUnderflow)
            return 0;

        var exponent = (int)Math.Floor((x * OneOverLogTwo) + 0.5);
        // r = high - low. The rounding error of that difference would reach the last place, so low joins the small terms instead.
        var high = x - (exponent * LogTwoHigh);
        var low = exponent * LogTwoLow;
        var r = high - low;
        var mantissa = 1 + (high + ((r * r * ExpSeries(r)) - low));
        return Scale(mantissa, exponent);
    }

    /// <summary>Computes (e^r - 1 - r) / r^2 by its power series; the first term left out is below 2^-58 of e^r.</summary>
    private static double ExpSeries(double r)
    {
        var sum = 1.0 / 6227020800;
        sum = (sum * r) + (1.0 / 479001600);
        sum = (sum * r) + (1.0 / 39916800);
        sum = (sum * r) + (1.0 / 3628800);
        sum = (sum * r) + (1.0 / 362880);
        sum = (sum * r) + (1.0 / 40320);
        sum = (sum * r) + (1.0 / 5040);
        sum = (sum * r) + (1.0 / 720);
        sum = (sum * r) + (1.0 / 120);
        sum = (sum * r) + (1.0 / 24);
        sum = (sum * r) + (1.0 / 6);
        return (sum * r) + 0.5;
    }

    /// <summary>Multiplies by a power of two, in two steps where one factor would leave the range of normal numbers.</summary>
    private static double Scale(double mantissa, int exponent)
    {
        if (exponent is >= -1021 and <= 1023)
            return mantissa * PowerOfTwo(exponent);
        var half = exponent / 2;
        return mantissa * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }
}
