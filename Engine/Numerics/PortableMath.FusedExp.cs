namespace Engine.Numerics;

/// <content>The exponential of x up to 0 as <see cref="Lanes.LanesMath{TLanes}"/> computes it: multiply and add rounded together, terms summed in pairs instead of one after the other.</content>
public static partial class PortableMath
{
    /// <summary>The lowest x of the form in lanes: below, e^x leaves the normal numbers.</summary>
    internal const double LowestOfFusedExp = -700;

    /// <summary>Computes e^x.</summary>
    /// <param name="x">0 or less, or NaN.</param>
    /// <returns>e^x to 1 unit in the last place, not always the bits of <see cref="Exp"/>.</returns>
    internal static double FusedExp(double x)
    {
        // Rare, and without a form in lanes: the bits come from one place all the same.
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

    private static double Pair(double r, double low, double high) => Math.FusedMultiplyAdd(high, r, low);
}
