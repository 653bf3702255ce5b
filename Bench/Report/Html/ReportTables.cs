using Bench.Report.Results;

namespace Bench.Report.Html;

/// <summary>The tables of the report, below the pictures.</summary>
internal sealed class ReportTables
{
    private static readonly string[] s_compared = ["recallC1", "precisionC1", "balancedAccuracy", "auroc", "averagePrecision"];

    private readonly ResultsDocument _document;
    private readonly ReportView _view;
    private readonly string _split;
    private readonly string _stays;
    private readonly Dictionary<(string Method, string Group, string Metric), IntervalEntry> _intervals;

    /// <summary>Prepares the tables of a document.</summary>
    /// <param name="document">The numbers.</param>
    /// <param name="view">The split that the tables of metrics show, and names.</param>
    public ReportTables(ResultsDocument document, ReportView view)
    {
        _document = document;
        _view = view;
        _split = SplitName.Of(view.Split);
        _stays = Capital.Of(view.StayNoun);
        _intervals = document.Intervals.Where(entry => entry.Split == _split).ToDictionary(entry => (entry.Method, entry.Group, entry.Metric));
    }

    /// <summary>Builds all tables that this document has.</summary>
    public IReadOnlyList<ReportTable> Build() =>
    [
        .. new[] { Methods(), Skipped(), Metrics(), Differences(), Disparity() }.OfType<ReportTable>(),
        .. new FairnessTables(_document, _view).Build(),
        .. new[] { Bias(), Units(), Coefficients() }.OfType<ReportTable>(),
    ];

    private ReportTable Methods() => new(
        "table-methods",
        "Methods",
        "methods.csv",
        "Repeated and synthetic rows are counted. Standard errors of a fit on them would count patients that do not exist, so none are shown; the intervals of the metrics come from the rows that judge, which nothing repeats.",
        HtmlTable.Of(
            ["Method", "Name in files", "Model", "Fit", "Training rows", "Seconds"],
            nameColumns: 4,
            _document.Methods.Select(method => new[] { _view.TitleOf(method.Method), method.Method, method.Model, method.FitStatus, $"{method.TrainingRows:N0}", $"{method.Seconds:0.00}" })));

    private ReportTable? Skipped() => _document.Skipped.Count == 0 ? null : new(
        "table-skipped",
        "Methods that could not run",
        "skipped.csv",
        string.Empty,
        HtmlTable.Of(["Method", "Reason"], nameColumns: 2, _document.Skipped.Select(method => new[] { _view.TitleOf(method.Method), method.Reason })));

    private ReportTable Metrics() => new(
        "table-metrics",
        $"Metrics of every group, {_split} rows",
        "metrics.csv",
        $"In brackets: 95 % intervals, drawn by whole {_view.StayNoun}. A dash is undefined. AP is average precision, trapezoid the same area by straight lines, as the first study has it.",
        HtmlTable.Of(
            ["Group", "Method", _stays, "with C1", "Rows", "C1", "Recall C1", "Precision C1", "Balanced acc.", "AUROC", "AP C1", "Trapezoid C1", "MCC", "Divergence", "Brier"],
            nameColumns: 2,
            _document.Metrics.Where(entry => entry.Split == _split).GroupBy(entry => entry.Group).SelectMany(group => group).Select(entry => new[]
            {
                GroupName.TitleOf(entry.Group),
                _view.TitleOf(entry.Method),
                $"{entry.Stays:N0}",
                $"{entry.PositiveStays:N0}",
                $"{entry.N:N0}",
                $"{entry.Positives:N0}",
                Cell(entry, "recallC1", entry.RecallC1),
                Cell(entry, "precisionC1", entry.TruePositives + entry.FalsePositives == 0 ? null : entry.PrecisionC1),
                Cell(entry, "balancedAccuracy", entry.BalancedAccuracy),
                Cell(entry, "auroc", entry.Auroc),
                Cell(entry, "averagePrecision", entry.AveragePrecision),
                Cell(entry, "trapezoidPr", entry.TrapezoidPr),
                Cell(entry, "mcc", entry.Mcc),
                Cell(entry, "divergenceDual", entry.DivergenceDual),
                Cell(entry, "brier", entry.Brier),
            })));

    // A group without rows of both classes tells nothing of how well it is served.
    private string Cell(MetricEntry entry, string metric, double? value)
    {
        if (value is null || entry.BalancedAccuracy is null)
            return ValueText.Undefined;
        return _intervals.TryGetValue((entry.Method, entry.Group, metric), out var interval) ? $"{ValueText.Of(value)} {Range(interval)}" : ValueText.Of(value);
    }

    private static string Range(IntervalEntry interval) => $"[{ValueText.Of(interval.Lower, "0.00")}, {ValueText.Of(interval.Upper, "0.00")}]";

