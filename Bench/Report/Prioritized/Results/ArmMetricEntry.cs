using Bench.Cohorts;
using Bench.Report.Results;
using Bench.Studies.Prioritized;
using Engine.Metrics;

namespace Bench.Report.Prioritized.Results;

/// <summary>The metrics of one arm and repeat for one group of one split; null where they say nothing of the group: see <see cref="JudgedStudy"/>.</summary>
internal sealed record ArmMetricEntry : MetricFields
{
    private ArmMetricEntry(JudgedStudy study, TrainedArm arm, CohortSplit split, SubgroupRow row)
        : base(
            row.Metrics,
            study.CountsOf(split, row.Group),
            metric => metric == ScoreMetric.Prevalence ? row.Metrics.Prevalence : study.ValueOf(arm, split, row.Group, metric))
    {
    }

    /// <summary>Gets the resampling method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the group that it serves; null for everyone.</summary>
    public required string? Served { get; init; }

    /// <summary>Gets the repeat, from 1.</summary>
    public required int Repeat { get; init; }

    /// <summary>Gets the split, "validation" or "test".</summary>
    public required string Split { get; init; }

    /// <summary>Gets the group that is judged.</summary>
    public required string Group { get; init; }

    /// <summary>Lists every arm, repeat, split and group.</summary>
    public static IEnumerable<ArmMetricEntry> ListOf(JudgedStudy study) =>
        from arm in study.Result.Arms
        from table in arm.Tables.OrderBy(table => table.Key)
        from row in table.Value
        select new ArmMetricEntry(study, arm, table.Key, row)
        {
            Method = arm.Name.Method,
            Served = arm.Name.Served,
            Repeat = arm.Repeat,
            Split = SplitName.Of(table.Key),
            Group = row.Group,
        };
}
