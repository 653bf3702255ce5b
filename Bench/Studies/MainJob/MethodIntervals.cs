using Engine.Data;
using Engine.Metrics;

namespace Bench.Studies.MainJob;

/// <summary>The bootstrap of the main job: whole stays of the test rows are drawn.</summary>
public static class MethodIntervals
{
    /// <summary>The number of replicates: what the ends of 95 % intervals want.</summary>
    public const int ReplicateCount = 1000;

    /// <summary>Gets the metrics that have intervals: all but those for which a replicate would look at every row again.</summary>
    public static IReadOnlyList<ScoreMetric> Metrics { get; } =
        [.. Enum.GetValues<ScoreMetric>().Except([ScoreMetric.Prevalence, ScoreMetric.AveragePrecisionC0, ScoreMetric.TrapezoidPrC0, ScoreMetric.Brier])];

    /// <summary>Describes the draws.</summary>
    internal static Bootstrap Of(MainJobOptions options, CancellationToken cancellation) => new()
    {
        Seed = options.Seed,
        ReplicateCount = ReplicateCount,
        Threshold = options.Threshold,
        Metrics = Metrics,
        CancellationToken = cancellation,
    };

    /// <summary>Takes a few groups out of those of a cohort, each once and by the cohort's name.</summary>
    internal static Subgroups Only(Subgroups groups, params IEnumerable<string?> names)
    {
        var some = new Subgroups(groups.RowCount);
        foreach (var name in groups.Names.Where(name => names.Contains(name, StringComparer.OrdinalIgnoreCase)))
            some.Add(name, groups[name]);
        return some;
    }
}
