using Bench.Studies;
using Bench.Studies.MainJob;
using Engine.Metrics;

namespace Bench.Report.Results;

/// <summary>How far apart the groups of one family lie, by one metric.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Split">"validation" or "test".</param>
/// <param name="Family">"sex", "ethnicity" or "age", or the column of a table.</param>
/// <param name="Metric">A metric, by its name in the metrics array.</param>
/// <param name="Groups">The groups that were compared: those with rows of both classes.</param>
/// <param name="Best">The best served of them.</param>
/// <param name="Worst">The worst served.</param>
/// <param name="Relative">Largest / smallest value; null when the smallest is 0 or below.</param>
/// <param name="Absolute">Largest - smallest value.</param>
internal sealed record DisparityEntry(string Method, string Split, string Family, string Metric, IReadOnlyList<string> Groups, string Best, string Worst, double? Relative, double Absolute)
{
    /// <summary>Lists every method, split, family and metric for which two groups or more have a value, and rows of both classes.</summary>
    public static IEnumerable<DisparityEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from table in method.Tables.OrderBy(table => table.Key)
        from family in GroupFamily.Of(result.Cohort, [.. table.Value.Rows.Select(row => row.Group)])
        from metric in Enum.GetValues<ScoreMetric>()
        where MetricName.IsOfService(metric)
        let groups = family.Groups.Where(name => JudgedMetric.HasBothClasses(table.Value[name]) && table.Value[name][metric].HasValue).ToArray()
        where groups.Length > 1
        select From(method.Method, SplitName.Of(table.Key), family.Name, metric, groups, table.Value);

    private static DisparityEntry From(string method, string split, string family, ScoreMetric metric, string[] groups, SubgroupTable table)
    {
        double? relative = table.TryComputeRelativeDisparity(metric, groups, out var ratio) ? ratio : null;
        table.TryComputeAbsoluteDisparity(metric, groups, out var absolute);
        var ordered = groups.OrderBy(group => table[group][metric]).ToArray();
        var (best, worst) = MetricName.IsLessBetter(metric) ? (ordered[0], ordered[^1]) : (ordered[^1], ordered[0]);
        return new DisparityEntry(method, split, family, MetricName.KeyOf(metric), groups, best, worst, relative, absolute);
    }
}
