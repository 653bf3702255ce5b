using Bench.Cohorts;
using Bench.Studies.MainJob;
using Engine.Metrics;
using Engine.Prognosis;

namespace Bench.Report.Html;

/// <summary>The pictures of the report, each with what it shows and how to read it.</summary>
internal sealed class ReportPictures
{
    private static readonly ScoreMetric[] s_barMetrics = [ScoreMetric.RecallC1, ScoreMetric.PrecisionC1, ScoreMetric.BalancedAccuracy, ScoreMetric.AveragePrecisionC1];

    private readonly MainJobResult _result;
    private readonly ReportView _view;

    /// <summary>Prepares the pictures of a result.</summary>
    public ReportPictures(MainJobResult result, ReportView view)
    {
        _result = result;
        _view = view;
    }

    private string Rows => $"{SplitName.Of(_view.Split)} rows";

    private IReadOnlyList<string> MethodNames => [.. _view.Methods.Select(method => method.Method)];

    /// <summary>Draws all pictures that this result has.</summary>
    public HtmlFragment Draw() => HtmlFragment.Join([
        _view.Focus.Count == 0 ? HtmlFragment.Empty : MethodBars(),
        HeatMapOf(ScoreMetric.BalancedAccuracy, "Half recall of C1, half recall of C0; 0.5 is what guessing gives."),
        HeatMapOf(ScoreMetric.RecallC1, $"The share of C1 rows ({_result.Cohort.PositiveMeaning}) that the model finds."),
        _result.UnitSearch is { } search ? UnitCurves(search) : HtmlFragment.Empty,
        _view.RepresentationSplit is { } split ? Representation(split) : HtmlFragment.Empty,
        _view.Focus.Count == 0 ? HtmlFragment.Empty : Divergence(_view.Focus[0])]);

    private static HtmlFragment Figure(string title, string caption, HtmlFragment picture) => HtmlFragment.Of($"""
        <figure>
        <h2>{title}</h2>
        <p class="caption">{caption}</p>
        {picture}
        </figure>
        """);

    private static string NameOf(string group) => group == Cohort.Everyone ? "everyone" : group;

    private HtmlFragment MethodBars()
    {
        var series = _view.Focus.Select((group, index) => new BarSeries(NameOf(group), index == 0 ? BarSeries.Focus : BarSeries.Context)).ToArray();
        var panels = s_barMetrics.Select(metric => new BarPanel(
            MetricName.TitleOf(metric),
            [.. _view.Methods.Select(method => _view.Focus.Select(group => _view.MetricsOf(method, group)[metric]).ToArray())],
            Maximum: 1,
            ValueText.Ratio)).ToArray();
        return Figure(
            $"Methods compared for {string.Join(" and ", _view.Focus.Select(NameOf))}",
            $"On {Rows}, threshold {_result.Options.Threshold:0.###}. Bars run from 0 to 1; a dash means that the metric is undefined.",
            BarChart.Draw("Bars of four metrics by method", MethodNames, series, panels));
    }

    private HtmlFragment HeatMapOf(ScoreMetric metric, string meaning)
    {
        if (_view.Groups.Count == 0)
            return HtmlFragment.Empty;
        var columns = _view.Groups.Select(group => new HeatMapColumn(
            group,
            $"{_view.MetricsOf(_view.Methods[0], group).PositiveCount:N0} C1",
            group == _view.Prioritized,
            [.. _view.Methods.Select(method => _view.MetricsOf(method, group)[metric])])).ToArray();
        var title = MetricName.TitleOf(metric);
        return Figure(
            $"{title} in every group",
            $"{meaning} On {Rows}; the small numbers count C1 rows: the fewer, the less a value means. Shades span the smallest and the largest value shown.",
            HeatMap.Draw($"{title} by method and group", MethodNames, columns));
    }

    private HtmlFragment UnitCurves(UnitSearch search) => Figure(
        $"How DP chose its units for {_view.Prioritized}",
        $"Each point is a model fitted with the group's C1 rows taken that many times. Of the three highest balanced accuracies, the one with the highest AUC-PR is chosen. Judged on {_result.SelectionRows}.",
        HtmlFragment.Of($"""
            <div class="pair">
            {CurvePanel.Draw($"Balanced accuracy of {_view.Prioritized}", "units", [.. search.Scores.Select(score => (score.Units, score.BalancedAccuracy))], search.ChosenUnits)}
            {CurvePanel.Draw($"AUC-PR C1 (trapezoid) of {_view.Prioritized}", "units", [.. search.Scores.Select(score => (score.Units, score.TrapezoidPrC1))], search.ChosenUnits)}
            </div>
            """));

    private HtmlFragment Representation(CohortSplit split)
    {
        var groups = _result.Bias[split].Where(row => row.Group != Cohort.Everyone).ToArray();
        var everyone = _result.Bias[split].FirstOrDefault(row => row.Group == Cohort.Everyone);
        if (groups.Length == 0)
            return HtmlFragment.Empty;
        var greatestRate = groups.Max(row => row.PositiveRate) is { } rate and > 0 ? rate : 1;
        var focusRow = Array.FindIndex(groups, row => row.Group == _view.Prioritized);
        return Figure(
            "Who is in the data",
            $"Of the {SplitName.Of(split)} rows. Over everyone, {ValueText.Of(everyone?.PositiveRate, ValueText.Share)} are C1: {_result.Cohort.PositiveMeaning}.",
            BarChart.Draw(
                "Share and C1 rate of every group",
                [.. groups.Select(row => row.Group)],
                [new BarSeries("groups", BarSeries.Focus)],
                [
                    new BarPanel("Share of rows", [.. groups.Select(row => new[] { row.Share })], 1, ValueText.Share),
                    new BarPanel("Share of C1 rows", [.. groups.Select(row => new[] { row.ShareOfPositives })], 1, ValueText.Share),
                    new BarPanel("C1 rate within the group", [.. groups.Select(row => new[] { row.PositiveRate })], greatestRate, ValueText.Share),
                ],
                focusRow < 0 ? null : focusRow));
    }

    private HtmlFragment Divergence(string group)
    {
        var metrics = new[] { ScoreMetric.DivergenceDual, ScoreMetric.DivergenceC1, ScoreMetric.DivergenceC0 };
        var values = _view.Methods.Select(method => metrics.Select(metric => _view.MetricsOf(method, group)[metric]).ToArray()).ToArray();
        var greatest = values.SelectMany(row => row).Max() is { } value and > 0 ? value : 1;
        return Figure(
            $"Divergence of precision and recall for {NameOf(group)}",
            $"|precision − recall| of each class, and their sum; on {Rows}. Less is better: 0 means that as many rows are predicted to be C1 as are, which a model that finds none of them can reach too: read it beside the recall.",
            BarChart.Draw(
                "Dual-class divergence by method",
                MethodNames,
                [new BarSeries(NameOf(group), BarSeries.Focus)],
                [.. metrics.Select((metric, column) => new BarPanel(MetricName.TitleOf(metric), [.. values.Select(row => new[] { row[column] })], greatest, ValueText.Ratio))]));
    }
}
