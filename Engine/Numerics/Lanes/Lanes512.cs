using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Numerics.Lanes;

/// <summary>All lanes in one 512-bit register.</summary>
internal readonly struct Lanes512<T>(Vector512<T> all) : ILanes<Lanes512<T>, T>
    where T : unmanaged, INumber<T>
{
    private readonly Vector512<T> _all = all;

    public static Lanes512<T> Zero => Broadcast(T.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(T value)
    {
        var all = Vector512.Create(value);
        return new(all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref readonly T source) => new(Vector512.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadSingles(ref readonly float source)
    {
        if (typeof(T) == typeof(float))
            return new(Vector512.LoadUnsafe(in source).As<float, T>());
        // One instruction that reads memory, where the portable functions take eight.
        if (Avx512F.IsSupported)
            return new(Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(in source)).As<double, T>());
        return Widen(Vector256.LoadUnsafe(in source));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadSingles(ref readonly float source, int count)
    {
        if (typeof(T) == typeof(float))
            return new((Vector512.LoadUnsafe(in source) & Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle()).As<float, T>());
        return Widen(Vector256.LoadUnsafe(in source) & Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> lanes, ref T destination)
    {
        lanes._all.StoreUnsafe(ref destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingles(Lanes512<T> lanes, ref float destination)
    {
        if (typeof(T) == typeof(float))
            Store(lanes, ref Unsafe.As<float, T>(ref destination));
        else if (Avx512F.IsSupported)
            Avx512F.ConvertToVector256Single(lanes._all.AsDouble()).StoreUnsafe(ref destination);
        else
            Vector256.Narrow(lanes._all.AsDouble().GetLower(), lanes._all.AsDouble().GetUpper()).StoreUnsafe(ref destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Add(Lanes512<T> left, Lanes512<T> right) => new(left._all + right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Subtract(Lanes512<T> left, Lanes512<T> right) => new(left._all - right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Multiply(Lanes512<T> left, Lanes512<T> right) => new(left._all * right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> left, Lanes512<T> right, Lanes512<T> sum) => new(Fused.MultiplyAdd(left._all, right._all, sum._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplySubtract(Lanes512<T> left, Lanes512<T> right, Lanes512<T> rest) => new(Fused.MultiplyAdd(left._all, right._all, -rest._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Divide(Lanes512<T> left, Lanes512<T> right) => new(left._all / right._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> value) => new(Vector512.Sqrt(value._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> left, Lanes512<T> right) => new(Vector512.MaxNative(left._all, right._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> value) => new(Whole.Floor(value._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> PowerOfTwo(Lanes512<T> exponent) => new(Whole.PowerOfTwo(exponent._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> value, Lanes512<T> ifNotNegative, Lanes512<T> ifNegative) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(value._all, Vector512<T>.Zero), ifNotNegative._all, ifNegative._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreAtMost(Lanes512<T> value, T limit) => Vector512.LessThanOrEqualAll(value._all, Vector512.Create(limit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> value) => new(Vector512.Abs(value._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes512<T> lanes)
    {
        var half = lanes._all.GetLower() + lanes._all.GetUpper();
        return Lanes128<T>.SumOf(half.GetLower() + half.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes512<T> Widen(Vector256<float> values)
    {
        // One instruction, which reads memory too, where the portable functions take eight.
        if (Avx512F.IsSupported)
            return new(Avx512F.ConvertToVector512Double(values).As<double, T>());
        var (low, high) = Vector256.Widen(values);
        return new(Vector512.Create(low, high).As<double, T>());
    }
}
