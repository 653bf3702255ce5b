using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Numerics.Lanes;

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

    /// <summary>Vectors of coefficients of a tile.</summary>
    public const int VectorsPerTile = 4;

    /// <summary>Computes the products of two rows with four vectors: a value is widened once for all, and eight sums run side by side.</summary>
    /// <param name="row0">p values, p a multiple of 16.</param>
    /// <param name="row1">p values of another row.</param>
    /// <param name="coefficients">4 x p values.</param>
    /// <param name="products">Receives the four products of the first row, then those of the second; the bits of <see cref="Compute"/>.</param>
    public static void ComputeTile(ReadOnlySpan<float> row0, ReadOnlySpan<float> row1, ReadOnlySpan<double> coefficients, Span<double> products)
    {
        if (Vector512.IsHardwareAccelerated)
            ComputeTile<Lanes512<double>>(row0, row1, coefficients, products);
        else if (Vector256.IsHardwareAccelerated)
            ComputeTile<Lanes256<double>>(row0, row1, coefficients, products);
        else if (Vector128.IsHardwareAccelerated)
            ComputeTile<Lanes128<double>>(row0, row1, coefficients, products);
        else
            ComputeTile<LanesScalar<double>>(row0, row1, coefficients, products);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ComputeTile<TLanes>(ReadOnlySpan<float> row0, ReadOnlySpan<float> row1, ReadOnlySpan<double> coefficients, Span<double> products)
        where TLanes : struct, ILanes<TLanes, double>
    {
        const int LaneCount = 8;
        var length = (nuint)row0.Length;
        ref var x0 = ref MemoryMarshal.GetReference(row0);
        ref var x1 = ref MemoryMarshal.GetReference(row1[..row0.Length]);
        ref var b = ref MemoryMarshal.GetReference(coefficients[..(VectorsPerTile * row0.Length)]);
        TLanes sum00 = TLanes.Zero, sum01 = TLanes.Zero, sum02 = TLanes.Zero, sum03 = TLanes.Zero;
        TLanes sum10 = TLanes.Zero, sum11 = TLanes.Zero, sum12 = TLanes.Zero, sum13 = TLanes.Zero;
        for (nuint i = 0; i < length; i += LaneCount)
        {
            var (values0, values1) = (TLanes.LoadSingles(ref Unsafe.Add(ref x0, i)), TLanes.LoadSingles(ref Unsafe.Add(ref x1, i)));
            var vector = TLanes.Load(ref Unsafe.Add(ref b, i));
            (sum00, sum10) = (TLanes.Add(sum00, TLanes.Multiply(values0, vector)), TLanes.Add(sum10, TLanes.Multiply(values1, vector)));
            vector = TLanes.Load(ref Unsafe.Add(ref b, length + i));
            (sum01, sum11) = (TLanes.Add(sum01, TLanes.Multiply(values0, vector)), TLanes.Add(sum11, TLanes.Multiply(values1, vector)));
            vector = TLanes.Load(ref Unsafe.Add(ref b, (2 * length) + i));
            (sum02, sum12) = (TLanes.Add(sum02, TLanes.Multiply(values0, vector)), TLanes.Add(sum12, TLanes.Multiply(values1, vector)));
            vector = TLanes.Load(ref Unsafe.Add(ref b, (3 * length) + i));
            (sum03, sum13) = (TLanes.Add(sum03, TLanes.Multiply(values0, vector)), TLanes.Add(sum13, TLanes.Multiply(values1, vector)));
        }

        (products[0], products[1], products[2], products[3]) = (TLanes.Sum(sum00), TLanes.Sum(sum01), TLanes.Sum(sum02), TLanes.Sum(sum03));
        (products[4], products[5], products[6], products[7]) = (TLanes.Sum(sum10), TLanes.Sum(sum11), TLanes.Sum(sum12), TLanes.Sum(sum13));
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
