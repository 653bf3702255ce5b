using Engine.Numerics.Distances;

namespace Engine.Compute.Search;

/// <summary>How far apart two rows can truly be when their canonical distance, which is rounded, does not exceed a threshold.</summary>
internal static class TrueDistance
{
    private const double HalfUlp = 1.0 / (1 << 24);
    private const double SmallestFloat = 1.401298464324817e-45;

    /// <summary>Bounds the true distance, not squared.</summary>
    /// <param name="metric">L1, or either kind of L2.</param>
    /// <param name="threshold">A canonical distance; L2 squared.</param>
    /// <param name="stride">The padded number of features.</param>
    /// <returns>A bound; infinity for an infinite threshold.</returns>
    /// <remarks>
    /// <b>Error</b>: the canonical distance is at least (1 - e) of the true one with e = (stride / 16 + 6) 2^-24, to first order; e is taken 1 % larger.
    /// Each square can also lose up to half of the smallest float.
    /// </remarks>
    public static double UpperBound(Metric metric, float threshold, int stride)
    {
        var error = 1.01 * ((stride / 16) + 6) * HalfUlp;
        // From some millions of columns on, the bound of the rounding error says nothing any more.
        if (error >= 1)
            return double.PositiveInfinity;
        return metric == Metric.L1 ? threshold / (1 - error) : Math.Sqrt((threshold + (stride * SmallestFloat)) / (1 - error));
    }
}
