using Bench.Cohorts;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Metrics;

namespace Bench.Report.Html;

/// <summary>How predictions fall on every group, and whether probabilities can be taken at their word: without resampling, and with DP where it ran.</summary>
internal static class FairnessPictures
{
    private static readonly ScoreMetric[] s_rates = [ScoreMetric.SelectionRate, ScoreMetric.FalsePositiveRate, ScoreMetric.FalseNegativeRate];

    /// <summary>Draws those that a result has.</summary>
    public static IEnumerable<ReportFigure> Draw(MainJobResult result, ReportView view)
    {
        // One picture of every method would show none: no resampling and DP, or the first method there is.
        MethodResult[] shown = [.. view.Methods.Where(method => method.Method is ResamplingMethod.None or ResamplingMethod.DoublePrioritized)];
        if (shown.Length == 0)
            shown = [.. view.Methods.Take(1)];
        string[] groups = [.. view.Groups.OrderBy(group => group == Cohort.Everyone ? 0 : group == view.Prioritized ? 1 : 2)];
        if (shown.Length == 0 || groups.Length == 0)
            yield break;
        DotSeries[] series = [.. shown.Select((method, index) => new DotSeries(view.TitleOf(method), index == shown.Length - 1 ? DotSeries.Focus : DotSeries.Context))];
        yield return Rates(result, view, shown, series, groups);
        if (Calibration(result, view, shown, series, groups) is { } figure)
            yield return figure;
    }

    private static ReportFigure Rates(MainJobResult result, ReportView view, MethodResult[] shown, DotSeries[] series, string[] groups)
    {
        var panels = s_rates.Select(metric => new DotPanel
        {
            Title = MetricName.TitleOf(metric),
            Values = [.. groups.Select(group => shown.Select(method => DotValue.Of(view.ValueOf(method, group, metric), view.IntervalOf(method, group, metric))).ToArray())],
        }).ToArray();
        return new ReportFigure(
            "rates",
            "On whom the predictions fall",
            $"The share of rows that is predicted C1, the share of C0 rows among them, and the share of C1 rows ({result.Cohort.PositiveMeaning}) that is missed; on {SplitName.Of(view.Split)} rows, threshold {result.Options.Threshold:0.###}. "
                + $"Equal first columns are demographic parity, equal second and third ones equalized odds. Thin lines are 95 % intervals, drawn by whole {view.StayNoun}; tables below compare groups.",
            DotPlot.Draw("By group", [.. groups.Select(GroupName.TitleOf)], series, panels, view.Prioritized is { } group && Array.IndexOf(groups, group) is >= 0 and var row ? row : null));
    }

    private static ReportFigure? Calibration(MainJobResult result, ReportView view, MethodResult[] shown, DotSeries[] series, string[] groups)
    {
        string[] judged = [.. groups.Where(group => shown.All(method => JudgedMetric.HasBothClasses(view.MetricsOf(method, group))))];
        if (view.Split != CohortSplit.Test || judged.Length == 0)
            return null;
        return new ReportFigure(
            "calibration",
            "Promised and come true, in every group",
            $"Across: the mean probability of ten bins of equal width; up: the share of C1 ({result.Cohort.PositiveMeaning}) that came true; larger dots hold more of the rows. Above the diagonal the model promises too little, below too much: "
                + "resampling raises probabilities on purpose. ECE is the mean distance from the diagonal; a slope below 1 means that probabilities are too extreme. On test rows; intervals are in the table, groups without rows of both classes left out.",
            HtmlFragment.Of($"""
                {(series.Length > 1 ? DotPlot.Legend(series) : HtmlFragment.Empty)}
                <div class="panels small">
                {HtmlFragment.Join(judged.Select(group => ReliabilityPanel.Draw(
                    GroupName.TitleOf(group),
                    [.. shown.Select((method, index) => (series[index].Style, method.Calibration.First(one => one.Group == group).Measures)).Select(one => (one.Style, one.Measures.Bins, TextOf(one.Measures)))])))}
                </div>
                """));
    }

    private static string TextOf(CalibrationSet measures) =>
        $"Brier {ValueText.Of(measures.Brier)}, ECE {ValueText.Of(measures.ExpectedCalibrationError)}, slope {ValueText.Of(measures.Recalibration?.Slope, "0.00")}";
}
