using Bench.Report.Html;
using Bench.Studies.Equity;
using Engine.Fidelity;

namespace Bench.Report.Equity.Html;

/// <summary>The figures of a study of synthetic rows.</summary>
/// <param name="study">The study.</param>
internal sealed class EquityPictures(JudgedEquity study)
{
    private const double LeastCorrelation = -1;

    private static readonly DotSeries[] s_one = [new("Minority", DotSeries.Focus)];

    /// <summary>Draws all figures that this study has.</summary>
    public IReadOnlyList<ReportFigure> Draw() =>
    [
        .. study.Result.Settings.Select(Methods),
        .. study.Result.Settings.Select(Differences).OfType<ReportFigure>(),
        .. BySize(),
        .. study.MainSettings.SelectMany(setting => new[] { Densities(setting), Correlations(setting), Distances(setting), Membership(setting) }).OfType<ReportFigure>(),
    ];

    private ReportFigure Methods(EquitySetting setting) => new(
        IdOf("auroc", setting),
        $"{TitleOf(setting)}: AUROC under every method",
        $"Redraws table 2. AUROC of the minority's rows that were left to judge on, mean over {study.Result.Options.Repeats} repeats ± deviation; in brackets how many of them have the outcome, on average. A dash is undefined, the dashed line is chance.",
        Panels("AUROC of the minority", outcome => new DotPanel
        {
            Title = OutcomeTitle(setting, outcome),
            Values = [.. Arms.Select(arm => new[] { MeanOf(setting, arm, outcome) })],
            Least = .4,
            Ticks = [(.4, ".4"), (.6, ".6"), (.8, ".8"), (1, "1")],
            Reference = .5,
        }));

    private ReportFigure? Differences(EquitySetting setting)
    {
        var outcomes = Enumerable.Range(0, study.Result.Outcomes.Count);
        var all = outcomes.ToDictionary(outcome => outcome, outcome => Arms.Skip(1).Select(arm => study.Statistics.Difference(setting, arm, JudgedEquity.Baseline, outcome, scores => scores.MinorityAuroc)).ToArray());
        // Few repeats have no intervals.
        if (all.Values.SelectMany(one => one).All(static interval => interval is null))
            return null;
        var most = Math.Max(.001, all.Values.SelectMany(one => one).Max(interval => interval is { } known ? Math.Max(Math.Abs(known.Lower), Math.Abs(known.Upper)) : 0));
        var ticks = AxisTicks.Enclosing(-most, most);
        return new ReportFigure(
            IdOf("difference", setting),
            $"{TitleOf(setting)}: gain in AUROC over the baseline",
            "Mean difference of each method and the baseline on the same draws, with its 95 % interval over the repeats. Right of the line a method helps the minority.",
            DotPlot.Draw(
                "Gain in AUROC",
                [.. Arms.Skip(1).Select(arm => study.Result.Arms[arm].Title)],
                s_one,
                [.. outcomes.Select(outcome => new DotPanel
                {
                    Title = OutcomeTitle(setting, outcome),
                    Values = [.. all[outcome].Select(interval => new[] { new DotValue(interval?.Estimate, interval?.Lower, interval?.Upper) })],
                    Least = ticks[0],
                    Most = ticks[^1],
                    Ticks = [.. ticks.Select(tick => (tick, ValueText.Of(tick, "0.###")))],
                    Text = static value => ValueText.Of(value, "+0.000;-0.000;0.000"),
                    Reference = 0,
                })]));
    }

    private IEnumerable<ReportFigure> BySize() =>
        from settings in study.Result.Settings.GroupBy(setting => setting.Minority)
        where settings.Count() > 1
        select new ReportFigure(
            $"size-{settings.Key}",
            $"{GroupName.TitleOf(settings.Key)}: AUROC by the size of the minority",
            "Redraws table S6. Smaller minorities are part of the larger ones, repeat by repeat.",
            HtmlFragment.Join(study.OutcomesOf(settings.First()).Select(outcome => HtmlTable.Of(
                [study.OutcomeName(outcome), .. settings.Select(setting => $"{setting.Size:N0} rows")],
                1,
                Arms.Select(arm => (IReadOnlyList<string>)[study.Result.Arms[arm].Title, .. settings.Select(setting => TextOf(MeanOf(setting, arm, outcome)))])))));

