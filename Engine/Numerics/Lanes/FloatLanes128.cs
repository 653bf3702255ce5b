using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics.Lanes;

/// <summary>Sixteen lanes in four 128-bit registers: lanes 0 to 3, 4 to 7, 8 to 11 and 12 to 15.</summary>
internal readonly struct FloatLanes128(Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth) : IFloatLanes<FloatLanes128>
{
    private readonly Vector128<float> _first = first;
    private readonly Vector128<float> _second = second;
    private readonly Vector128<float> _third = third;
    private readonly Vector128<float> _fourth = fourth;

    public static FloatLanes128 Zero => Broadcast(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes128 Broadcast(float value)
    {
        var all = Vector128.Create(value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes128 Load(ref readonly float source) => new(
        Vector128.LoadUnsafe(in source), Vector128.LoadUnsafe(in source, 4), Vector128.LoadUnsafe(in source, 8), Vector128.LoadUnsafe(in source, 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FloatLanes128 lanes, ref float destination)
    {
        lanes._first.StoreUnsafe(ref destination);
        lanes._second.StoreUnsafe(ref destination, 4);
        lanes._third.StoreUnsafe(ref destination, 8);
        lanes._fourth.StoreUnsafe(ref destination, 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes128 Add(FloatLanes128 left, FloatLanes128 right) =>
        new(left._first + right._first, left._second + right._second, left._third + right._third, left._fourth + right._fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes128 Subtract(FloatLanes128 left, FloatLanes128 right) =>
        new(left._first - right._first, left._second - right._second, left._third - right._third, left._fourth - right._fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes128 Multiply(FloatLanes128 left, FloatLanes128 right) =>
        new(left._first * right._first, left._second * right._second, left._third * right._third, left._fourth * right._fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes128 Abs(FloatLanes128 value) =>
        new(Vector128.Abs(value._first), Vector128.Abs(value._second), Vector128.Abs(value._third), Vector128.Abs(value._fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(FloatLanes128 lanes) => SumOfFour((lanes._first + lanes._third) + (lanes._second + lanes._fourth));

    /// <summary>The last two folds of the tree, 4 -> 2 -> 1, shared by every width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float SumOfFour(Vector128<float> four)
    {
        var two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two[0] + two[1];
    }
}
