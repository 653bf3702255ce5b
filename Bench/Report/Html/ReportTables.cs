using Bench.Report.Results;

namespace Bench.Report.Html;

/// <summary>The tables of the report, below the pictures.</summary>
internal sealed class ReportTables
{
    private static readonly string[] s_disparityMetrics = ["balancedAccuracy", "recallC1", "precisionC1", "averagePrecision", "auroc"];

    private readonly ResultsDocument _document;
    private readonly string _split;

    /// <summary>Prepares the tables of a document.</summary>
    /// <param name="document">The numbers.</param>
    /// <param name="split">The split that the tables of metrics show.</param>
    public ReportTables(ResultsDocument document, string split)
    {
        _document = document;
        _split = split;
    }

    /// <summary>Builds all tables.</summary>
    public HtmlFragment Build() => HtmlFragment.Join([Methods(), Skipped(), Metrics(), Disparity(), Bias(), Units()]);

    private static HtmlFragment Section(string title, HtmlFragment table) => HtmlFragment.Of($"""
        <section>
        <h2>{title}</h2>
        {table}
        </section>
        """);

    private HtmlFragment Methods() => Section("Methods", HtmlTable.Of(
        ["Method", "Model", "Fit", "Training rows", "Seconds"],
        nameColumns: 3,
        _document.Methods.Select(method => new[] { method.Method, method.Model, method.FitStatus, $"{method.TrainingRows:N0}", $"{method.Seconds:0.00}" })));

    private HtmlFragment Skipped() => _document.Skipped.Count == 0 ? HtmlFragment.Empty : Section("Methods that could not run", HtmlTable.Of(
        ["Method", "Reason"],
        nameColumns: 2,
        _document.Skipped.Select(method => new[] { method.Method, method.Reason })));

    private HtmlFragment Metrics() => Section($"Metrics of every group, {_split} rows", HtmlTable.Of(
        ["Method", "Group", "n", "C1", "Recall C1", "Prec. C1", "Bal. acc.", "AUROC", "AUC-PR", "AUC-PR trap.", "MCC", "Diverg.", "Brier"],
        nameColumns: 2,
        _document.Metrics.Where(entry => entry.Split == _split).Select(entry => new[]
        {
            entry.Method,
            entry.Group,
            $"{entry.N:N0}",
            $"{entry.Positives:N0}",
            ValueText.Of(entry.RecallC1),
            ValueText.Of(entry.PrecisionC1),
            ValueText.Of(entry.BalancedAccuracy),
            ValueText.Of(entry.Auroc),
            ValueText.Of(entry.AveragePrecision),
            ValueText.Of(entry.TrapezoidPr),
            ValueText.Of(entry.Mcc),
            ValueText.Of(entry.DivergenceDual),
            ValueText.Of(entry.Brier),
        })));

    private HtmlFragment Disparity()
    {
        var entries = _document.Disparity.Where(entry => entry.Split == _split).ToLookup(entry => (entry.Family, entry.Method));
        return entries.Count == 0 ? HtmlFragment.Empty : Section($"Relative disparity: best / worst served group, {_split} rows", HtmlTable.Of(
            ["Between groups of", "Method", "Balanced accuracy", "Recall C1", "Precision C1", "AUC-PR", "AUROC"],
            nameColumns: 2,
            entries.OrderBy(group => entries.Select(other => other.Key.Family).Distinct().ToList().IndexOf(group.Key.Family)).Select(group => (string[])
            [
                group.Key.Family,
                group.Key.Method,
                .. s_disparityMetrics.Select(metric => ValueText.Of(group.FirstOrDefault(entry => entry.Metric == metric)?.Relative, "0.00")),
            ])));
    }

    private HtmlFragment Bias() => Section("Representation", HtmlTable.Of(
        ["Split", "Group", "n", "Share", "C1", "C1 rate", "Share of C1"],
        nameColumns: 2,
        _document.Bias.Select(entry => new[]
        {
            entry.Split,
            entry.Group,
            $"{entry.N:N0}",
            ValueText.Of(entry.Share, ValueText.Share),
            $"{entry.Positives:N0}",
            ValueText.Of(entry.PositiveRate, ValueText.Share),
            ValueText.Of(entry.ShareOfPositives, ValueText.Share),
        })));

    private HtmlFragment Units() => _document.DoublePrioritized is not { } search ? HtmlFragment.Empty : Section($"DP candidates for {search.Group}", HtmlTable.Of(
        ["Units", "Balanced accuracy", "AUC-PR C1 (trapezoid)", "Chosen"],
        nameColumns: 1,
        search.Candidates.Select(unit => new[] { $"{unit.Units}", ValueText.Of(unit.BalancedAccuracy), ValueText.Of(unit.TrapezoidPrC1), unit.IsChosen ? "yes" : string.Empty })));
}
