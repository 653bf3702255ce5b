using Engine.Metrics;

namespace Bench.Studies;

/// <summary>The bootstrap of the studies: whole stays of the test rows are drawn.</summary>
public static class MethodIntervals
{
    /// <summary>The number of replicates: what the ends of 95 % intervals want.</summary>
    public const int ReplicateCount = 1000;

    /// <summary>Gets the metrics that have intervals: all but those for which a replicate would look at every row again.</summary>
    public static IReadOnlyList<ScoreMetric> Metrics { get; } =
        [.. Enum.GetValues<ScoreMetric>().Except([ScoreMetric.Prevalence, ScoreMetric.AveragePrecisionC0, ScoreMetric.TrapezoidPrC0, ScoreMetric.Brier])];

    /// <summary>Describes the draws.</summary>
    internal static Bootstrap Of(ulong seed, double threshold, CancellationToken cancellation) => new()
    {
        Seed = seed,
        ReplicateCount = ReplicateCount,
        Threshold = threshold,
        Metrics = Metrics,
        CancellationToken = cancellation,
    };
}
