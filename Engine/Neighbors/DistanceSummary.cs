using Engine.Diagnostics;

namespace Engine.Neighbors;

/// <summary>How some distances are distributed.</summary>
/// <remarks><b>Computes</b> quantiles by linear interpolation between order statistics (type 7 of Hyndman and Fan, the default of R and NumPy), in double.</remarks>
public sealed record DistanceSummary
{
    /// <summary>Gets the number of distances, 1 or more.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the number of distances that are 0: rows that equal another in every feature.</summary>
    public required int ZeroCount { get; init; }

    /// <summary>Gets the mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Gets the smallest distance.</summary>
    public required double Minimum { get; init; }

    /// <summary>Gets the 5 % quantile.</summary>
    public required double Quantile05 { get; init; }

    /// <summary>Gets the 25 % quantile.</summary>
    public required double LowerQuartile { get; init; }

    /// <summary>Gets the median.</summary>
    public required double Median { get; init; }

    /// <summary>Gets the 75 % quantile.</summary>
    public required double UpperQuartile { get; init; }

    /// <summary>Gets the 95 % quantile.</summary>
    public required double Quantile95 { get; init; }

    /// <summary>Gets the largest distance.</summary>
    public required double Maximum { get; init; }

    /// <summary>Summarizes distances.</summary>
    /// <param name="distances">At least one, none NaN.</param>
    /// <returns>The summary.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static DistanceSummary Of(ReadOnlySpan<float> distances)
    {
        var wide = new double[distances.Length];
        for (var i = 0; i < wide.Length; i++)
            wide[i] = distances[i];
        return OfWide(wide);
    }

    /// <summary>Summarizes distances that were measured in double.</summary>
    internal static DistanceSummary OfWide(ReadOnlySpan<double> distances)
    {
        if (distances.IsEmpty)
            Throw.Argument_Invalid(nameof(distances), "there are no distances to summarize.");
        var sorted = distances.ToArray();
        Array.Sort(sorted);
        var sum = 0.0;
        foreach (var distance in sorted)
            sum += distance;
        return new DistanceSummary
        {
            Count = sorted.Length,
            ZeroCount = sorted.AsSpan().LastIndexOf(0.0) + 1,
            Mean = sum / sorted.Length,
            Minimum = sorted[0],
            Quantile05 = QuantileOf(sorted, 0.05),
            LowerQuartile = QuantileOf(sorted, 0.25),
            Median = QuantileOf(sorted, 0.5),
            UpperQuartile = QuantileOf(sorted, 0.75),
            Quantile95 = QuantileOf(sorted, 0.95),
            Maximum = sorted[^1],
        };
    }

    private static double QuantileOf(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var rest = place - below;
        // Not interpolated where nothing lies between: infinity less infinity is no number.
        return rest == 0 || sorted[below] == sorted[below + 1] ? sorted[below] : sorted[below] + (rest * (sorted[below + 1] - sorted[below]));
    }
}
