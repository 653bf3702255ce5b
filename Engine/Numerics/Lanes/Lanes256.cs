using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Numerics.Lanes;

/// <summary>The lanes in two 256-bit registers, lower half first.</summary>
internal readonly struct Lanes256<T>(Vector256<T> low, Vector256<T> high) : ILanes<Lanes256<T>, T>
    where T : unmanaged, INumber<T>
{
    private readonly Vector256<T> _low = low;
    private readonly Vector256<T> _high = high;

    public static Lanes256<T> Zero => Broadcast(T.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T value)
    {
        var all = Vector256.Create(value);
        return new(all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref readonly T source) => new(Vector256.LoadUnsafe(in source), Vector256.LoadUnsafe(in source, (nuint)Vector256<T>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadSingles(ref readonly float source)
    {
        if (typeof(T) == typeof(float))
            return new(Vector256.LoadUnsafe(in source).As<float, T>(), Vector256.LoadUnsafe(in source, (nuint)Vector256<float>.Count).As<float, T>());
        return new(Widen(Vector128.LoadUnsafe(in source)), Widen(Vector128.LoadUnsafe(in source, (nuint)Vector128<float>.Count)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadSingles(ref readonly float source, int count)
    {
        if (typeof(T) == typeof(float))
        {
            var (first, second) = (Vector256.LoadUnsafe(in source), Vector256.LoadUnsafe(in source, (nuint)Vector256<float>.Count));
            return new((first & IsBelow(count)).As<float, T>(), (second & IsBelow(count - Vector256<float>.Count)).As<float, T>());
        }

        var (low, high) = (Vector128.LoadUnsafe(in source), Vector128.LoadUnsafe(in source, (nuint)Vector128<float>.Count));
        return new(Widen(low & IsBelow(count).GetLower()), Widen(high & IsBelow(count).GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> lanes, ref T destination)
    {
        lanes._low.StoreUnsafe(ref destination);
        lanes._high.StoreUnsafe(ref destination, (nuint)Vector256<T>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingles(Lanes256<T> lanes, ref float destination)
    {
        if (typeof(T) == typeof(float))
            Store(lanes, ref Unsafe.As<float, T>(ref destination));
        else
            Vector256.Narrow(lanes._low.AsDouble(), lanes._high.AsDouble()).StoreUnsafe(ref destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Add(Lanes256<T> left, Lanes256<T> right) => new(left._low + right._low, left._high + right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Subtract(Lanes256<T> left, Lanes256<T> right) => new(left._low - right._low, left._high - right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Multiply(Lanes256<T> left, Lanes256<T> right) => new(left._low * right._low, left._high * right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> left, Lanes256<T> right, Lanes256<T> sum) =>
        new(Fused.MultiplyAdd(left._low, right._low, sum._low), Fused.MultiplyAdd(left._high, right._high, sum._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplySubtract(Lanes256<T> left, Lanes256<T> right, Lanes256<T> rest) =>
        new(Fused.MultiplyAdd(left._low, right._low, -rest._low), Fused.MultiplyAdd(left._high, right._high, -rest._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Divide(Lanes256<T> left, Lanes256<T> right) => new(left._low / right._low, left._high / right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> value) => new(Vector256.Sqrt(value._low), Vector256.Sqrt(value._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> left, Lanes256<T> right) => new(Vector256.MaxNative(left._low, right._low), Vector256.MaxNative(left._high, right._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Floor(Lanes256<T> value) => new(Whole.Floor(value._low), Whole.Floor(value._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> PowerOfTwo(Lanes256<T> exponent) => new(Whole.PowerOfTwo(exponent._low), Whole.PowerOfTwo(exponent._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> value, Lanes256<T> ifNotNegative, Lanes256<T> ifNegative) => new(
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(value._low, Vector256<T>.Zero), ifNotNegative._low, ifNegative._low),
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(value._high, Vector256<T>.Zero), ifNotNegative._high, ifNegative._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreAtMost(Lanes256<T> value, T limit) =>
        Vector256.LessThanOrEqualAll(value._low, Vector256.Create(limit)) && Vector256.LessThanOrEqualAll(value._high, Vector256.Create(limit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> value) => new(Vector256.Abs(value._low), Vector256.Abs(value._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> lanes)
    {
        var half = lanes._low + lanes._high;
        return Lanes128<T>.SumOf(half.GetLower() + half.GetUpper());
    }

    /// <summary>All bits of the first lanes, none of the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> IsBelow(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();

    // One instruction that reads memory, where the portable function takes three.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Widen(Vector128<float> values)
    {
        if (Avx.IsSupported)
            return Avx.ConvertToVector256Double(values).As<double, T>();
        var (low, high) = Vector128.Widen(values);
        return Vector256.Create(low, high).As<double, T>();
    }
}
