using Bench.Cohorts;
using Bench.Studies;
using Bench.Studies.MainJob;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Report.Results;

/// <summary>The metrics of one method for one group of one split.</summary>
internal sealed record MetricEntry : MetricFields
{
    private MetricEntry(MetricSet metrics, BiasRow counts)
        : base(metrics, counts, metric => JudgedMetric.Of(metrics, metric))
    {
    }

    /// <summary>Gets the resampling method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the group.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the split, "validation" or "test".</summary>
    public required string Split { get; init; }

    /// <summary>Lists every method, split and group.</summary>
    public static IEnumerable<MetricEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from table in method.Tables.OrderBy(table => table.Key)
        from row in table.Value.Rows.Zip(result.Bias[table.Key])
        select new MetricEntry(row.First.Metrics, row.Second)
        {
            Method = method.Method,
            Model = result.Model.Kind.Name,
            Group = row.First.Group,
            Split = SplitName.Of(table.Key),
        };
}

/// <summary>How far chance may have moved a metric, or its difference from no resampling.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Split">"test".</param>
/// <param name="Group">The group.</param>
/// <param name="Metric">A metric, by its name in the metrics array.</param>
/// <param name="Estimate">The value, or the difference.</param>
/// <param name="StandardError">Its standard deviation over the draws.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="UndefinedDraws">Draws in which it is undefined; they are left out.</param>
internal sealed record IntervalEntry(
    string Method, string Split, string Group, string Metric, double Estimate, double StandardError, double Lower, double Upper, int UndefinedDraws)
{
    /// <summary>Lists the intervals of every method, group and metric.</summary>
    public static IEnumerable<IntervalEntry> ListOf(MainJobResult result) => ListOf(result, static method => method.Intervals);

    /// <summary>Lists the intervals of differences from no resampling.</summary>
    public static IEnumerable<IntervalEntry> ListDifferencesOf(MainJobResult result) => ListOf(result, static method => method.Differences);

    /// <summary>Lists the intervals of every method, group and measure of calibration.</summary>
    public static IEnumerable<IntervalEntry> ListCalibrationOf(MainJobResult result) =>
        from method in result.Methods
        from one in method.Calibration
        from metric in Enum.GetValues<CalibrationMetric>()
        where one[metric].HasValue
        select From(method, one.Group, MetricName.KeyOf(metric), one[metric]!.Value);

    private static IntervalEntry From(MethodResult method, string group, string metric, MetricInterval interval) => new(
        method.Method, SplitName.Of(CohortSplit.Test), group, metric, interval.Estimate, interval.StandardError, interval.Lower, interval.Upper, interval.UndefinedCount);

    private static IEnumerable<IntervalEntry> ListOf(MainJobResult result, Func<MethodResult, IReadOnlyList<SubgroupIntervals>> intervalsOf) =>
        from method in result.Methods
        from one in intervalsOf(method)
        let metrics = method.Tables[CohortSplit.Test][one.Group]
        from metric in MethodIntervals.Metrics
        where JudgedMetric.Of(metrics, metric).HasValue && one.Table[metric].HasValue
        select From(method, one.Group, MetricName.KeyOf(metric), one.Table[metric]!.Value);
}

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

/// <summary>The AUROC of a method beside that of no resampling on the same rows, by DeLong's method.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Split">"test".</param>
/// <param name="Group">The group.</param>
/// <param name="Auroc">The AUROC of the method; this and all below null unless the group has two rows of each class.</param>
/// <param name="BaselineAuroc">That of no resampling.</param>
/// <param name="Difference">The first less the second.</param>
/// <param name="StandardError">That of the difference.</param>
/// <param name="Lower">Lower end of its 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Z">Difference / standard error; null where that is 0.</param>
/// <param name="PValue">Two-sided, for no difference.</param>
/// <param name="Reason">Why it is undefined; null where it is not.</param>
internal sealed record AurocComparisonEntry(
    string Method,
    string Split,
    string Group,
    double? Auroc,
    double? BaselineAuroc,
    double? Difference,
    double? StandardError,
    double? Lower,
    double? Upper,
    double? Z,
    double? PValue,
    string? Reason)
{
    /// <summary>Lists every method and group.</summary>
    public static IEnumerable<AurocComparisonEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from one in method.AurocComparisons
        let compared = one.Value
        select new AurocComparisonEntry(
            method.Method, SplitName.Of(CohortSplit.Test), one.Group, compared?.First.Auroc, compared?.Second.Auroc, compared?.Difference, compared?.StandardError,
            compared?.Lower, compared?.Upper, compared?.Z, compared?.PValue, compared is null ? "fewer than two rows of a class" : null);
}
