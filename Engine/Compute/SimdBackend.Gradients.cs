using System.Runtime.Intrinsics;
using Engine.Compute.Irls;
using Engine.Data;
using Engine.Numerics.Lanes;

namespace Engine.Compute;

/// <content>One block of the gradients of many models.</content>
public sealed partial class SimdBackend
{
    /// <summary>Adds one block of rows to the gradients of many models.</summary>
    /// <param name="block">r rows of p features.</param>
    /// <param name="labels">r labels, 0 or 1.</param>
    /// <param name="weights">r weights; a row of weight 0 adds nothing at all.</param>
    /// <param name="batch">Receives the sums.</param>
    internal static void AccumulateGradients(RowBlock block, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, GradientBatch batch)
    {
        if (Vector512.IsHardwareAccelerated)
            GradientPass<Lanes512<double>>.Accumulate(block, labels, weights, batch);
        else if (Vector256.IsHardwareAccelerated)
            GradientPass<Lanes256<double>>.Accumulate(block, labels, weights, batch);
        else if (Vector128.IsHardwareAccelerated)
            GradientPass<Lanes128<double>>.Accumulate(block, labels, weights, batch);
        else
            GradientPass<LanesScalar<double>>.Accumulate(block, labels, weights, batch);
    }
}
