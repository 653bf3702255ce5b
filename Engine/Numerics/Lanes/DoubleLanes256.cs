using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics.Lanes;

/// <summary>Eight lanes in two 256-bit registers: lanes 0 to 3 and 4 to 7.</summary>
internal readonly struct DoubleLanes256(Vector256<double> low, Vector256<double> high) : IDoubleLanes<DoubleLanes256>
{
    private readonly Vector256<double> _low = low;
    private readonly Vector256<double> _high = high;

    public static DoubleLanes256 Zero => Broadcast(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 Broadcast(double value)
    {
        var all = Vector256.Create(value);
        return new(all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 Load(ref readonly double source) => new(Vector256.LoadUnsafe(in source), Vector256.LoadUnsafe(in source, 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes256 lanes, ref double destination)
    {
        lanes._low.StoreUnsafe(ref destination);
        lanes._high.StoreUnsafe(ref destination, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 Add(DoubleLanes256 left, DoubleLanes256 right) => new(left._low + right._low, left._high + right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes256 Multiply(DoubleLanes256 left, DoubleLanes256 right) => new(left._low * right._low, left._high * right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(DoubleLanes256 lanes)
    {
        var four = lanes._low + lanes._high;
        return DoubleLanes128.SumOfTwo(four.GetLower() + four.GetUpper());
    }
}
