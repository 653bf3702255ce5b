using Bench.Cohorts;
using Bench.Studies.MainJob;
using Engine.Metrics;

namespace Bench.Report.Results;

/// <summary>How unequally predictions fall on the groups of one family, as fairlearn defines it.</summary>
/// <param name="Method">The resampling method.</param>
/// <param name="Split">"test".</param>
/// <param name="Family">"sex", "ethnicity" or "age", or the column of a table.</param>
/// <param name="Comparison">"betweenGroups" or "toOverall".</param>
/// <param name="Metric">The name of a <see cref="FairnessMetric"/>; equalized odds by their worst case.</param>
/// <param name="Groups">The groups that were compared: those whose rates are defined.</param>
/// <param name="Estimate">The value; null where undefined.</param>
/// <param name="StandardError">Its standard deviation over the draws.</param>
/// <param name="Lower">Lower end of the 95 % interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="UndefinedDraws">Draws in which it is undefined; they are left out.</param>
/// <param name="Reason">Why it is undefined; null where it is not.</param>
internal sealed record FairnessEntry(
    string Method,
    string Split,
    string Family,
    string Comparison,
    string Metric,
    IReadOnlyList<string> Groups,
    double? Estimate,
    double? StandardError,
    double? Lower,
    double? Upper,
    int? UndefinedDraws,
    string? Reason)
{
    /// <summary>The comparison of the largest rate with the smallest.</summary>
    public const string BetweenGroups = "betweenGroups";

    /// <summary>The comparison of the group farthest off with everyone.</summary>
    public const string ToOverall = "toOverall";

    /// <summary>Lists every method, family, metric and comparison.</summary>
    public static IEnumerable<FairnessEntry> ListOf(MainJobResult result) =>
        from method in result.Methods
        from family in GroupFamily.Of(result.Cohort, method.Replicates.Groups)
        from metric in Enum.GetValues<FairnessMetric>()
        from comparison in new[] { BetweenGroups, ToOverall }
        select From(method, family, metric, comparison);

    private static FairnessEntry From(MethodResult method, GroupFamily family, FairnessMetric metric, string comparison)
    {
        var (counts, names) = (method.Replicates.Counts, method.Replicates.Groups.ToList());
        int[] places = [.. family.Groups.Select(name => names.IndexOf(name)).Where(place => FairnessReason.OfRates(metric, names[place], counts[place]) is null)];
        var interval = places.Length < 2 ? null : method.Replicates.Estimate(drawn => ValueOf(metric, comparison, Array.ConvertAll(places, place => drawn[place]), drawn[names.IndexOf(Cohort.Everyone)]));
        var reason = interval is not null ? null
            : places.Length < 2 ? $"{places.Length} of the groups {(places.Length == 1 ? "has" : "have")} {FairnessReason.NeededBy(metric)}; two are needed"
            : FairnessReason.OfRatio;
        return new FairnessEntry(
            method.Method, SplitName.Of(CohortSplit.Test), family.Name, comparison, MetricName.KeyOf(metric), [.. places.Select(place => names[place])],
            interval?.Estimate, interval?.StandardError, interval?.Lower, interval?.Upper, interval?.UndefinedCount, reason);
    }

    private static double? ValueOf(FairnessMetric metric, string comparison, ConfusionCounts[] groups, ConfusionCounts everyone)
    {
        var isDefined = comparison == BetweenGroups
            ? Fairness.TryComputeBetweenGroups(metric, groups, out var value)
            : Fairness.TryComputeToOverall(metric, groups, everyone, out value);
        return isDefined ? value : null;
    }
}

/// <summary>Why a comparison of groups is undefined.</summary>
internal static class FairnessReason
{
    /// <summary>All rates are defined, and yet there is no ratio.</summary>
    public const string OfRatio = "a ratio to a rate of 0";

    /// <summary>Says which rows a group lacks; null where its rates are defined.</summary>
    public static string? OfRates(FairnessMetric metric, string group, ConfusionCounts counts) => metric switch
    {
        _ when counts.RowCount == 0 => $"{group}: no rows",
        FairnessMetric.DemographicParityDifference or FairnessMetric.DemographicParityRatio => null,
        _ when counts.PositiveCount == 0 => $"{group}: no row of C1",
        FairnessMetric.EqualizedOddsDifference or FairnessMetric.EqualizedOddsRatio when counts.NegativeCount == 0 => $"{group}: no row of C0",
        _ => null,
    };

    /// <summary>Says what a group must have.</summary>
    public static string NeededBy(FairnessMetric metric) => metric switch
    {
        FairnessMetric.DemographicParityDifference or FairnessMetric.DemographicParityRatio => "rows",
        FairnessMetric.EqualOpportunityDifference or FairnessMetric.EqualOpportunityRatio => "rows of C1",
        _ => "rows of both classes",
    };
}

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
