using Bench.Report.Results;

namespace Bench.Report.Html;

/// <summary>The tables that compare groups, and those of calibration.</summary>
internal sealed class FairnessTables(ResultsDocument document, ReportView view)
{
    private static readonly string[] s_fairness = ["demographicParityDifference", "demographicParityRatio", "equalizedOddsDifference", "equalizedOddsRatio", "equalOpportunityDifference"];
    private static readonly string[] s_fairnessTitles = ["Demographic parity difference", "ratio", "Equalized odds difference", "ratio", "Equal opportunity difference"];
    private static readonly string[] s_calibration = ["brier", "logLoss", "expectedCalibrationError", "calibrationIntercept", "calibrationSlope", "calibrationInTheLarge"];

    private readonly Dictionary<(string Method, string Group, string Metric), IntervalEntry> _intervals =
        document.CalibrationIntervals.ToDictionary(entry => (entry.Method, entry.Group, entry.Metric));

    /// <summary>Builds those that the document has.</summary>
    public IEnumerable<ReportTable> Build() => new[] { BetweenGroups(), OfGroups(), Calibration(), Aurocs() }.OfType<ReportTable>();

    private ReportTable? BetweenGroups()
    {
        var entries = document.Fairness.Where(entry => entry.Comparison == FairnessEntry.BetweenGroups).ToLookup(entry => (entry.Family, entry.Method));
        return entries.Count == 0 ? null : new(
            "table-fairness",
            "Fairness between groups, test rows",
            "fairness.csv",
            $"The largest rate less the smallest, and the smallest over the largest, as fairlearn has them: of selection rates; of recall and false positive rate, whichever is worse; of recall. 0 of a difference, 1 of a ratio is parity. In brackets: 95 % intervals, drawn by whole {view.StayNoun}.",
            HtmlTable.Of(
                ["Between groups of", "Method", .. s_fairnessTitles],
                nameColumns: 2,
                entries.OrderBy(pair => document.Fairness.Select(entry => entry.Family).Distinct().ToList().IndexOf(pair.Key.Family)).Select(pair => (string[])
                [
                    pair.Key.Family,
                    view.TitleOf(pair.Key.Method),
                    .. s_fairness.Select(metric => pair.First(entry => entry.Metric == metric)).Select(entry => Cell(entry.Estimate, entry.Lower, entry.Upper)),
                ])));
    }

    private ReportTable? OfGroups()
    {
        var entries = document.GroupFairness.Where(entry => entry.Against != GroupFairnessEntry.Everyone).ToLookup(entry => (entry.Group, entry.Method, entry.Against));
        return entries.Count == 0 ? null : new(
            "table-group-fairness",
            "Fairness of every group, test rows",
            "group-fairness.csv",
            "Each group less, and over, all other rows or the reference group: below 0, or 1, where the group has less. Equalized odds have no direction. A dash is undefined; the file says why, and compares with everyone too.",
            HtmlTable.Of(
                ["Group", "Method", "Against", .. s_fairnessTitles],
                nameColumns: 3,
                entries.OrderBy(pair => pair.Key.Group == view.Prioritized ? 0 : 1).ThenBy(pair => document.GroupFairness.Select(entry => entry.Group).Distinct().ToList().IndexOf(pair.Key.Group)).Select(pair => (string[])
                [
                    GroupName.TitleOf(pair.Key.Group),
                    view.TitleOf(pair.Key.Method),
                    pair.First().Reference is { } reference ? GroupName.TitleOf(reference) : "all others",
                    .. s_fairness.Select(metric => pair.First(entry => entry.Metric == metric)).Select(entry => Cell(entry.Estimate, entry.Lower, entry.Upper)),
                ])));
    }

    private ReportTable? Calibration() => document.Calibration.Count == 0 ? null : new(
        "table-calibration",
        "Calibration of every group, test rows",
        "calibration.csv",
        "Intercept and slope are those of the logistic regression of the class on the log odds of the probability, 0 and 1 of perfect probabilities; in the large, the intercept beside a slope of 1. "
            + "A dash is undefined, as all is in a group without rows of both classes. Probabilities of 0 or 1 are taken 2^-52 inside.",
        HtmlTable.Of(
            ["Group", "Method", "Rows", "C1", "at 0 or 1", "Brier", "Log loss", "ECE", "Intercept", "Slope", "In the large"],
            nameColumns: 2,
            document.Calibration.GroupBy(entry => entry.Group).SelectMany(group => group).Select(entry => (string[])
            [
                GroupName.TitleOf(entry.Group),
                view.TitleOf(entry.Method),
                $"{entry.N:N0}",
                $"{entry.Positives:N0}",
                $"{entry.CertainRows:N0}",
                .. s_calibration.Select(metric => entry.Positives > 0 && entry.Positives < entry.N && _intervals.TryGetValue((entry.Method, entry.Group, metric), out var interval)
                    ? Cell(interval.Estimate, interval.Lower, interval.Upper) : ValueText.Undefined),
            ])));

    private ReportTable? Aurocs() => document.AurocComparisons.Count == 0 ? null : new(
        "table-aurocs",
        "AUROC beside no resampling, test rows",
        "auroc-comparisons.csv",
        $"DeLong's comparison on the same rows, which are independent here: each of the {view.StayNoun} has one. In brackets the 95 % interval; p is that of no difference.",
        HtmlTable.Of(
            ["Group", "Method", "AUROC", "No resampling", "Difference", "p"],
            nameColumns: 2,
            document.AurocComparisons.GroupBy(entry => entry.Group).SelectMany(group => group).Select(entry => new[]
            {
                GroupName.TitleOf(entry.Group),
                view.TitleOf(entry.Method),
                ValueText.Of(entry.Auroc),
                ValueText.Of(entry.BaselineAuroc),
                Cell(entry.Difference, entry.Lower, entry.Upper),
                entry.PValue is < .001 ? "< 0.001" : ValueText.Of(entry.PValue),
            })));

    private static string Cell(double? value, double? lower, double? upper) => value is null ? ValueText.Undefined
        : lower is null ? ValueText.Of(value) : $"{ValueText.Of(value)} [{ValueText.Of(lower, "0.00")}, {ValueText.Of(upper, "0.00")}]";
}
