using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics.Lanes;

/// <summary>Whole numbers in registers of float32 or float64, whichever type a kernel was written for.</summary>
internal static class Whole
{
    private const int DoubleMantissaBits = 52;
    private const int SingleMantissaBits = 23;

    // A number from 2^52 (2^23) on has no fraction: its bits hold the biased exponent where a shift makes a power of two of it.
    private const double DoubleShift = (1L << DoubleMantissaBits) + 1023;
    private const float SingleShift = (1 << SingleMantissaBits) + 127;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Floor<T>(Vector512<T> value) => typeof(T) == typeof(double)
        ? Vector512.Floor(value.AsDouble()).As<double, T>()
        : Vector512.Floor(value.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PowerOfTwo<T>(Vector512<T> exponent) => typeof(T) == typeof(double)
        ? ((exponent.AsDouble() + Vector512.Create(DoubleShift)).AsInt64() << DoubleMantissaBits).As<long, T>()
        : ((exponent.AsSingle() + Vector512.Create(SingleShift)).AsInt32() << SingleMantissaBits).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Floor<T>(Vector256<T> value) => typeof(T) == typeof(double)
        ? Vector256.Floor(value.AsDouble()).As<double, T>()
        : Vector256.Floor(value.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> PowerOfTwo<T>(Vector256<T> exponent) => typeof(T) == typeof(double)
        ? ((exponent.AsDouble() + Vector256.Create(DoubleShift)).AsInt64() << DoubleMantissaBits).As<long, T>()
        : ((exponent.AsSingle() + Vector256.Create(SingleShift)).AsInt32() << SingleMantissaBits).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Floor<T>(Vector128<T> value) => typeof(T) == typeof(double)
        ? Vector128.Floor(value.AsDouble()).As<double, T>()
        : Vector128.Floor(value.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> PowerOfTwo<T>(Vector128<T> exponent) => typeof(T) == typeof(double)
        ? ((exponent.AsDouble() + Vector128.Create(DoubleShift)).AsInt64() << DoubleMantissaBits).As<long, T>()
        : ((exponent.AsSingle() + Vector128.Create(SingleShift)).AsInt32() << SingleMantissaBits).As<int, T>();
}
