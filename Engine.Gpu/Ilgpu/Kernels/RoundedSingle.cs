using Engine.Numerics.Lanes;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>One float32 of a thread, for the formulas that the processor computes in lanes, with their bits.</summary>
internal readonly struct RoundedSingle(float value) : IArithmetic<RoundedSingle, float>
{
    private const int MantissaBits = 23;
    private const int ExponentBias = 127;

    public static RoundedSingle Zero => new(0);

    public float Value { get; } = value;

    public static RoundedSingle Broadcast(float value) => new(value);

    public static RoundedSingle Add(RoundedSingle left, RoundedSingle right) => new(Rounded.Add(left.Value, right.Value));

    public static RoundedSingle Subtract(RoundedSingle left, RoundedSingle right) => new(Rounded.Subtract(left.Value, right.Value));

    public static RoundedSingle Multiply(RoundedSingle left, RoundedSingle right) => new(Rounded.Multiply(left.Value, right.Value));

    public static RoundedSingle MultiplyAdd(RoundedSingle left, RoundedSingle right, RoundedSingle sum) => new(Rounded.MultiplyAdd(left.Value, right.Value, sum.Value));

    public static RoundedSingle Divide(RoundedSingle left, RoundedSingle right) => new(left.Value / right.Value);

    public static RoundedSingle Max(RoundedSingle left, RoundedSingle right) => left.Value > right.Value ? left : right;

    public static RoundedSingle Floor(RoundedSingle value) => new(MathF.Floor(value.Value));

    public static RoundedSingle PowerOfTwo(RoundedSingle exponent) => new(BitConverter.Int32BitsToSingle(((int)exponent.Value + ExponentBias) << MantissaBits));

    public static RoundedSingle Select(RoundedSingle value, RoundedSingle ifNotNegative, RoundedSingle ifNegative) => value.Value >= 0 ? ifNotNegative : ifNegative;

    public static RoundedSingle Abs(RoundedSingle value) => new(Math.Abs(value.Value));
}