    private ReportFigure? Densities(EquitySetting setting)
    {
        var drawn = setting.Fidelity.Where(rows => rows.Report.Density is { Real: not null }).ToArray();
        if (drawn.Length == 0)
            return null;
        var (first, second) = (drawn[0].Report.Density!.First, drawn[0].Report.Density!.Second);
        return new ReportFigure(
            IdOf("density", setting),
            $"{TitleOf(setting)}: {first} and {second} together",
            $"Redraws figure 2, left. Joint kernel density of the two features with many values that go together most in the first {PicturedColumns.MostRows:N0} rows of the table: of {drawn[0].RealCount:N0} real rows that neither trained nor were shown, and of made rows. The lines enclose the densest {string.Join(", ", ContourPanel.Shares.Select(share => $"{share * 100:0}"))} % of the rows.",
            HtmlFragment.Of($"""
                <p class="legend"><span><i class="focus"></i>Made rows</span><span><i class="second"></i>Real rows</span></p>
                <div class="panels">
                {HtmlFragment.Join(drawn.Select(rows => Density(rows.Arm.Title, rows.Report.Density!)))}
                </div>
                """));

        static HtmlFragment Density(string title, JointDensity density) => ContourPanel.Draw(
            title,
            density.First,
            density.Second,
            density.FirstGrid.ToArray(),
            density.SecondGrid.ToArray(),
            new[] { (Style: DotSeries.Second, Density: density.Real), (Style: DotSeries.Focus, Density: density.Synthetic) }.Where(table => table.Density is not null).Select(table => (table.Style, table.Density!.Value.ToArray())));
    }

    private ReportFigure? Correlations(EquitySetting setting)
    {
        var rows = setting.Fidelity;
        if (rows.Count == 0 || rows[0].Pictured.Correlated is not { Count: > 0 } columns)
            return null;
        string[] labels = [.. columns.Select((column, place) => $"{column}  {place + 1}")];
        return new ReportFigure(
            IdOf("correlations", setting),
            $"{TitleOf(setting)}: correlations of features",
            $"Redraws figure 2, center and right: the features that take part in the strongest correlations of the first {PicturedColumns.MostRows:N0} rows of the table, in {rows[0].RealCount:N0} real rows that neither trained nor were shown and in made rows. By how much correlations differ is the mean over all {rows[0].Report.Correlations.PairCount:N0} pairs of columns.",
            HtmlFragment.Of($"""
                {HeatMap.DrawLegend(LeastCorrelation)}
                <div class="panels">
                {Map("Real rows", rows[0].Report.Correlations, rows[0].Report.Correlations.Real)}
                {HtmlFragment.Join(rows.Select(one => Map($"{one.Arm.Title}: differ by {ValueText.Of(one.Report.Correlations.MeanAbsoluteDifference.Value)}", one.Report.Correlations, one.Report.Correlations.Synthetic)))}
                </div>
                """));

        HtmlFragment Map(string title, CorrelationComparison comparison, ReadOnlyMemory<double> correlations) => HeatMap.Draw(
            "Correlations",
            title,
            labels,
            [.. columns.Select((column, place) => new HeatMapColumn($"{place + 1}", string.Empty, false, [.. columns.Select(row => EquityFidelity.CorrelationOf(comparison, correlations, row, column))]))],
            LeastCorrelation);
    }

