namespace Engine.Numerics;

/// <summary>Elementary functions with the same bits on every machine, which System.Math does not promise: it asks the C library.</summary>
/// <remarks>
/// <para><b>Computes</b> with double + - * /, square root and bit patterns only; each of these is rounded correctly by IEEE 754, and the runtime never fuses
/// a product with a sum unless told to.</para>
/// <para><b>NaN</b> in gives NaN out.</para>
/// <para><b>Cost</b>: two to three times that of System.Math; nothing is allocated.</para>
/// </remarks>
public static partial class PortableMath
{
    // ln 2 in two parts: the first has 21 trailing zero bits, so that its product with an exponent is exact.
    internal const double LogTwoHigh = 6.93147180369123816490e-01;
    internal const double LogTwoLow = 1.90821492927058770002e-10;

    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    /// <summary>Computes 1 / (1 + e^-x).</summary>
    /// <param name="x">Any number; the log odds.</param>
    /// <returns>A probability, 0 to 1.</returns>
    /// <remarks><b>Error</b>: at most 2 units in the last place, also for probabilities near 0; against 28-digit arithmetic in the tests.</remarks>
    public static double Logistic(double x)
    {
        // The exponential of a negative number never overflows, and its probability keeps all its digits.
        var odds = Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + odds) : odds / (1 + odds);
    }

    /// <summary>Returns 2^exponent.</summary>
    /// <param name="exponent">-1022 to 1023.</param>
    internal static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + ExponentBias) << MantissaBits);
}
