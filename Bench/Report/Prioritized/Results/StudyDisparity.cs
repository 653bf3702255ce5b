using Bench.Cohorts;
using Bench.Report.Results;
using Bench.Studies.Prioritized;
using Engine.Metrics;

namespace Bench.Report.Prioritized.Results;

/// <summary>How far apart the groups of a trait lie under a method: means over repeats, over the test rows.</summary>
/// <remarks>Of a method that serves one group, each served group is judged by its own model, and the others by the original: what patients would meet.</remarks>
internal static class StudyDisparity
{
    /// <summary>Lists every method, trait and metric for which two groups or more have a value.</summary>
    public static IEnumerable<DisparityEntry> ListOf(JudgedStudy study) =>
        from method in study.Names.Select(name => name.Method).Distinct()
        from family in study.Families
        from metric in Enum.GetValues<ScoreMetric>()
        where MetricName.IsOfService(metric)
        let values = ValuesOf(study, method, family.Groups, metric)
        where values.Count > 1
        select From(method, family.Name, metric, values);

    private static List<(string Group, double Value)> ValuesOf(JudgedStudy study, string method, IReadOnlyList<string> groups, ScoreMetric metric)
    {
        var values = new List<(string, double)>();
        foreach (var group in groups)
        {
            var name = study.Find(method, null) ?? study.Find(method, group) ?? study.Original;
            if (name is not null && study.MeanOf(name, group, metric) is { } value)
                values.Add((group, value));
        }

        return values;
    }

    private static DisparityEntry From(string method, string family, ScoreMetric metric, List<(string Group, double Value)> values)
    {
        var ordered = values.OrderBy(one => one.Value).ToArray();
        var (least, most) = (ordered[0], ordered[^1]);
        var (best, worst) = MetricName.IsLessBetter(metric) ? (least, most) : (most, least);
        return new DisparityEntry(
            method,
            SplitName.Of(CohortSplit.Test),
            family,
            MetricName.KeyOf(metric),
            [.. values.Select(one => one.Group)],
            best.Group,
            worst.Group,
            least.Value > 0 ? most.Value / least.Value : null,
            most.Value - least.Value);
    }
}