    private ReportFigure? Distances(EquitySetting setting)
    {
        var rows = setting.Fidelity;
        if (rows.Count == 0)
            return null;
        var panels = new[]
        {
            (Title: $"to {GroupName.TitleOf(setting.Minority)}", Values: rows.Select(one => one.ToMinority.Synthetic).Append(rows[0].ToMinority.Real!).ToArray()),
            (Title: $"to {GroupName.TitleOf(study.Result.Cohort.Majority)}", Values: rows.Select(one => one.ToMajority.Synthetic).Append(rows[0].ToMajority.Real!).ToArray()),
        };
        var ticks = AxisTicks.Enclosing(0, panels.SelectMany(panel => panel.Values).Max(distances => distances.Quantile95));
        return new ReportFigure(
            IdOf("distances", setting),
            $"{TitleOf(setting)}: how close made rows come to real ones",
            $"Redraws figure 3. L1 distance of the rows that were made in the first repeat to the closest of {rows[0].RealCount:N0} real rows that neither trained nor were shown: median, with the middle 90 % as a line; below, of those real rows to each other. At 0 a row is a copy. Close or far, this says nothing of privacy.",
            DotPlot.Draw(
                "L1 distance",
                [.. rows.Select(one => one.Arm.Title), "Real rows"],
                s_one,
                [.. panels.Select(panel => new DotPanel
                {
                    Title = panel.Title,
                    Values = [.. panel.Values.Select(distances => new[] { new DotValue(distances.Median, distances.Quantile05, distances.Quantile95) })],
                    Most = ticks[^1],
                    Ticks = [.. ticks.Select(tick => (tick, ValueText.Of(tick, "0.##")))],
                    Text = static value => ValueText.Of(value, "0.00"),
                })]));
    }

    private ReportFigure? Membership(EquitySetting setting)
    {
        var rows = setting.Fidelity;
        return rows.Count == 0 ? null : new ReportFigure(
            IdOf("membership", setting),
            $"{TitleOf(setting)}: which group made rows look like",
            $"Redraws figure 4. Density of the probability of belonging to the minority, by a random forest that tells {GroupName.TitleOf(setting.Minority)} and {GroupName.TitleOf(study.Result.Cohort.Majority)} apart with an AUROC of {ValueText.Of(rows[0].Membership.Auroc?.Auroc)} on rows that it never saw.",
            HtmlFragment.Of($"""
                <p class="legend"><span><i class="focus"></i>Made rows</span><span><i class="second"></i>Held-out minority</span><span><i class="context"></i>Held-out majority</span></p>
                <div class="panels">
                {HtmlFragment.Join(rows.Select(one => DensityPanel.Draw(
                    one.Arm.Title,
                    "probability of the minority",
                    [(DotSeries.Context, Curve(one, one.Membership.MajorityDensity)), (DotSeries.Second, Curve(one, one.Membership.MinorityDensity)), (DotSeries.Focus, Curve(one, one.Membership.SyntheticDensity))])))}
                </div>
                """));

        static IReadOnlyList<(double X, double Y)> Curve(EquityFidelity rows, ReadOnlyMemory<double>? density) =>
            density is { } values ? [.. Enumerable.Range(0, values.Length).Select(point => (rows.Membership.Grid.Span[point], values.Span[point]))] : [];
    }

    private HtmlFragment Panels(string description, Func<int, DotPanel> panel) => DotPlot.Draw(
        description, [.. study.Result.Arms.Select(arm => arm.Title)], s_one, [.. Enumerable.Range(0, study.Result.Outcomes.Count).Select(panel)]);

    private IEnumerable<int> Arms => Enumerable.Range(0, study.Result.Arms.Count);

    private static DotValue MeanOf(EquitySetting setting, int arm, int outcome) =>
        EquityStatistics.MeanOf(setting, arm, outcome, scores => scores.MinorityAuroc) is { } mean ? new DotValue(mean.Mean, mean.Mean - mean.Deviation, mean.Mean + mean.Deviation, mean.Deviation) : default;

    private string OutcomeTitle(EquitySetting setting, int outcome) => $"{study.OutcomeName(outcome)} ({setting.Repeats.Average(repeat => repeat.TestPositives[outcome]):N0})";

    private static string TextOf(DotValue value) => value is { Value: { } mean, Deviation: { } deviation } ? $"{ValueText.Of(mean)} ± {ValueText.Of(deviation)}" : ValueText.Undefined;

    private string TitleOf(EquitySetting setting) => study.Result.Options.MinoritySizes.Count == 1 ? GroupName.TitleOf(setting.Minority) : $"{GroupName.TitleOf(setting.Minority)}, {setting.Size:N0} rows";

    private static string IdOf(string what, EquitySetting setting) => $"{what}-{setting.Minority}-{setting.Size}".Replace(' ', '-');
}
