using System.Runtime.Intrinsics;

namespace Engine.Numerics.Lanes;

/// <summary>Sixteen lanes in one 512-bit register.</summary>
internal readonly struct FloatLanes512(Vector512<float> all) : IFloatLanes<FloatLanes512>
{
    private readonly Vector512<float> _all = all;

    public static FloatLanes512 Zero => new(Vector512<float>.Zero);

    public static FloatLanes512 Broadcast(float value) => new(Vector512.Create(value));

    public static FloatLanes512 Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source));

    public static void Store(FloatLanes512 lanes, ref float destination) => lanes._all.StoreUnsafe(ref destination);

    public static FloatLanes512 Add(FloatLanes512 left, FloatLanes512 right) => new(left._all + right._all);

    public static FloatLanes512 Subtract(FloatLanes512 left, FloatLanes512 right) => new(left._all - right._all);

    public static FloatLanes512 Multiply(FloatLanes512 left, FloatLanes512 right) => new(left._all * right._all);

    public static FloatLanes512 Abs(FloatLanes512 value) => new(Vector512.Abs(value._all));

    public static float Sum(FloatLanes512 lanes)
    {
        var eight = lanes._all.GetLower() + lanes._all.GetUpper();
        return FloatLanes128.SumOfFour(eight.GetLower() + eight.GetUpper());
    }
}
