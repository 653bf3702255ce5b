using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics.Lanes;

/// <summary>Eight lanes in one 512-bit register.</summary>
internal readonly struct DoubleLanes512(Vector512<double> all) : IDoubleLanes<DoubleLanes512>
{
    private readonly Vector512<double> _all = all;

    public static DoubleLanes512 Zero => Broadcast(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Broadcast(double value)
    {
        var all = Vector512.Create(value);
        return new(all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Load(ref readonly double source) => new(Vector512.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes512 lanes, ref double destination)
    {
        lanes._all.StoreUnsafe(ref destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Add(DoubleLanes512 left, DoubleLanes512 right) => new(left._all + right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes512 Multiply(DoubleLanes512 left, DoubleLanes512 right) => new(left._all * right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(DoubleLanes512 lanes)
    {
        var four = lanes._all.GetLower() + lanes._all.GetUpper();
        return DoubleLanes128.SumOfTwo(four.GetLower() + four.GetUpper());
    }
}
