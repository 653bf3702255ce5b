using Bench.Cohorts;
using Bench.Studies.MainJob;
using Engine.Metrics;

namespace Bench.Report.Results;

/// <summary>How predictions fall on a group beside everyone, all others, or a reference group.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Split">"test".</param>
/// <param name="Group">The group.</param>
/// <param name="Against">"everyone", "rest" or "reference".</param>
/// <param name="Reference">The name of the reference group; null for everyone and the rest.</param>
/// <param name="Metric">The name of a <see cref="FairnessMetric"/>; equalized odds by their worst case.</param>
/// <param name="Estimate">The value; null where undefined.</param>
/// <param name="StandardError">Its standard deviation over the draws.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="UndefinedDraws">Draws in which it is undefined; they are left out.</param>
/// <param name="Reason">Why it is undefined; null where it is not.</param>
internal sealed record GroupFairnessEntry(
    string Method,
    string Split,
    string Group,
    string Against,
    string? Reference,
    string Metric,
    double? Estimate,
    double? StandardError,
    double? Lower,
    double? Upper,
    int? UndefinedDraws,
    string? Reason)
{
    /// <summary>The group is compared with everyone, itself included.</summary>
    public const string Everyone = "everyone";

    /// <summary>The group is compared with all who are not in it.</summary>
    public const string Rest = "rest";

    /// <summary>The group is compared with another.</summary>
    public const string OtherGroup = "reference";

    /// <summary>Lists every method, group, reference and metric.</summary>
    public static IEnumerable<GroupFairnessEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        let names = method.Replicates.Groups.ToList()
        let reference = result.Options.Reference is { } name ? names.FindIndex(one => string.Equals(one, name, StringComparison.OrdinalIgnoreCase)) : -1
        from place in Enumerable.Range(0, names.Count)
        where names[place] != Cohort.Everyone
        from against in new[] { Everyone, Rest, OtherGroup }
        where against != OtherGroup || (reference >= 0 && reference != place)
        from metric in Enum.GetValues<FairnessMetric>()
        select From(method, names, place, against, reference, metric);

    private static GroupFairnessEntry From(MethodResult method, List<string> names, int group, string against, int reference, FairnessMetric metric)
    {
        var everyone = names.IndexOf(Cohort.Everyone);
        var counts = method.Replicates.Counts;
        var reason = FairnessReason.OfRates(metric, names[group], counts[group])
            ?? FairnessReason.OfRates(metric, against == OtherGroup ? names[reference] : against, Other(counts));
        var interval = reason is null ? method.Replicates.Estimate(drawn => Fairness.TryCompare(metric, drawn[group], Other(drawn), out var value) ? value : null) : null;
        return new GroupFairnessEntry(
            method.Method, SplitName.Of(CohortSplit.Test), names[group], against, against == OtherGroup ? names[reference] : null, MetricName.KeyOf(metric),
            interval?.Estimate, interval?.StandardError, interval?.Lower, interval?.Upper, interval?.UndefinedCount, reason ?? (interval is null ? FairnessReason.OfRatio : null));

        ConfusionCounts Other(IReadOnlyList<ConfusionCounts> drawn) => against switch
        {
            Everyone => drawn[everyone],
            Rest => drawn[everyone].Without(drawn[group]),
            _ => drawn[reference],
        };
    }
}
