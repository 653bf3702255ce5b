using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <summary>A search of an index for all rows within a distance, checked.</summary>
/// <param name="Queries">The searching rows, m x p.</param>
/// <param name="Radius">The largest distance, in the unit of the metric, 0 or more; a row at exactly this distance is found.</param>
/// <param name="ExcludeSelf">Whether query i is row i of the reference and must not find itself.</param>
/// <param name="Among">The rows of the reference that may be found; null for all that the index holds.</param>
public sealed record RadiusRequest(SampleMatrix Queries, float Radius, bool ExcludeSelf = false, RowMask? Among = null)
{
    /// <summary>Gets what L2 differences are multiplied by before they are compared with the radius; distances found are in the unit of the metric at any scale.</summary>
    public DistanceScale Scale { get; init; }

    /// <summary>Gets the metric of the radius and of the distances found; null, the default, for that of the index, which may only be the other kind of L2.</summary>
    internal Metric? Unit { get; init; }

    /// <summary>Returns a canonical distance, L2 squared and of the scale, that no row within the radius exceeds.</summary>
    /// <remarks>A root that rounds to the radius comes from less than 1.5 units in the last place above the square of the radius: half a unit of a radius is at most 2^.5 of its square.</remarks>
    internal float CanonicalLimit(Metric metric)
    {
        metric = Unit ?? metric;
        if (Scale == DistanceScale.Ordinary)
            return metric == Metric.L2 ? MathF.BitIncrement((float)((double)Radius * Radius)) : Radius;
        // A distance is compared as it is reported, and subnormal ones are rounded coarsely.
        var unit = WideDistance.UnitOf(Scale);
        var largest = ((double)Radius + float.Epsilon) / unit * (1 + 1e-6);
        return MathF.BitIncrement((float)(metric == Metric.L2 ? largest * largest : largest / unit));
    }

    /// <summary>Returns a canonical distance, L2 squared and of the scale, in the unit of the metric.</summary>
    internal float ToUnit(Metric metric, float distance)
    {
        metric = Unit ?? metric;
        if (Scale == DistanceScale.Ordinary)
            return metric == Metric.L2 ? MathF.Sqrt(distance) : distance;
        var unit = WideDistance.UnitOf(Scale);
        return WideDistance.ToUnit(metric, distance * unit * unit);
    }
}

/// <summary>Receives the rows within a distance of one query.</summary>
/// <param name="query">The query.</param>
/// <param name="indices">Rows of the reference, ordered by (distance, row index).</param>
/// <param name="distances">Their distances.</param>
public delegate void FoundWithin(long query, ReadOnlySpan<long> indices, ReadOnlySpan<float> distances);
