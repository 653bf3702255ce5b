using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Rows between rows: three roundings an element, the bits of the processor.</summary>
internal static class InterpolationKernel
{
    public static void Interpolate<TRounding>(ArrayView<float> rows, ArrayView<float> neighbors, ArrayView<float> factors, int stride)
        where TRounding : struct, IRounding
    {
        // In place: the result of an element replaces that of its row.
        for (var i = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; i < factors.Length * stride; i += (long)Grid.DimX * Group.DimX)
        {
            var way = TRounding.Subtract(neighbors[i], rows[i]);
            rows[i] = TRounding.Add(rows[i], TRounding.Multiply(factors[i / stride], way));
        }
    }
}
