using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engine.Numerics.Lanes;

/// <summary>The lanes in memory, for machines without vector instructions, where software emulation of vectors would be 20 times slower than this.</summary>
[InlineArray(LargestCount)]
internal struct LanesScalar<T> : ILanes<LanesScalar<T>, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int LargestCount = 16;
    private T _lane0;

    public static LanesScalar<T> Zero => default;

    private static int Count => 64 / Unsafe.SizeOf<T>();

    public static LanesScalar<T> Broadcast(T value)
    {
        LanesScalar<T> lanes = default;
        for (var i = 0; i < Count; i++)
            lanes[i] = value;
        return lanes;
    }

    public static LanesScalar<T> Load(ref readonly T source)
    {
        LanesScalar<T> lanes = default;
        for (var i = 0; i < Count; i++)
            lanes[i] = Unsafe.Add(ref Unsafe.AsRef(in source), i);
        return lanes;
    }

    public static LanesScalar<T> LoadSingles(ref readonly float source)
    {
        LanesScalar<T> lanes = default;
        for (var i = 0; i < Count; i++)
            lanes[i] = T.CreateTruncating(Unsafe.Add(ref Unsafe.AsRef(in source), i));
        return lanes;
    }

    public static LanesScalar<T> LoadSingles(ref readonly float source, int count)
    {
        LanesScalar<T> lanes = default;
        for (var i = 0; i < Math.Min(count, Count); i++)
            lanes[i] = T.CreateTruncating(Unsafe.Add(ref Unsafe.AsRef(in source), i));
        return lanes;
    }

    public static void Store(LanesScalar<T> lanes, ref T destination)
    {
        for (var i = 0; i < Count; i++)
            Unsafe.Add(ref destination, i) = lanes[i];
    }

    public static void StoreSingles(LanesScalar<T> lanes, ref float destination)
    {
        for (var i = 0; i < Count; i++)
            Unsafe.Add(ref destination, i) = float.CreateTruncating(lanes[i]);
    }

    public static LanesScalar<T> Add(LanesScalar<T> left, LanesScalar<T> right)
    {
        for (var i = 0; i < Count; i++)
            left[i] += right[i];
        return left;
    }

    public static LanesScalar<T> Subtract(LanesScalar<T> left, LanesScalar<T> right)
    {
        for (var i = 0; i < Count; i++)
            left[i] -= right[i];
        return left;
    }

    public static LanesScalar<T> Multiply(LanesScalar<T> left, LanesScalar<T> right)
    {
        for (var i = 0; i < Count; i++)
            left[i] *= right[i];
        return left;
    }

    public static LanesScalar<T> MultiplyAdd(LanesScalar<T> left, LanesScalar<T> right, LanesScalar<T> sum)
    {
        for (var i = 0; i < Count; i++)
            sum[i] = T.FusedMultiplyAdd(left[i], right[i], sum[i]);
        return sum;
    }

    public static LanesScalar<T> MultiplySubtract(LanesScalar<T> left, LanesScalar<T> right, LanesScalar<T> rest)
    {
        for (var i = 0; i < Count; i++)
            rest[i] = T.FusedMultiplyAdd(left[i], right[i], -rest[i]);
        return rest;
    }

    public static LanesScalar<T> Divide(LanesScalar<T> left, LanesScalar<T> right)
    {
        for (var i = 0; i < Count; i++)
            left[i] /= right[i];
        return left;
    }

    public static LanesScalar<T> Sqrt(LanesScalar<T> value)
    {
        for (var i = 0; i < Count; i++)
            value[i] = T.Sqrt(value[i]);
        return value;
    }

    public static LanesScalar<T> Max(LanesScalar<T> left, LanesScalar<T> right)
    {
        for (var i = 0; i < Count; i++)
            left[i] = T.MaxNative(left[i], right[i]);
        return left;
    }

    public static LanesScalar<T> Floor(LanesScalar<T> value)
    {
        for (var i = 0; i < Count; i++)
            value[i] = T.Floor(value[i]);
        return value;
    }

    public static LanesScalar<T> PowerOfTwo(LanesScalar<T> exponent)
    {
        for (var i = 0; i < Count; i++)
            exponent[i] = T.ScaleB(T.One, int.CreateTruncating(exponent[i]));
        return exponent;
    }

    public static LanesScalar<T> Select(LanesScalar<T> value, LanesScalar<T> ifNotNegative, LanesScalar<T> ifNegative)
    {
        for (var i = 0; i < Count; i++)
            value[i] = value[i] >= T.Zero ? ifNotNegative[i] : ifNegative[i];
        return value;
    }

    public static bool AreAtMost(LanesScalar<T> value, T limit)
    {
        for (var i = 0; i < Count; i++)
        {
            if (!(value[i] <= limit))
                return false;
        }

        return true;
    }

    public static LanesScalar<T> Abs(LanesScalar<T> value)
    {
        for (var i = 0; i < Count; i++)
            value[i] = T.Abs(value[i]);
        return value;
    }

    public static T Sum(LanesScalar<T> lanes)
    {
        for (var width = Count / 2; width >= 1; width /= 2)
        {
            for (var i = 0; i < width; i++)
                lanes[i] += lanes[i + width];
        }

        return lanes[0];
    }
}
