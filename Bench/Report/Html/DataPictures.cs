using Bench.Cohorts;
using Bench.Report.Results;
using Bench.Studies.MainJob;

namespace Bench.Report.Html;

/// <summary>The pictures of the data and of what the model without resampling makes of them.</summary>
internal static class DataPictures
{
    private const int MostOddsRatios = 16;

    /// <summary>Draws those that a result has.</summary>
    public static IEnumerable<ReportFigure> Draw(MainJobResult result, ResultsDocument document, ReportView view)
    {
        ReportFigure?[] figures =
        [
            view.RepresentationSplit is { } split ? Representation(result, view, split) : null,
            document.BaselineModel is { } model ? OddsRatios(result, view, model) : null,
        ];
        return figures.OfType<ReportFigure>();
    }

    private static ReportFigure? Representation(MainJobResult result, ReportView view, CohortSplit split)
    {
        var rows = result.Bias[split].Where(row => row.Group != Cohort.Everyone).OrderBy(row => row.Group == view.Prioritized ? 0 : 1).ToArray();
        var everyone = result.Bias[split].FirstOrDefault(row => row.Group == Cohort.Everyone);
        if (rows.Length == 0 || everyone is null)
            return null;
        return new ReportFigure(
            "representation",
            "Who is in the data",
            $"Of the {SplitName.Of(split)} rows. Over everyone, {ValueText.Of(everyone.PositiveRate, ValueText.Share)} of rows are C1 (dashed): {result.Cohort.PositiveMeaning}.",
            DotPlot.Draw(
                "By group",
                [.. rows.Select(row => GroupName.TitleOf(row.Group))],
                [new DotSeries("groups", DotSeries.Focus)],
                [
                    DotPanels.Counts($"{Capital.Of(view.StayNoun)}", [.. rows.Select(row => row.ClusterCount)]),
                    DotPanels.Counts($"{Capital.Of(view.StayNoun)} with C1", [.. rows.Select(row => row.PositiveClusterCount)]),
                    DotPanels.Shares("C1 rate of rows", [.. rows.Select(row => row.PositiveRate)], everyone.PositiveRate),
                ],
                view.Prioritized is null ? null : 0));
    }

    private static ReportFigure? OddsRatios(MainJobResult result, ReportView view, BaselineModelSection model)
    {
        var largest = model.Coefficients
            .Where(one => one.OddsRatio is > 0)
            .OrderByDescending(one => Math.Abs(one.Coefficient!.Value) / (one.StandardError is > 0 and { } error ? error : 1))
            .Take(MostOddsRatios)
            .OrderByDescending(one => one.OddsRatio)
            .ToArray();
        if (largest.Length == 0)
            return null;
        var axis = LogAxis.Enclosing(largest.SelectMany(one => new[] { one.OddsRatio, one.OddsRatioLower, one.OddsRatioUpper }).Where(value => value > 0).OfType<double>());
        return new ReportFigure(
            "odds",
            "Odds ratios without resampling",
            $"By what one standard deviation more multiplies the odds of C1, the others held; the {largest.Length} of {model.Coefficients.Count} features that stand out most. Thin lines are 95 % intervals that take {view.StayNoun}, not rows, for independent. "
                + $"A ridge penalty of {result.Model.Kind.Settings[0].Value} draws all ratios towards 1.",
            DotPlot.Draw(
                "By feature",
                [.. largest.Select(one => one.Feature.Replace("->", ": ", StringComparison.Ordinal))],
                [new DotSeries("odds ratio", DotSeries.Focus)],
                [
                    new DotPanel
                    {
                        Title = "Odds ratio for one standard deviation",
                        Values = [.. largest.Select(one => new[] { new DotValue(Log(one.OddsRatio), Log(one.OddsRatioLower), Log(one.OddsRatioUpper)) })],
                        Least = axis.Least,
                        Most = axis.Most,
                        Ticks = axis.Ticks,
                        Text = static value => ValueText.Of(Math.Exp(value), "0.00"),
                        Reference = 0,
                    },
                ]));

        static double? Log(double? value) => value is > 0 and { } ratio ? Math.Log(ratio) : null;
    }
}
