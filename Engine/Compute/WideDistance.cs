using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <summary>The squared L2 of any two finite rows: the canonical distance where float32 holds it, else that of scaled rows, in the caller's unit.</summary>
/// <remarks>
/// <code>
/// c = canonical distance                    T = stride x 2^-118
/// T &lt;= c &lt; infinity      c
/// c &lt; T                  min(small x 2^-200, the float before T)
/// c infinite             max(large x 2^160, 2^128)
/// </code>
/// <b>Error</b>: that of the canonical distance; from T on, squares that lost digits weigh less than 2^-32 of the sum.
/// </remarks>
internal static class WideDistance
{
    /// <summary>Gets the smallest square that float32 does not hold.</summary>
    public static double SmallestLarge { get; } = Math.ScaleB(1, 128);

    /// <summary>Returns the canonical squared L2 from which on no lost digit matters.</summary>
    /// <param name="stride">The padded number of features.</param>
    public static float SmallestCertain(int stride) => MathF.ScaleB(stride, -118);

    /// <summary>Returns what differences of a scale must be multiplied by to be those of the caller.</summary>
    public static double UnitOf(DistanceScale scale) => scale switch
    {
        DistanceScale.Small => Math.ScaleB(1, -100),
        DistanceScale.Large => Math.ScaleB(1, 80),
        _ => 1,
    };

    /// <summary>Returns a sum of scaled squares in the caller's unit, on its side of what the ordinary scale holds.</summary>
    public static double FromScale(DistanceScale scale, float square, int stride)
    {
        var unit = UnitOf(scale);
        return scale switch
        {
            DistanceScale.Small => Math.Min(square * unit * unit, MathF.BitDecrement(SmallestCertain(stride))),
            DistanceScale.Large => Math.Max(square * unit * unit, SmallestLarge),
            _ => square,
        };
    }

    /// <summary>Returns the scale that holds a wide distance.</summary>
    public static DistanceScale ScaleOf(double square, int stride) =>
        square < SmallestCertain(stride) ? DistanceScale.Small : square >= SmallestLarge && double.IsFinite(square) ? DistanceScale.Large : DistanceScale.Ordinary;

    /// <summary>Returns a wide distance as a sum of scaled squares.</summary>
    public static float ToScale(DistanceScale scale, double square)
    {
        var unit = UnitOf(scale);
        return (float)(square / unit / unit);
    }

    /// <summary>Returns a wide distance in the unit of a metric, rounded to float32: to 0 or infinity where that holds it no more.</summary>
    public static float ToUnit(Metric metric, double square) => (float)(metric == Metric.L2 ? Math.Sqrt(square) : square);

    /// <summary>Computes the wide distance of two padded rows.</summary>
    /// <param name="query">One row.</param>
    /// <param name="row">Another, as long.</param>
    public static double Of(ReadOnlySpan<float> query, ReadOnlySpan<float> row)
    {
        var canonical = Compute<SquaredDifference>(query, row);
        if (canonical < SmallestCertain(query.Length))
            return FromScale(DistanceScale.Small, Compute<SmallSquaredDifference>(query, row), query.Length);
        return float.IsFinite(canonical) ? canonical : FromScale(DistanceScale.Large, Compute<LargeSquaredDifference>(query, row), query.Length);
    }

    /// <summary>Computes the squared L2 of two padded rows at a scale, in the caller's unit: what rows found at that scale are ordered by.</summary>
    public static double AtScale(DistanceScale scale, ReadOnlySpan<float> query, ReadOnlySpan<float> row)
    {
        var unit = UnitOf(scale);
        return unit * unit * scale switch
        {
            DistanceScale.Small => Compute<SmallSquaredDifference>(query, row),
            DistanceScale.Large => Compute<LargeSquaredDifference>(query, row),
            _ => Compute<SquaredDifference>(query, row),
        };
    }

    private static float Compute<TTerm>(ReadOnlySpan<float> query, ReadOnlySpan<float> row)
        where TTerm : struct, IDistanceTerm
    {
        var distance = 0f;
        DistanceKernel.Compute<TTerm>(query, row, query.Length, new Span<float>(ref distance));
        return distance;
    }
}
