using Engine.Diagnostics;

namespace Engine.Metrics;

/// <summary>The intervals of every metric of a <see cref="MetricSet"/>, or of its difference between two models.</summary>
public sealed class BootstrapTable
{
    private const int FewestValues = 2;

    private readonly Dictionary<ScoreMetric, MetricInterval?> _intervals;

    private BootstrapTable(int replicateCount, Dictionary<ScoreMetric, MetricInterval?> intervals)
    {
        ReplicateCount = replicateCount;
        _intervals = intervals;
    }

    /// <summary>Gets the number of replicates that were drawn.</summary>
    public int ReplicateCount { get; }

    /// <summary>Gets the interval of a metric; null where it was not asked for, is undefined over the rows, or is defined in fewer than two replicates.</summary>
    /// <param name="metric">One of the named metrics.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> is not one of them.</exception>
    public MetricInterval? this[ScoreMetric metric]
    {
        get
        {
            if (!_intervals.TryGetValue(metric, out var interval))
                Throw.ArgumentOutOfRange(nameof(metric), metric, "a named metric");
            return interval;
        }
    }

    /// <summary>Summarizes replicates.</summary>
    /// <param name="replicateCount">The number of replicates.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <param name="estimate">Gives a metric over the rows themselves.</param>
    /// <param name="replicate">Gives a metric of a replicate.</param>
    internal static BootstrapTable Summarize(
        int replicateCount, double confidence, Func<ScoreMetric, double?> estimate, Func<int, ScoreMetric, double?> replicate) =>
        new(replicateCount, Enum.GetValues<ScoreMetric>().ToDictionary(metric => metric, metric => ToInterval(
            estimate(metric), [.. Enumerable.Range(0, replicateCount).Select(number => replicate(number, metric)).OfType<double>()], replicateCount, confidence)));

    /// <summary>Summarizes the values of one quantity.</summary>
    /// <param name="estimate">Its value over the rows themselves; null where it is undefined.</param>
    /// <param name="values">Its values in the replicates in which it is defined; are sorted.</param>
    /// <param name="replicateCount">The number of replicates.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    internal static MetricInterval? ToInterval(double? estimate, double[] values, int replicateCount, double confidence)
    {
        if (estimate is not { } center || values.Length < FewestValues)
            return null;
        var error = StandardDeviation(values);
        Array.Sort(values);
        var tail = (1 - confidence) / 2;
        return new MetricInterval(center, error, Quantile(values, tail), Quantile(values, 1 - tail), replicateCount - values.Length);
    }

    private static double StandardDeviation(double[] values)
    {
        var mean = values.Sum() / values.Length;
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    // Linear between the values around rank share x (count - 1), as numpy's default.
    private static double Quantile(double[] sorted, double share)
    {
        var rank = share * (sorted.Length - 1);
        var below = Math.Min((int)rank, sorted.Length - 2);
        return sorted[below] + ((rank - below) * (sorted[below + 1] - sorted[below]));
    }
}

/// <summary>The bootstrap intervals of one group.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Table">The intervals over its rows.</param>
public sealed record SubgroupIntervals(string Group, BootstrapTable Table);

/// <summary>A metric, or a difference of two, and how far chance may have moved it, by the <see cref="Bootstrap"/>.</summary>
/// <param name="Estimate">The value over the rows themselves.</param>
/// <param name="StandardError">The standard deviation of the value over the replicates, 0 or more.</param>
/// <param name="Lower">Lower end of the percentile interval.</param>
/// <param name="Upper">Upper end of the percentile interval.</param>
/// <param name="UndefinedCount">Replicates in which the value is undefined, such as those that drew no row of a class; they are left out, and where they are many the interval
/// speaks only of samples that have a value.</param>
public readonly record struct MetricInterval(double Estimate, double StandardError, double Lower, double Upper, int UndefinedCount);
