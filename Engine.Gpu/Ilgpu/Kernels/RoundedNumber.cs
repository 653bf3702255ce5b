using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>One number of a thread, for the formulas that the processor computes in lanes, with their bits.</summary>
internal readonly struct RoundedNumber(double value) : IArithmetic<RoundedNumber, double>
{
    public static RoundedNumber Zero => new(0);

    public double Value { get; } = value;

    public static RoundedNumber Broadcast(double value) => new(value);

    public static RoundedNumber Add(RoundedNumber left, RoundedNumber right) => new(Rounded.Add(left.Value, right.Value));

    public static RoundedNumber Subtract(RoundedNumber left, RoundedNumber right) => new(Rounded.Subtract(left.Value, right.Value));

    public static RoundedNumber Multiply(RoundedNumber left, RoundedNumber right) => new(Rounded.Multiply(left.Value, right.Value));

    public static RoundedNumber MultiplyAdd(RoundedNumber left, RoundedNumber right, RoundedNumber sum) => new(Rounded.MultiplyAdd(left.Value, right.Value, sum.Value));

    public static RoundedNumber Divide(RoundedNumber left, RoundedNumber right) => new(left.Value / right.Value);

    public static RoundedNumber Max(RoundedNumber left, RoundedNumber right) => left.Value > right.Value ? left : right;

    public static RoundedNumber Floor(RoundedNumber value) => new(Math.Floor(value.Value));

    public static RoundedNumber PowerOfTwo(RoundedNumber exponent) => new(PortableMath.PowerOfTwo((int)exponent.Value));

    public static RoundedNumber Select(RoundedNumber value, RoundedNumber ifNotNegative, RoundedNumber ifNegative) => value.Value >= 0 ? ifNotNegative : ifNegative;

    public static RoundedNumber Abs(RoundedNumber value) => new(Math.Abs(value.Value));
}
