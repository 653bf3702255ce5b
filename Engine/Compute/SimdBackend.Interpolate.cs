using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Numerics.Lanes;

namespace Engine.Compute;

/// <content>SMOTE interpolation of padded rows.</content>
public sealed partial class SimdBackend
{
    /// <inheritdoc/>
    public void Interpolate(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination)
    {
        if (Vector512.IsHardwareAccelerated)
            InterpolateRows<Lanes512<float>>(rows, neighbors, factors, stride, destination);
        else if (Vector256.IsHardwareAccelerated)
            InterpolateRows<Lanes256<float>>(rows, neighbors, factors, stride, destination);
        else if (Vector128.IsHardwareAccelerated)
            InterpolateRows<Lanes128<float>>(rows, neighbors, factors, stride, destination);
        else
            InterpolateRows<LanesScalar<float>>(rows, neighbors, factors, stride, destination);
    }

    private static void InterpolateRows<TLanes>(ReadOnlySpan<float> rows, ReadOnlySpan<float> neighbors, ReadOnlySpan<float> factors, int stride, Span<float> destination)
        where TLanes : struct, ILanes<TLanes, float>
    {
        for (var row = 0; row < factors.Length; row++)
        {
            ref var x = ref MemoryMarshal.GetReference(rows.Slice(row * stride, stride));
            ref var y = ref MemoryMarshal.GetReference(neighbors.Slice(row * stride, stride));
            ref var made = ref MemoryMarshal.GetReference(destination.Slice(row * stride, stride));
            var factor = TLanes.Broadcast(factors[row]);
            for (var i = 0; i < stride; i += 16)
            {
                var start = TLanes.Load(ref Unsafe.Add(ref x, i));
                var way = TLanes.Subtract(TLanes.Load(ref Unsafe.Add(ref y, i)), start);
                TLanes.Store(TLanes.Add(start, TLanes.Multiply(factor, way)), ref Unsafe.Add(ref made, i));
            }
        }
    }
}
