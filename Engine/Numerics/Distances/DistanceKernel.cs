using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Numerics.Lanes;

namespace Engine.Numerics.Distances;

/// <summary>The canonical distance: what every search reports and ranks by, with the same bits on every machine.</summary>
/// <remarks>
/// <para><b>Computes</b>, in float32, for padded rows of a multiple of 16 elements:</para>
/// <code>
/// for (i = 0; i &lt; n; i++) lane[i % 16] += Term(x[i], y[i]);
/// for (w = 8; w >= 1; w /= 2) for (j = 0; j &lt; w; j++) lane[j] += lane[j + w];      // lane[0] is the distance
/// </code>
/// <para><b>Error</b>: all terms are non-negative, so the relative error is at most (n / 16 + 6) x 2^-24 to first order, unless a square over- or underflows.</para>
/// <para>One query goes against four rows at a time: a query element is loaded once, and four independent sums hide the latency of the adds.</para>
/// </remarks>
internal static class DistanceKernel
{
    /// <summary>Computes the distances of one padded query to consecutive padded rows.</summary>
    /// <param name="query">One row of <paramref name="stride"/> elements.</param>
    /// <param name="rows">distances.Length rows, one every <paramref name="stride"/> elements.</param>
    /// <param name="stride">A multiple of 16.</param>
    /// <param name="distances">Receives one value a row; L2 comes squared.</param>
    public static void Compute<TTerm>(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, int stride, Span<float> distances)
        where TTerm : struct, IDistanceTerm
    {
        ref var x = ref MemoryMarshal.GetReference(query);
        ref var y = ref MemoryMarshal.GetReference(rows);
        if (Vector512.IsHardwareAccelerated)
            Compute<TTerm, Lanes512<float>>(ref x, ref y, stride, distances);
        else if (Vector256.IsHardwareAccelerated)
            Compute<TTerm, Lanes256<float>>(ref x, ref y, stride, distances);
        else if (Vector128.IsHardwareAccelerated)
            Compute<TTerm, Lanes128<float>>(ref x, ref y, stride, distances);
        else
            Compute<TTerm, LanesScalar<float>>(ref x, ref y, stride, distances);
    }

    /// <summary>Computes the distance of two padded rows, unless it is above a limit.</summary>
    /// <param name="query">One row of <paramref name="stride"/> elements.</param>
    /// <param name="row">Another.</param>
    /// <param name="stride">A multiple of 16.</param>
    /// <param name="limit">Where a distance stops to matter.</param>
    /// <returns>The same bits as <see cref="Compute{TTerm}"/>, or some number above <paramref name="limit"/> when the distance is above it.</returns>
    /// <remarks>Terms are not negative and rounding keeps order, so the sums of the first elements never exceed those of all: a long row need not be read to its end.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ComputeOne<TTerm>(ref float query, ref float row, nuint stride, float limit)
        where TTerm : struct, IDistanceTerm
    {
        if (Vector512.IsHardwareAccelerated)
            return OneToOne<TTerm, Lanes512<float>>(ref query, ref row, stride, limit);
        if (Vector256.IsHardwareAccelerated)
            return OneToOne<TTerm, Lanes256<float>>(ref query, ref row, stride, limit);
        if (Vector128.IsHardwareAccelerated)
            return OneToOne<TTerm, Lanes128<float>>(ref query, ref row, stride, limit);
        return OneToOne<TTerm, LanesScalar<float>>(ref query, ref row, stride, limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compute<TTerm, TLanes>(ref float query, ref float rows, int stride, Span<float> distances)
        where TTerm : struct, IDistanceTerm
        where TLanes : struct, ILanes<TLanes, float>
    {
        var row = 0;
        for (; row <= distances.Length - 4; row += 4)
        {
            OneToFour<TTerm, TLanes>(ref query, ref rows, (nuint)stride, ref distances[row]);
            rows = ref Unsafe.Add(ref rows, 4 * stride);
        }

        for (; row < distances.Length; row++)
        {
            distances[row] = OneToOne<TTerm, TLanes>(ref query, ref rows, (nuint)stride, float.PositiveInfinity);
            rows = ref Unsafe.Add(ref rows, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneToFour<TTerm, TLanes>(ref float query, ref float rows, nuint stride, ref float distances)
        where TTerm : struct, IDistanceTerm
        where TLanes : struct, ILanes<TLanes, float>
    {
        ref var row1 = ref Unsafe.Add(ref rows, stride);
        ref var row2 = ref Unsafe.Add(ref row1, stride);
        ref var row3 = ref Unsafe.Add(ref row2, stride);
        TLanes sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        for (nuint i = 0; i < stride; i += 16)
        {
            var x = TLanes.Load(ref Unsafe.Add(ref query, i));
            sum0 = TLanes.Add(sum0, TTerm.Of(x, TLanes.Load(ref Unsafe.Add(ref rows, i))));
            sum1 = TLanes.Add(sum1, TTerm.Of(x, TLanes.Load(ref Unsafe.Add(ref row1, i))));
            sum2 = TLanes.Add(sum2, TTerm.Of(x, TLanes.Load(ref Unsafe.Add(ref row2, i))));
            sum3 = TLanes.Add(sum3, TTerm.Of(x, TLanes.Load(ref Unsafe.Add(ref row3, i))));
        }

        distances = TLanes.Sum(sum0);
        Unsafe.Add(ref distances, 1) = TLanes.Sum(sum1);
        Unsafe.Add(ref distances, 2) = TLanes.Sum(sum2);
        Unsafe.Add(ref distances, 3) = TLanes.Sum(sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float OneToOne<TTerm, TLanes>(ref float query, ref float row, nuint stride, float limit)
        where TTerm : struct, IDistanceTerm
        where TLanes : struct, ILanes<TLanes, float>
    {
        const nuint ElementsPerLook = 256;
        var sum = TLanes.Zero;
        nuint i = 0;
        for (var end = ElementsPerLook; end < stride; end += ElementsPerLook)
        {
            for (; i < end; i += 16)
                sum = TLanes.Add(sum, TTerm.Of(TLanes.Load(ref Unsafe.Add(ref query, i)), TLanes.Load(ref Unsafe.Add(ref row, i))));
            var partial = TLanes.Sum(sum);
            if (partial > limit)
                return partial;
        }

        for (; i < stride; i += 16)
            sum = TLanes.Add(sum, TTerm.Of(TLanes.Load(ref Unsafe.Add(ref query, i)), TLanes.Load(ref Unsafe.Add(ref row, i))));
        return TLanes.Sum(sum);
    }
}