    private ReportTable? Differences()
    {
        var entries = _document.Differences.Where(entry => entry.Split == _split).ToLookup(entry => (entry.Group, entry.Method));
        return entries.Count == 0 ? null : new(
            "table-differences",
            "Differences from no resampling",
            "differences.csv",
            "The metric of the method less that of no resampling, on the same draws; an interval that holds 0 may be chance.",
            HtmlTable.Of(
                ["Group", "Method", "Recall C1", "Precision C1", "Balanced accuracy", "AUROC", "AP C1"],
                nameColumns: 2,
                entries.OrderBy(pair => pair.Key.Group == _view.Prioritized ? 0 : 1).Select(pair => (string[])
                [
                    GroupName.TitleOf(pair.Key.Group),
                    _view.TitleOf(pair.Key.Method),
                    .. s_compared.Select(metric =>
                        pair.FirstOrDefault(entry => entry.Metric == metric) is { } entry ? $"{ValueText.Of(entry.Estimate, "+0.000;-0.000;0.000")} {Range(entry)}" : ValueText.Undefined),
                ])));
    }

    private ReportTable? Disparity()
    {
        var entries = _document.Disparity.Where(entry => entry.Split == _split).ToLookup(entry => (entry.Family, entry.Method));
        return entries.Count == 0 ? null : new(
            "table-disparity",
            $"Relative disparity: best / worst served group, {_split} rows",
            "disparity.csv",
            "The largest value divided by the smallest, and whose they are. Groups without rows of both classes take no part.",
            HtmlTable.Of(
                ["Between groups of", "Method", "Recall C1", "Precision C1", "Balanced accuracy", "AUROC", "AP C1"],
                nameColumns: 2,
                entries.OrderBy(group => entries.Select(other => other.Key.Family).Distinct().ToList().IndexOf(group.Key.Family)).Select(group => (string[])
                [
                    group.Key.Family,
                    _view.TitleOf(group.Key.Method),
                    .. s_compared.Select(metric => group.FirstOrDefault(entry => entry.Metric == metric) is { } entry
                        ? $"{ValueText.Of(entry.Relative, "0.00")} ({entry.Best} / {entry.Worst})" : ValueText.Undefined),
                ])));
    }

    private ReportTable Bias() => new(
        "table-representation",
        "Representation",
        "bias.csv",
        string.Empty,
        HtmlTable.Of(
            ["Split", "Group", _stays, "with C1", "Rows", "Share", "C1 rows", "C1 rate", "Share of C1"],
            nameColumns: 2,
            _document.Bias.Select(entry => new[]
            {
                entry.Split,
                GroupName.TitleOf(entry.Group),
                $"{entry.Stays:N0}",
                $"{entry.PositiveStays:N0}",
                $"{entry.N:N0}",
                ValueText.Of(entry.Share, ValueText.Share),
                $"{entry.Positives:N0}",
                ValueText.Of(entry.PositiveRate, ValueText.Share),
                ValueText.Of(entry.ShareOfPositives, ValueText.Share),
            })));

    private ReportTable? Units() => _document.DoublePrioritized is not { } search ? null : new(
        "table-units",
        $"DP candidates for {GroupName.TitleOf(search.Group)}",
        "units.csv",
        string.Empty,
        HtmlTable.Of(
            ["Units", "Fit", "Balanced accuracy", "95 % interval", "Trapezoid AUC-PR C1", "Chosen"],
            nameColumns: 2,
            search.Candidates.Select(unit => new[]
            {
                $"{unit.Units}",
                unit.FitStatus ?? ValueText.Undefined,
                ValueText.Of(unit.BalancedAccuracy),
                $"{ValueText.Of(unit.BalancedAccuracyLower)} to {ValueText.Of(unit.BalancedAccuracyUpper)}",
                ValueText.Of(unit.TrapezoidPrC1),
                unit.IsChosen ? "yes" : string.Empty,
            })));

    private ReportTable? Coefficients() => _document.BaselineModel is not { } model ? null : new(
        "table-coefficients",
        "Coefficients without resampling",
        "coefficients.csv",
        $"Odds ratios for one standard deviation; standard errors take {_view.StayNoun}, not rows, for independent.",
        HtmlTable.Of(
            ["Feature", "Coefficient", "Standard error", "Odds ratio", "95 % interval"],
            nameColumns: 1,
            model.Coefficients.Select(one => new[]
            {
                one.Feature,
                ValueText.Of(one.Coefficient),
                ValueText.Of(one.StandardError),
                ValueText.Of(one.OddsRatio),
                $"{ValueText.Of(one.OddsRatioLower)} to {ValueText.Of(one.OddsRatioUpper)}",
            })));
}
