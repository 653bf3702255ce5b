using Engine.Compute;
using Engine.Compute.Search;
using Engine.Numerics.Distances;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>What the sums of the filter kernel prove, whether or not the device fuses multiply and add, or flushes subnormal numbers.</summary>
/// <remarks>
/// <para>u = 2^-24, p' the padded length, x' = fl(x - m) the centered rows as the device has them, h = ||x'||².</para>
/// <para><b>L2</b>: |fl(x'y') - x'y'| is at most g (h_x + h_y) / 2 with g = p'u / (1 - p'u). Centering moves a squared distance by at most (4u + 7u²)(h_x + h_y),
/// because each element moves by at most u of itself. The shares and the two additions of the bound are rounded once each, on numbers of at most 2 (h_x + h_y): 4u. So with
/// e = g + 12u, the computed (1 - e) h_x + (1 - e) h_y - 2 x'y' is at most the true squared distance, but for products that lose digits: p' 2^-122.</para>
/// <para><b>L1</b>: the computed sum is at most (1 + g + 2u) of the true distance, and the same small number.</para>
/// <para>No number overflows while h is at most 1e37; rows above are never discarded. For L1 an overflow is an infinite sum, above any threshold that a finite limit has only if
/// the distance is.</para>
/// </remarks>
internal static class FilterBound
{
    /// <summary>The largest squared norm at which the bound holds.</summary>
    public const double LargestNorm = 1e37;

    private const double HalfUlp = 1.0 / (1 << 24);
    private const double LostDigits = 1.88079096131566e-37;

    /// <summary>Returns 1 - e.</summary>
    public static double NormFactor(int stride) => 1 - SumError(stride) - (12 * HalfUlp);

    /// <summary>Returns the threshold above which no bound of a pair lies whose canonical distance is within a limit.</summary>
    /// <param name="metric">L1, or either kind of L2.</param>
    /// <param name="limit">A canonical distance; L2 squared.</param>
    /// <param name="stride">The padded number of features.</param>
    /// <param name="scale">The scale of the limit.</param>
    public static float Threshold(Metric metric, float limit, int stride, DistanceScale scale = DistanceScale.Ordinary)
    {
        var distance = DistanceBounds.TrueUpperBound(metric, limit, stride, scale);
        var largest = metric == Metric.L1 ? distance * (1 + SumError(stride) + (2 * HalfUlp)) : distance * distance;
        // The next float above covers this rounding and those in double.
        return MathF.BitIncrement((float)(largest + (stride * LostDigits)));
    }

    private static double SumError(int stride) => stride * HalfUlp / (1 - (stride * HalfUlp));
}
