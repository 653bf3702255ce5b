using Engine.Numerics.Distances;

namespace Engine.Compute.Search;

/// <summary>What the canonical distance of two rows, which is rounded, says of how far apart they truly are, and the reverse.</summary>
/// <remarks>
/// <b>Error</b>: the canonical distance is within a share e = (stride / 16 + 6) 2^-24 of the true one, to first order; e is taken 1 % larger, which covers
/// the second order and the rounding of the bounds themselves in double. Each square can also lose up to half of the smallest float.
/// </remarks>
internal static class DistanceBounds
{
    private const double HalfUlp = 1.0 / (1 << 24);
    private const double SmallestFloat = 1.401298464324817e-45;

    /// <summary>Bounds the true distance, not squared, of rows whose canonical distance does not exceed a threshold.</summary>
    /// <param name="metric">L1, or either kind of L2.</param>
    /// <param name="threshold">A canonical distance; L2 squared.</param>
    /// <param name="stride">The padded number of features.</param>
    /// <param name="scale">The scale of the threshold.</param>
    /// <returns>A bound; infinity for an infinite threshold.</returns>
    public static double TrueUpperBound(Metric metric, float threshold, int stride, DistanceScale scale = DistanceScale.Ordinary)
    {
        var error = ErrorOf(stride);
        // From some millions of columns on, the bound of the rounding error says nothing any more.
        if (error >= 1)
            return double.PositiveInfinity;
        if (metric == Metric.L1)
            return threshold / (1 - error);
        var distance = Math.Sqrt((threshold + (stride * SmallestFloat)) / (1 - error));
        // What is scaled down can lose half of the smallest float in either row, in every column.
        return scale switch
        {
            DistanceScale.Small => distance * WideDistance.UnitOf(scale),
            DistanceScale.Large => (distance + (Math.Sqrt(stride) * 2 * SmallestFloat)) * WideDistance.UnitOf(scale),
            _ => distance,
        };
    }

    /// <summary>Bounds from below the true L2 distance, not squared, of rows whose canonical squared L2 is at least a threshold.</summary>
    /// <param name="threshold">A canonical squared L2.</param>
    /// <param name="stride">The padded number of features.</param>
    /// <returns>A bound: of rows that are closer, the canonical distance is below <paramref name="threshold"/>. Finite, because a distance can overflow to infinity.</returns>
    public static double TrueLowerBound(float threshold, int stride) =>
        Math.Sqrt(Math.Max(0, Math.Min(threshold, float.MaxValue) - (stride * SmallestFloat)) / (1 + ErrorOf(stride)));

    /// <summary>Bounds from below the canonical squared L2 of rows that are truly at least a distance apart.</summary>
    /// <param name="distance">A true L2 distance, not squared; negative for any.</param>
    /// <param name="stride">The padded number of features.</param>
    /// <returns>A bound: rows of a smaller canonical distance are truly closer than <paramref name="distance"/>. Not positive when nothing can be said.</returns>
    public static double CanonicalLowerBound(double distance, int stride) =>
        distance <= 0 ? double.NegativeInfinity : (distance * distance * (1 - ErrorOf(stride))) - (stride * SmallestFloat);

    private static double ErrorOf(int stride) => 1.01 * ((stride / 16) + 6) * HalfUlp;
}
