using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engine.Numerics;

/// <summary>The product of a float32 row with double coefficients, summed in eight double lanes and the tree 8 -> 4 -> 2 -> 1.</summary>
internal static class WideDot
{
    /// <summary>Computes sum x[i] b[i].</summary>
    /// <param name="row">p values, p a multiple of 16.</param>
    /// <param name="coefficients">p values.</param>
    /// <returns>The sum, the same bits at every SIMD level.</returns>
    public static double Compute(ReadOnlySpan<float> row, ReadOnlySpan<double> coefficients)
    {
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var b = ref MemoryMarshal.GetReference(coefficients);
        if (!Vector128.IsHardwareAccelerated)
            return ComputeScalar(row, coefficients);

        // Two lanes a register; wider ones would gain nothing on a pass that waits for memory.
        Vector128<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (var i = 0; i < row.Length; i += 8)
        {
            var (first, second) = Vector128.Widen(Vector128.LoadUnsafe(ref x, (nuint)i));
            var (third, fourth) = Vector128.Widen(Vector128.LoadUnsafe(ref x, (nuint)i + 4));
            sum0 += first * Vector128.LoadUnsafe(ref b, (nuint)i);
            sum1 += second * Vector128.LoadUnsafe(ref b, (nuint)i + 2);
            sum2 += third * Vector128.LoadUnsafe(ref b, (nuint)i + 4);
            sum3 += fourth * Vector128.LoadUnsafe(ref b, (nuint)i + 6);
        }

        var two = (sum0 + sum2) + (sum1 + sum3);
        return two[0] + two[1];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double ComputeScalar(ReadOnlySpan<float> row, ReadOnlySpan<double> coefficients)
    {
        Span<double> lanes = stackalloc double[8];
        lanes.Clear();
        for (var i = 0; i < row.Length; i++)
            lanes[i % 8] += row[i] * coefficients[i];
        for (var width = 4; width >= 1; width /= 2)
        {
            for (var j = 0; j < width; j++)
                lanes[j] += lanes[j + width];
        }

        return lanes[0];
    }
}
