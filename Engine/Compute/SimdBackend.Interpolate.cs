using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Compute;

/// <content>SMOTE interpolation of padded rows.</content>
public sealed partial class SimdBackend
{
    private const int LanesOfFloat = 16;

    /// <inheritdoc/>
    public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination)
    {
        // A row that must be made again is still needed then.
        if (Unsafe.AreSame(ref MemoryMarshal.GetReference(rows), ref MemoryMarshal.GetReference(destination)) && !factors.IsEmpty)
            InterpolateInPlace(rows, neighbors, factors, stride, destination);
        else if (Vector512.IsHardwareAccelerated)
            InterpolateRows<Lanes512<float>>(rows, neighbors, factors, stride, destination);
        else if (Vector256.IsHardwareAccelerated)
            InterpolateRows<Lanes256<float>>(rows, neighbors, factors, stride, destination);
        else if (Vector128.IsHardwareAccelerated)
            InterpolateRows<Lanes128<float>>(rows, neighbors, factors, stride, destination);
        else
            InterpolateRows<LanesScalar<float>>(rows, neighbors, factors, stride, destination);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InterpolateInPlace(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination) =>
        Instance.Interpolate(rows.ToArray(), neighbors, factors, stride, destination);

    /// <summary>Makes a row again in which something is not finite.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InterpolateFar(ref float row, ref float neighbor, float factor, ref float made, int stride)
    {
        for (var i = 0; i < stride; i++)
            Unsafe.Add(ref made, i) = Interpolation.Of(Unsafe.Add(ref row, i), Unsafe.Add(ref neighbor, i), factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterpolateRows<TLanes>(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination)
        where TLanes : struct, ILanes<TLanes, float>
    {
        for (var row = 0; row < factors.Length; row++)
        {
            ref var x = ref MemoryMarshal.GetReference(rows.Slice(row * stride, stride));
            ref var y = ref MemoryMarshal.GetReference(neighbors.Slice(row * stride, stride));
            ref var made = ref MemoryMarshal.GetReference(destination.Slice(row * stride, stride));
            var factor = TLanes.Broadcast(factors[row]);
            var sum = TLanes.Zero;
            for (var i = 0; i < stride; i += LanesOfFloat)
            {
                var start = TLanes.Load(ref Unsafe.Add(ref x, i));
                var way = TLanes.Subtract(TLanes.Load(ref Unsafe.Add(ref y, i)), start);
                var end = TLanes.Add(start, TLanes.Multiply(factor, way));
                TLanes.Store(end, ref Unsafe.Add(ref made, i));
                // What is not finite stays so in the sum.
                sum = TLanes.Add(sum, end);
            }

            // Between elements of opposite sign near the largest float, the way overflows.
            if (!TLanes.AreAtMost(TLanes.Abs(sum), float.MaxValue))
                InterpolateFar(ref x, ref y, factors[row], ref made, stride);
        }
    }
}
