using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Rows between rows: each operation rounded once, the bits of the processor.</summary>
internal static class InterpolationKernel
{
    public static void Interpolate(ArrayView<float> rows, ArrayView<float> neighbors, ArrayView<float> factors, int stride)
    {
        // In place: the result of an element replaces that of its row.
        for (var i = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; i < factors.Length * stride; i += (long)Grid.DimX * Group.DimX)
        {
            rows[i] = Between(rows[i], neighbors[i], factors[i / stride]);
        }
    }

    /// <summary>Moves an element towards another.</summary>
    public static float Between(float row, float neighbor, float factor)
    {
        var made = Rounded.Add(row, Rounded.Multiply(factor, Rounded.Subtract(neighbor, row)));
        return IsFinite(made) || !IsFinite(row) || !IsFinite(neighbor) || !IsFinite(factor) ? made : OfHalves(row, neighbor, factor);
    }

    /// <summary>What the processor computes where the way between two elements overflows.</summary>
    private static float OfHalves(float row, float neighbor, float factor)
    {
        var start = Rounded.Multiply(0.5f, row);
        var way = Rounded.Subtract(Rounded.Multiply(0.5f, neighbor), start);
        var made = Rounded.Multiply(2, Rounded.Add(start, Rounded.Multiply(factor, way)));
        var isBetween = factor >= 0 && factor <= 1;
        var low = isBetween ? (row < neighbor ? row : neighbor) : float.MinValue;
        var high = isBetween ? (row < neighbor ? neighbor : row) : float.MaxValue;
        return made < low ? low : made > high ? high : made;
    }

    private static bool IsFinite(float value) => value >= float.MinValue && value <= float.MaxValue;
}
