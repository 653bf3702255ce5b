using Bench.Studies;
using Bench.Studies.Prioritized;

namespace Bench.Report.Prioritized.Results;

/// <summary>A metric of an arm less that of another, over the test rows, on the same draws of patients.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Served">The group that it serves; null for everyone.</param>
/// <param name="AgainstMethod">The method that is subtracted.</param>
/// <param name="AgainstServed">The group that that one serves; null for everyone.</param>
/// <param name="Group">The group that is judged.</param>
/// <param name="Metric">A metric, by its name in the metrics array.</param>
/// <param name="Estimate">The difference of the means over repeats.</param>
/// <param name="StandardError">Its standard deviation over the draws.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="UndefinedDraws">Draws in which it is undefined; they are left out.</param>
internal sealed record DifferenceEntry(
    string Method,
    string? Served,
    string AgainstMethod,
    string? AgainstServed,
    string Group,
    string Metric,
    double Estimate,
    double StandardError,
    double Lower,
    double Upper,
    int UndefinedDraws)
{
    /// <summary>Lists every pair that was compared, group and metric; undefined ones are left out.</summary>
    public static IEnumerable<DifferenceEntry> ListOf(JudgedStudy study) =>
        from pair in study.Result.Differences
        from one in pair.Groups
        from metric in MethodIntervals.Metrics
        let difference = study.DifferenceOf(pair.Name, pair.Against, one.Group, metric)
        where difference.HasValue
        select new DifferenceEntry(
            pair.Name.Method,
            pair.Name.Served,
            pair.Against.Method,
            pair.Against.Served,
            one.Group,
            MetricName.KeyOf(metric),
            difference.Value.Estimate,
            difference.Value.StandardError,
            difference.Value.Lower,
            difference.Value.Upper,
            difference.Value.UndefinedCount);
}
