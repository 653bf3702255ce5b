using System.Runtime.CompilerServices;

namespace Engine.Numerics.Lanes;

/// <summary>What units of a network apply to their sums, a register of lanes at once; the same bits in every lane, at every width.</summary>
/// <remarks>
/// <para><b>Computes</b> e^y for y up to 0 as 2^k e^r with k the whole number nearest to y / ln 2, and e^r - 1 by its power series, in pairs: to r^7 in float32, to r^13 in float64.
/// The logistic function and the hyperbolic tangent are quotients of it.</para>
/// <para><b>NaN</b> in gives NaN out.</para>
/// <para><b>Error</b>: relative, at most 2e-7 in float32 and 1e-15 in float64, against <see cref="PortableMath"/> in the tests; below e^-87 (e^-700) the logistic function stays where it is.</para>
/// </remarks>
internal static class LanesActivation<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Computes 1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Sigmoid(TLanes x)
    {
        var (series, power) = ExpParts(TLanes.Subtract(TLanes.Zero, TLanes.Abs(x)));
        var odds = TLanes.MultiplyAdd(series, power, power);
        var one = Constant(1);
        return TLanes.Divide(TLanes.Select(x, one, odds), TLanes.Add(one, odds));
    }

    /// <summary>Computes the hyperbolic tangent from e^-2|x| - 1, which keeps all digits of small x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Tanh(TLanes x)
    {
        var (series, power) = ExpParts(TLanes.Multiply(TLanes.Abs(x), Constant(-2)));
        var lessOne = TLanes.MultiplyAdd(series, power, TLanes.Subtract(power, Constant(1)));
        var tanh = TLanes.Divide(lessOne, TLanes.Add(lessOne, Constant(2)));
        return TLanes.Select(x, TLanes.Subtract(TLanes.Zero, tanh), tanh);
    }

    /// <summary>Computes 0.2 x + 0.5, no less than 0 and no more than 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes HardSigmoid(TLanes x)
    {
        // The smaller of two numbers is the negative of the larger of their negatives.
        var negative = TLanes.MultiplyAdd(x, Constant(-0.2), Constant(-0.5));
        return TLanes.Max(TLanes.Zero, TLanes.Subtract(TLanes.Zero, TLanes.Max(Constant(-1), negative)));
    }

    /// <summary>Computes the slope of <see cref="Sigmoid"/> where it is <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SigmoidSlope(TLanes y) => TLanes.Multiply(y, TLanes.Subtract(Constant(1), y));

    /// <summary>Computes the slope of <see cref="Tanh"/> where it is <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes TanhSlope(TLanes y) => TLanes.MultiplyAdd(TLanes.Subtract(TLanes.Zero, y), y, Constant(1));

    /// <summary>Computes the slope of <see cref="HardSigmoid"/> where it is <paramref name="y"/>: none at its ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes HardSigmoidSlope(TLanes y) =>
        TLanes.Select(TLanes.Multiply(y, TLanes.Subtract(y, Constant(1))), TLanes.Zero, Constant(0.2));

    /// <summary>Puts a number into every lane, rounded to their type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Constant(double value) => TLanes.Broadcast(typeof(T) == typeof(float) ? (T)(object)(float)value : (T)(object)value);

    /// <summary>Computes e^r - 1 and 2^k, of which e^y = (e^r - 1) 2^k + 2^k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes Series, TLanes Power) ExpParts(TLanes y)
    {
        // The bound comes first: where y is NaN, the larger of the two is the second.
        y = TLanes.Max(Constant(typeof(T) == typeof(float) ? -87 : -700), y);
        var exponent = TLanes.Floor(TLanes.MultiplyAdd(y, Constant(PortableMath.OneOverLogTwo), Constant(0.5)));
        TLanes r, series;
        if (typeof(T) == typeof(float))
        {
            // ln 2 in two float32 parts, the first of 9 bits.
            r = TLanes.MultiplyAdd(exponent, Constant(2.12194440054690583e-4), TLanes.MultiplyAdd(exponent, Constant(-0.693359375), y));
            var r2 = TLanes.Multiply(r, r);
            series = TLanes.MultiplyAdd(TLanes.MultiplyAdd(Pair(r, 1.0 / 720, 1.0 / 5040), r2, Pair(r, 1.0 / 24, 1.0 / 120)), r2, Pair(r, 1.0 / 2, 1.0 / 6));
            series = TLanes.MultiplyAdd(series, r2, r);
        }
        else
        {
            r = TLanes.MultiplyAdd(exponent, Constant(-PortableMath.LogTwoLow), TLanes.MultiplyAdd(exponent, Constant(-PortableMath.LogTwoHigh), y));
            var r2 = TLanes.Multiply(r, r);
            var r4 = TLanes.Multiply(r2, r2);
            var pairs0 = TLanes.MultiplyAdd(Pair(r, 1.0 / 24, 1.0 / 120), r2, Pair(r, 1.0 / 2, 1.0 / 6));
            var pairs4 = TLanes.MultiplyAdd(Pair(r, 1.0 / 40320, 1.0 / 362880), r2, Pair(r, 1.0 / 720, 1.0 / 5040));
            var pairs8 = TLanes.MultiplyAdd(Pair(r, 1.0 / 479001600, 1.0 / 6227020800), r2, Pair(r, 1.0 / 3628800, 1.0 / 39916800));
            series = TLanes.MultiplyAdd(TLanes.MultiplyAdd(pairs8, r4, pairs4), r4, pairs0);
            series = TLanes.MultiplyAdd(series, r2, r);
        }

        return (series, TLanes.PowerOfTwo(exponent));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Pair(TLanes r, double low, double high) => TLanes.MultiplyAdd(Constant(high), r, Constant(low));
}
