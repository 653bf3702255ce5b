using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics.Lanes;

/// <summary>Eight lanes in four 128-bit registers: lanes 0 and 1, 2 and 3, 4 and 5, 6 and 7.</summary>
internal readonly struct DoubleLanes128(Vector128<double> first, Vector128<double> second, Vector128<double> third, Vector128<double> fourth) : IDoubleLanes<DoubleLanes128>
{
    private readonly Vector128<double> _first = first;
    private readonly Vector128<double> _second = second;
    private readonly Vector128<double> _third = third;
    private readonly Vector128<double> _fourth = fourth;

    public static DoubleLanes128 Zero => Broadcast(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 Broadcast(double value)
    {
        var all = Vector128.Create(value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 Load(ref readonly double source) => new(Vector128.LoadUnsafe(in source), Vector128.LoadUnsafe(in source, 2), Vector128.LoadUnsafe(in source, 4), Vector128.LoadUnsafe(in source, 6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes128 lanes, ref double destination)
    {
        lanes._first.StoreUnsafe(ref destination);
        lanes._second.StoreUnsafe(ref destination, 2);
        lanes._third.StoreUnsafe(ref destination, 4);
        lanes._fourth.StoreUnsafe(ref destination, 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 Add(DoubleLanes128 left, DoubleLanes128 right) => new(left._first + right._first, left._second + right._second, left._third + right._third, left._fourth + right._fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes128 Multiply(DoubleLanes128 left, DoubleLanes128 right) => new(left._first * right._first, left._second * right._second, left._third * right._third, left._fourth * right._fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(DoubleLanes128 lanes)
    {
        return SumOfTwo((lanes._first + lanes._third) + (lanes._second + lanes._fourth));
    }

    /// <summary>The last fold of the tree, 2 -> 1, shared by every width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double SumOfTwo(Vector128<double> two) => two[0] + two[1];
}
