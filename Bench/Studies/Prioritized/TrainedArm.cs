using Bench.Cohorts;
using Bench.Studies.Arms;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Studies.Prioritized;

/// <summary>What is trained alike in every repeat: a method, and for some the group that it serves.</summary>
/// <param name="Method">A name of <see cref="ResamplingMethod"/>.</param>
/// <param name="Served">The group that the method serves; null for a method that serves everyone.</param>
public sealed record ArmName(string Method, string? Served);

/// <summary>An arm of one repeat, trained and judged.</summary>
/// <param name="Name">What was trained.</param>
/// <param name="Repeat">The repeat, from 1.</param>
public sealed record TrainedArm(ArmName Name, int Repeat)
{
    /// <summary>Gets the rows that one model was fitted on, repeated and made ones counted.</summary>
    public required long TrainingRowCount { get; init; }

    /// <summary>Gets the wall time of planning and fitting, in seconds; of a resumed study that of reading what was kept.</summary>
    public required double Seconds { get; init; }

    /// <summary>Gets how each fit went: one, or one a draw.</summary>
    public required IReadOnlyList<ModelSummary> Models { get; init; }

    /// <summary>Gets the search over numbers of units; null for a method without.</summary>
    public required UnitSearch? Search { get; init; }

    /// <summary>Gets the metrics of every group, for each split on which models are judged: a row a group, in the order of the cohort.</summary>
    public required IReadOnlyDictionary<CohortSplit, IReadOnlyList<SubgroupRow>> Tables { get; init; }

    /// <summary>Gets the threshold of each group, on calibrated probabilities where they are calibrated.</summary>
    public required IReadOnlyDictionary<string, double> Thresholds { get; init; }

    /// <summary>Returns a metric of a group over the test rows; null where it is undefined.</summary>
    public double? ValueOf(string group, ScoreMetric metric) => MetricsOf(group) is { } metrics ? metrics[metric] : null;

    /// <summary>Returns the metrics of a group over the test rows; null where there is no such group.</summary>
    public MetricSet? MetricsOf(string group) => Tables[CohortSplit.Test].FirstOrDefault(row => row.Group == group)?.Metrics;
}

/// <summary>An arm that could not be trained.</summary>
/// <param name="Name">What was to be trained.</param>
/// <param name="Reason">Why not, with the counts that were too small, and what to change.</param>
public sealed record SkippedArm(ArmName Name, string Reason);

/// <summary>How far chance may have moved the mean of an arm's repeats, over the test rows; whole patients are drawn.</summary>
/// <param name="Name">The arm.</param>
/// <param name="Groups">An interval a metric, for each group.</param>
public sealed record ArmIntervals(ArmName Name, IReadOnlyList<SubgroupIntervals> Groups);

/// <summary>The mean of an arm's repeats less that of another, on the same draws of patients.</summary>
/// <param name="Name">The arm.</param>
/// <param name="Against">The arm that is subtracted.</param>
/// <param name="Groups">An interval a metric, for each group that the pair is compared on.</param>
public sealed record ArmDifference(ArmName Name, ArmName Against, IReadOnlyList<SubgroupIntervals> Groups);
