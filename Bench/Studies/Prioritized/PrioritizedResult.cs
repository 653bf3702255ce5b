using Bench.Cohorts;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Studies.Prioritized;

/// <summary>Everything that the study found.</summary>
public sealed record PrioritizedResult
{
    /// <summary>Gets the cohort.</summary>
    public required Cohort Cohort { get; init; }

    /// <summary>Gets what was asked for.</summary>
    public required PrioritizedOptions Options { get; init; }

    /// <summary>Gets the model that every arm trained.</summary>
    public required StudyModel Model { get; init; }

    /// <summary>Gets how often everything was trained.</summary>
    public required int RepeatCount { get; init; }

    /// <summary>Gets the groups that DP and its kin served, in the order of the cohort.</summary>
    public required IReadOnlyList<string> Served { get; init; }

    /// <summary>Gets the representation of every group, for each split that has rows.</summary>
    public required IReadOnlyDictionary<CohortSplit, IReadOnlyList<BiasRow>> Bias { get; init; }

    /// <summary>Gets what is counted where rows of one patient belong together, in the plural.</summary>
    public required string PatientNoun { get; init; }

    /// <summary>Gets how the rows on which DP chose were come by.</summary>
    public required string SelectionRows { get; init; }

    /// <summary>Gets the arms, repeat by repeat, in the order of the methods and of the groups that they serve.</summary>
    public required IReadOnlyList<TrainedArm> Arms { get; init; }

    /// <summary>Gets the arms that could not be trained.</summary>
    public required IReadOnlyList<SkippedArm> Skipped { get; init; }

    /// <summary>Gets the intervals: of an arm that serves everyone in every group, of another in the group that it serves and over everyone.</summary>
    public required IReadOnlyList<ArmIntervals> Intervals { get; init; }

    /// <summary>
    /// Gets the paired differences: of every arm from no resampling, in every group, or in the group that it serves and over everyone; and of every arm that serves everyone, or the same group, from DP for a
    /// group, in that group and over everyone.
    /// </summary>
    public required IReadOnlyList<ArmDifference> Differences { get; init; }

    /// <summary>Gets the names of the arms that were trained, each once, in order.</summary>
    public IReadOnlyList<ArmName> Names => [.. Arms.Select(arm => arm.Name).Distinct()];

    /// <summary>Returns the repeats of an arm; none when it was not trained.</summary>
    public IReadOnlyList<TrainedArm> RepeatsOf(ArmName name) => [.. Arms.Where(arm => arm.Name == name)];

    /// <summary>Returns the mean over repeats of a metric of the test rows; null where a repeat has none.</summary>
    public double? MeanOf(ArmName name, string group, ScoreMetric metric) => SpreadOf(name, group, metric).Mean;

    /// <summary>Returns the deviation over repeats, divided by their number, as the paper has it; null where a repeat has none.</summary>
    public double? DeviationOf(ArmName name, string group, ScoreMetric metric) => SpreadOf(name, group, metric).Deviation;

    /// <summary>Returns the interval of a metric; null where there is none.</summary>
    public MetricInterval? IntervalOf(ArmName name, string group, ScoreMetric metric) =>
        Intervals.FirstOrDefault(one => one.Name == name)?.Groups.FirstOrDefault(one => one.Group == group)?.Table[metric];

    /// <summary>Returns the paired difference of two arms; null where there is none.</summary>
    public MetricInterval? DifferenceOf(ArmName name, ArmName against, string group, ScoreMetric metric) =>
        Differences.FirstOrDefault(one => one.Name == name && one.Against == against)?.Groups.FirstOrDefault(one => one.Group == group)?.Table[metric];

    private MetricSpread SpreadOf(ArmName name, string group, ScoreMetric metric) => MetricSpread.Of(RepeatsOf(name).Select(arm => arm.ValueOf(group, metric)));
}
