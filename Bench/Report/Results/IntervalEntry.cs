using Bench.Cohorts;
using Bench.Studies;
using Bench.Studies.MainJob;
using Engine.Metrics;

namespace Bench.Report.Results;

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
