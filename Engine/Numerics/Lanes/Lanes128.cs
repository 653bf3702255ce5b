using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics.Lanes;

/// <summary>The lanes in four 128-bit registers, a quarter each, in order.</summary>
internal readonly struct Lanes128<T>(Vector128<T> first, Vector128<T> second, Vector128<T> third, Vector128<T> fourth) : ILanes<Lanes128<T>, T>
    where T : unmanaged, INumber<T>
{
    private readonly Vector128<T> _first = first;
    private readonly Vector128<T> _second = second;
    private readonly Vector128<T> _third = third;
    private readonly Vector128<T> _fourth = fourth;

    public static Lanes128<T> Zero => Broadcast(T.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(T value)
    {
        var all = Vector128.Create(value);
        return new(all, all, all, all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref readonly T source) => new(Vector128.LoadUnsafe(in source), Vector128.LoadUnsafe(in source, (nuint)Vector128<T>.Count), Vector128.LoadUnsafe(in source, 2 * (nuint)Vector128<T>.Count), Vector128.LoadUnsafe(in source, 3 * (nuint)Vector128<T>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadSingles(ref readonly float source)
    {
        var (values0, values1) = (Vector128.LoadUnsafe(in source), Vector128.LoadUnsafe(in source, (nuint)Vector128<float>.Count));
        if (typeof(T) == typeof(float))
        {
            var (values2, values3) = (Vector128.LoadUnsafe(in source, 2 * (nuint)Vector128<float>.Count), Vector128.LoadUnsafe(in source, 3 * (nuint)Vector128<float>.Count));
            return new(values0.As<float, T>(), values1.As<float, T>(), values2.As<float, T>(), values3.As<float, T>());
        }

        return Widen(values0, values1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadSingles(ref readonly float source, int count)
    {
        var (values0, values1) = (LoadBelow(in source, 0, count), LoadBelow(in source, 1, count));
        if (typeof(T) == typeof(float))
            return new(values0.As<float, T>(), values1.As<float, T>(), LoadBelow(in source, 2, count).As<float, T>(), LoadBelow(in source, 3, count).As<float, T>());
        return Widen(values0, values1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> lanes, ref T destination)
    {
        lanes._first.StoreUnsafe(ref destination);
        lanes._second.StoreUnsafe(ref destination, (nuint)Vector128<T>.Count);
        lanes._third.StoreUnsafe(ref destination, 2 * (nuint)Vector128<T>.Count);
        lanes._fourth.StoreUnsafe(ref destination, 3 * (nuint)Vector128<T>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingles(Lanes128<T> lanes, ref float destination)
    {
        if (typeof(T) == typeof(float))
        {
            Store(lanes, ref Unsafe.As<float, T>(ref destination));
            return;
        }

        Vector128.Narrow(lanes._first.AsDouble(), lanes._second.AsDouble()).StoreUnsafe(ref destination);
        Vector128.Narrow(lanes._third.AsDouble(), lanes._fourth.AsDouble()).StoreUnsafe(ref destination, (nuint)Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Add(Lanes128<T> left, Lanes128<T> right) => new(left._first + right._first, left._second + right._second, left._third + right._third, left._fourth + right._fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Subtract(Lanes128<T> left, Lanes128<T> right) => new(left._first - right._first, left._second - right._second, left._third - right._third, left._fourth - right._fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Multiply(Lanes128<T> left, Lanes128<T> right) => new(left._first * right._first, left._second * right._second, left._third * right._third, left._fourth * right._fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> left, Lanes128<T> right, Lanes128<T> sum) => new(
        Fused.MultiplyAdd(left._first, right._first, sum._first),
        Fused.MultiplyAdd(left._second, right._second, sum._second),
        Fused.MultiplyAdd(left._third, right._third, sum._third),
        Fused.MultiplyAdd(left._fourth, right._fourth, sum._fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplySubtract(Lanes128<T> left, Lanes128<T> right, Lanes128<T> rest) => new(
        Fused.MultiplyAdd(left._first, right._first, -rest._first),
        Fused.MultiplyAdd(left._second, right._second, -rest._second),
        Fused.MultiplyAdd(left._third, right._third, -rest._third),
        Fused.MultiplyAdd(left._fourth, right._fourth, -rest._fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Divide(Lanes128<T> left, Lanes128<T> right) => new(left._first / right._first, left._second / right._second, left._third / right._third, left._fourth / right._fourth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> value) => new(Vector128.Sqrt(value._first), Vector128.Sqrt(value._second), Vector128.Sqrt(value._third), Vector128.Sqrt(value._fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> left, Lanes128<T> right) => new(
        Vector128.MaxNative(left._first, right._first),
        Vector128.MaxNative(left._second, right._second),
        Vector128.MaxNative(left._third, right._third),
        Vector128.MaxNative(left._fourth, right._fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Floor(Lanes128<T> value) => new(Whole.Floor(value._first), Whole.Floor(value._second), Whole.Floor(value._third), Whole.Floor(value._fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> PowerOfTwo(Lanes128<T> exponent) => new(
        Whole.PowerOfTwo(exponent._first),
        Whole.PowerOfTwo(exponent._second),
        Whole.PowerOfTwo(exponent._third),
        Whole.PowerOfTwo(exponent._fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> value, Lanes128<T> ifNotNegative, Lanes128<T> ifNegative) => new(
        Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(value._first, Vector128<T>.Zero), ifNotNegative._first, ifNegative._first),
        Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(value._second, Vector128<T>.Zero), ifNotNegative._second, ifNegative._second),
        Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(value._third, Vector128<T>.Zero), ifNotNegative._third, ifNegative._third),
        Vector128.ConditionalSelect(Vector128.GreaterThanOrEqual(value._fourth, Vector128<T>.Zero), ifNotNegative._fourth, ifNegative._fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreAtMost(Lanes128<T> value, T limit) =>
        Vector128.LessThanOrEqualAll(value._first, Vector128.Create(limit))
        && Vector128.LessThanOrEqualAll(value._second, Vector128.Create(limit))
        && Vector128.LessThanOrEqualAll(value._third, Vector128.Create(limit))
        && Vector128.LessThanOrEqualAll(value._fourth, Vector128.Create(limit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> value) => new(Vector128.Abs(value._first), Vector128.Abs(value._second), Vector128.Abs(value._third), Vector128.Abs(value._fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> lanes) => SumOf((lanes._first + lanes._third) + (lanes._second + lanes._fourth));

    /// <summary>The last folds of the tree, shared by every width: 4 -> 2 -> 1 for float32, 2 -> 1 for float64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T SumOf(Vector128<T> last)
    {
        if (typeof(T) == typeof(float))
            last += Vector128.Shuffle(last.AsInt32(), Vector128.Create(2, 3, 0, 1)).As<int, T>();
        return last[0] + last[1];
    }

    /// <summary>Loads a register, and clears what does not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LoadBelow(ref readonly float source, int register, int count)
    {
        var first = register * Vector128<float>.Count;
        return Vector128.LoadUnsafe(in source, (nuint)first) & Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count - first)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes128<T> Widen(Vector128<float> values0, Vector128<float> values1)
    {
        var ((low0, high0), (low1, high1)) = (Vector128.Widen(values0), Vector128.Widen(values1));
        return new(low0.As<double, T>(), high0.As<double, T>(), low1.As<double, T>(), high1.As<double, T>());
    }
}
