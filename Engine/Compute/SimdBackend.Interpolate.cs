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
        if (Vector512.IsHardwareAccelerated)
            InterpolateRows<Lanes512<float>>(rows, neighbors, factors, stride, destination);
        else if (Vector256.IsHardwareAccelerated)
            InterpolateRows<Lanes256<float>>(rows, neighbors, factors, stride, destination);
        else if (Vector128.IsHardwareAccelerated)
            InterpolateRows<Lanes128<float>>(rows, neighbors, factors, stride, destination);
        else
            InterpolateRows<LanesScalar<float>>(rows, neighbors, factors, stride, destination);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InterpolateFar(ref float row, ref float neighbor, float factor, ref float made)
    {
        for (var i = 0; i < LanesOfFloat; i++)
            Unsafe.Add(ref made, i) = Interpolation.Of(Unsafe.Add(ref row, i), Unsafe.Add(ref neighbor, i), factor);
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
            for (var i = 0; i < stride; i += LanesOfFloat)
            {
                var start = TLanes.Load(ref Unsafe.Add(ref x, i));
                var way = TLanes.Subtract(TLanes.Load(ref Unsafe.Add(ref y, i)), start);
                var end = TLanes.Add(start, TLanes.Multiply(factor, way));
                // Between elements of opposite sign near the largest float, the way overflows.
                if (TLanes.AreAtMost(TLanes.Abs(end), float.MaxValue))
                    TLanes.Store(end, ref Unsafe.Add(ref made, i));
                else
                    InterpolateFar(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref y, i), factors[row], ref Unsafe.Add(ref made, i));
            }
        }
    }
}
