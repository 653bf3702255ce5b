using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics.Lanes;

/// <summary>Sixteen lanes in two 256-bit registers: lanes 0 to 7 and 8 to 15.</summary>
internal readonly struct FloatLanes256(Vector256<float> low, Vector256<float> high) : IFloatLanes<FloatLanes256>
{
    private readonly Vector256<float> _low = low;
    private readonly Vector256<float> _high = high;

    public static FloatLanes256 Zero => new(Vector256<float>.Zero, Vector256<float>.Zero);

    public static FloatLanes256 Broadcast(float value) => new(Vector256.Create(value), Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes256 Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source), Vector256.LoadUnsafe(in source, 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FloatLanes256 lanes, ref float destination)
    {
        lanes._low.StoreUnsafe(ref destination);
        lanes._high.StoreUnsafe(ref destination, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes256 Add(FloatLanes256 left, FloatLanes256 right) => new(left._low + right._low, left._high + right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes256 Subtract(FloatLanes256 left, FloatLanes256 right) => new(left._low - right._low, left._high - right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes256 Multiply(FloatLanes256 left, FloatLanes256 right) => new(left._low * right._low, left._high * right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatLanes256 Abs(FloatLanes256 value) => new(Vector256.Abs(value._low), Vector256.Abs(value._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(FloatLanes256 lanes)
    {
        var eight = lanes._low + lanes._high;
        return FloatLanes128.SumOfFour(eight.GetLower() + eight.GetUpper());
    }
}
