using System.Runtime.CompilerServices;

namespace Engine.Numerics.Lanes;

/// <summary>The exponential and the logarithm that a logistic model needs, as many at once as there are lanes: in each the bits of the scalar function.</summary>
internal static class LanesMath<TLanes>
    where TLanes : struct, IArithmetic<TLanes, double>
{
    /// <summary>Computes e^x as <see cref="PortableMath.FusedExp"/> does.</summary>
    /// <param name="x">From <see cref="PortableMath.LowestOfFusedExp"/> to 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp(TLanes x)
    {
        var exponent = TLanes.Floor(TLanes.MultiplyAdd(x, TLanes.Broadcast(PortableMath.OneOverLogTwo), TLanes.Broadcast(0.5)));
        var r = TLanes.MultiplyAdd(exponent, TLanes.Broadcast(-PortableMath.LogTwoLow), TLanes.MultiplyAdd(exponent, TLanes.Broadcast(-PortableMath.LogTwoHigh), x));
        var r2 = TLanes.Multiply(r, r);
        var r4 = TLanes.Multiply(r2, r2);
        var pairs0 = TLanes.MultiplyAdd(Pair(r, 1.0 / 24, 1.0 / 120), r2, Pair(r, 1.0 / 2, 1.0 / 6));
        var pairs4 = TLanes.MultiplyAdd(Pair(r, 1.0 / 40320, 1.0 / 362880), r2, Pair(r, 1.0 / 720, 1.0 / 5040));
        var pairs8 = TLanes.MultiplyAdd(Pair(r, 1.0 / 479001600, 1.0 / 6227020800), r2, Pair(r, 1.0 / 3628800, 1.0 / 39916800));
        var series = TLanes.MultiplyAdd(TLanes.MultiplyAdd(pairs8, r4, pairs4), r4, pairs0);
        return TLanes.Multiply(TLanes.Add(TLanes.Broadcast(1), TLanes.MultiplyAdd(series, r2, r)), TLanes.PowerOfTwo(exponent));
    }

    /// <summary>Computes ln(1 + x) as <see cref="PortableMath.Log1p"/> does.</summary>
    /// <param name="x">Above 0, up to 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Log1p(TLanes x)
    {
        var (zero, one) = (TLanes.Zero, TLanes.Broadcast(1));
        var isNotSmall = TLanes.Subtract(x, TLanes.Broadcast(PortableMath.SquareRootOfTwo - 1));
        var sum = TLanes.Add(one, x);
        var isWhole = TLanes.Subtract(TLanes.Broadcast(PortableMath.SquareRootOfTwo), sum);
        var f = TLanes.Select(isNotSmall, TLanes.Subtract(TLanes.Select(isWhole, sum, TLanes.Multiply(sum, TLanes.Broadcast(0.5))), one), x);
        var exponent = TLanes.Select(isNotSmall, TLanes.Select(isWhole, zero, one), zero);
        var correction = TLanes.Select(isNotSmall, TLanes.Divide(TLanes.Subtract(x, TLanes.Subtract(sum, one)), sum), zero);

        var s = TLanes.Divide(f, TLanes.Add(TLanes.Broadcast(2), f));
        var halfSquare = TLanes.Multiply(TLanes.Multiply(TLanes.Broadcast(0.5), f), f);
        var small = TLanes.Add(
            TLanes.Multiply(s, TLanes.Add(halfSquare, ArtanhSeries(TLanes.Multiply(s, s)))),
            TLanes.Add(TLanes.Multiply(exponent, TLanes.Broadcast(PortableMath.LogTwoLow)), correction));
        return TLanes.Subtract(TLanes.Multiply(exponent, TLanes.Broadcast(PortableMath.LogTwoHigh)), TLanes.Subtract(TLanes.Subtract(halfSquare, small), f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Pair(TLanes r, double low, double high) => TLanes.MultiplyAdd(TLanes.Broadcast(high), r, TLanes.Broadcast(low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ArtanhSeries(TLanes z)
    {
        var sum = TLanes.Broadcast(2.0 / 23);
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 21));
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 19));
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 17));
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 15));
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 13));
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 11));
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 9));
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 7));
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 5));
        sum = TLanes.Add(TLanes.Multiply(sum, z), TLanes.Broadcast(2.0 / 3));
        return TLanes.Multiply(sum, z);
    }
}
