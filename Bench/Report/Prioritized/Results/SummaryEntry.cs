using Bench.Cohorts;
using Bench.Studies.Prioritized;
using Engine.Metrics;

namespace Bench.Report.Prioritized.Results;

/// <summary>A metric of the test rows over the repeats of an arm.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Served">The group that it serves; null for everyone.</param>
/// <param name="Group">The group that is judged.</param>
/// <param name="Metric">A metric, by its name in the metrics array.</param>
/// <param name="Repeats">The repeats.</param>
/// <param name="UndefinedRepeats">Those without a value.</param>
/// <param name="Mean">The mean; null where a repeat has no value.</param>
/// <param name="Deviation">The standard deviation over repeats, divided by their number.</param>
/// <param name="StandardError">The standard deviation of the mean over draws of patients; null where there is no interval.</param>
/// <param name="Lower">Lower end of the 95 % interval of the mean.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="UndefinedDraws">Draws in which it is undefined; null where there is no interval.</param>
internal sealed record SummaryEntry(
    string Method,
    string? Served,
    string Group,
    string Metric,
    int Repeats,
    int UndefinedRepeats,
    double? Mean,
    double? Deviation,
    double? StandardError,
    double? Lower,
    double? Upper,
    int? UndefinedDraws)
{
    /// <summary>Lists every arm, group and metric.</summary>
    public static IEnumerable<SummaryEntry> ListOf(JudgedStudy study) =>
        from name in study.Names
        from row in study.Result.Bias[CohortSplit.Test]
        from metric in Enum.GetValues<ScoreMetric>()
        where metric != ScoreMetric.Prevalence
        let spread = study.SpreadOf(name, row.Group, metric)
        let interval = study.IntervalOf(name, row.Group, metric)
        select new SummaryEntry(
            name.Method,
            name.Served,
            row.Group,
            MetricName.KeyOf(metric),
            study.RepeatsOf(name).Count(),
            spread.UndefinedCount,
            spread.Mean,
            spread.Deviation,
            interval?.StandardError,
            interval?.Lower,
            interval?.Upper,
            interval?.UndefinedCount);
}
