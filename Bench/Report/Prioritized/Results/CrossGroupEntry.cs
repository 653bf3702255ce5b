using Bench.Cohorts;
using Bench.Studies.Arms;
using Bench.Studies.Prioritized;
using Engine.Metrics;

namespace Bench.Report.Prioritized.Results;

/// <summary>How a model that serves one group does in a group of the same trait, over the test rows.</summary>
/// <param name="Family">The trait.</param>
/// <param name="Method">"none", or "dp".</param>
/// <param name="Served">The group that the model serves; null for the original.</param>
/// <param name="Group">The group that is judged.</param>
/// <param name="Positives">Its test rows of class 1.</param>
/// <param name="PositiveStays">Its test stays with class 1, or patients.</param>
/// <param name="Metric">A metric, by its name in the metrics array.</param>
/// <param name="Mean">The mean over repeats; null where a repeat has no value.</param>
/// <param name="Deviation">The standard deviation over repeats.</param>
/// <param name="IsMatching">Whether the model serves the group that is judged.</param>
internal sealed record CrossGroupEntry(
    string Family, string Method, string? Served, string Group, long Positives, long PositiveStays, string Metric, double? Mean, double? Deviation, bool IsMatching)
{
    /// <summary>Gets the metrics of figure 6.</summary>
    public static IReadOnlyList<ScoreMetric> Metrics { get; } = [ScoreMetric.RecallC1, ScoreMetric.BalancedAccuracy];

    /// <summary>Lists every trait of which a group is served: the original and the DP models, judged on all of its groups that have test rows.</summary>
    public static IEnumerable<CrossGroupEntry> ListOf(JudgedStudy study) =>
        from family in study.Families
        from metric in Metrics
        from name in ModelsOf(study, family.Groups)
        from judged in family.Groups.Where(study.Groups.Contains)
        let counts = study.CountsOf(CohortSplit.Test, judged)
        let spread = study.SpreadOf(name, judged, metric)
        select new CrossGroupEntry(
            family.Name, name.Method, name.Served, judged, counts.PositiveCount, counts.PositiveClusterCount, MetricName.KeyOf(metric), spread.Mean, spread.Deviation, name.Served == judged);

    /// <summary>Lists the original, where there is one, and the DP models for groups of a trait; none where no group of it is served.</summary>
    public static IReadOnlyList<ArmName> ModelsOf(JudgedStudy study, IReadOnlyList<string> groups)
    {
        var prioritized = study.Names.Where(name => name.Method == ResamplingMethod.DoublePrioritized && groups.Contains(name.Served!)).ToArray();
        return prioritized.Length == 0 ? [] : [.. new[] { study.Original }.OfType<ArmName>(), .. prioritized];
    }
}
