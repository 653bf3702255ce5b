using System.Runtime.Intrinsics;
using Engine.Compute.Irls;
using Engine.Data;
using Engine.Numerics.Lanes;

namespace Engine.Compute;

/// <content>One block of an IRLS pass.</content>
public sealed partial class SimdBackend
{
    /// <inheritdoc/>
    public void AccumulateNormalEquations(
        RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        if (Vector512.IsHardwareAccelerated)
            IrlsPass<Lanes512<double>>.Accumulate(block, labels, weights, offsets, coefficients, sums);
        else if (Vector256.IsHardwareAccelerated)
            IrlsPass<Lanes256<double>>.Accumulate(block, labels, weights, offsets, coefficients, sums);
        else if (Vector128.IsHardwareAccelerated)
            IrlsPass<Lanes128<double>>.Accumulate(block, labels, weights, offsets, coefficients, sums);
        else
            IrlsPass<LanesScalar<double>>.Accumulate(block, labels, weights, offsets, coefficients, sums);
    }
}
