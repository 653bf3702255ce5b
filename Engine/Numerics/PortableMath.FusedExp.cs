using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics;

/// <content>The exponential of x up to 0 in half the time: multiply and add rounded together, terms summed in pairs instead of one after the other.</content>
public static partial class PortableMath
{
    /// <summary>The lowest x of the vector form: below, e^x leaves the normal numbers.</summary>
    internal const double LowestOfFusedExp = -700;

    /// <summary>Computes e^x.</summary>
    /// <param name="x">0 or less, or NaN.</param>
    /// <returns>e^x to 1 unit in the last place, not always the bits of <see cref="Exp"/>.</returns>
    internal static double FusedExp(double x)
    {
        // Rare, and without a vector form: the bits come from one place all the same.
        if (!(x >= LowestOfFusedExp))
            return Exp(x);
        var exponent = Math.Floor(Math.FusedMultiplyAdd(x, OneOverLogTwo, 0.5));
        var r = Math.FusedMultiplyAdd(exponent, -LogTwoLow, Math.FusedMultiplyAdd(exponent, -LogTwoHigh, x));
        var r2 = r * r;
        var r4 = r2 * r2;
        var pairs0 = Math.FusedMultiplyAdd(Pair(r, 1.0 / 24, 1.0 / 120), r2, Pair(r, 1.0 / 2, 1.0 / 6));
        var pairs4 = Math.FusedMultiplyAdd(Pair(r, 1.0 / 40320, 1.0 / 362880), r2, Pair(r, 1.0 / 720, 1.0 / 5040));
        var pairs8 = Math.FusedMultiplyAdd(Pair(r, 1.0 / 479001600, 1.0 / 6227020800), r2, Pair(r, 1.0 / 3628800, 1.0 / 39916800));
        var series = Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(pairs8, r4, pairs4), r4, pairs0);
        return (1 + Math.FusedMultiplyAdd(series, r2, r)) * PowerOfTwo((int)exponent);
    }

    /// <summary>Computes e^x, each lane with the bits of the scalar form.</summary>
    /// <param name="x">From <see cref="LowestOfFusedExp"/> to 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> FusedExp(Vector256<double> x)
    {
        // A number from 2^52 on has no fraction: its bits hold the biased exponent where a shift makes a power of two of it.
        const double Magic = (1L << MantissaBits) + ExponentBias;
        var exponent = Vector256.Floor(Vector256.FusedMultiplyAdd(x, Vector256.Create(OneOverLogTwo), Vector256.Create(0.5)));
        var r = Vector256.FusedMultiplyAdd(exponent, Vector256.Create(-LogTwoLow), Vector256.FusedMultiplyAdd(exponent, Vector256.Create(-LogTwoHigh), x));
        var r2 = r * r;
        var r4 = r2 * r2;
        var pairs0 = Vector256.FusedMultiplyAdd(Pair(r, 1.0 / 24, 1.0 / 120), r2, Pair(r, 1.0 / 2, 1.0 / 6));
        var pairs4 = Vector256.FusedMultiplyAdd(Pair(r, 1.0 / 40320, 1.0 / 362880), r2, Pair(r, 1.0 / 720, 1.0 / 5040));
        var pairs8 = Vector256.FusedMultiplyAdd(Pair(r, 1.0 / 479001600, 1.0 / 6227020800), r2, Pair(r, 1.0 / 3628800, 1.0 / 39916800));
        var series = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(pairs8, r4, pairs4), r4, pairs0);
        var power = ((exponent + Vector256.Create(Magic)).AsInt64() << MantissaBits).AsDouble();
        return (Vector256<double>.One + Vector256.FusedMultiplyAdd(series, r2, r)) * power;
    }

    private static double Pair(double r, double low, double high) => Math.FusedMultiplyAdd(high, r, low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pair(Vector256<double> r, double low, double high) => Vector256.FusedMultiplyAdd(Vector256.Create(high), r, Vector256.Create(low));
}
