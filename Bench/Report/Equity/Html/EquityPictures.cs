using Bench.Report.Html;
using Bench.Studies.Equity;

namespace Bench.Report.Equity.Html;

/// <summary>The figures of a study of synthetic rows.</summary>
/// <param name="study">The study.</param>
internal sealed class EquityPictures(JudgedEquity study)
{
    private static readonly DotSeries[] s_one = [new("Minority", DotSeries.Focus)];

    /// <summary>Draws all figures that this study has.</summary>
    public IReadOnlyList<ReportFigure> Draw() =>
    [
        .. study.Result.Settings.Select(Methods),
        .. study.Result.Settings.Select(Differences),
        .. BySize(),
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

    private ReportFigure Differences(EquitySetting setting)
    {
        var outcomes = Enumerable.Range(0, study.Result.Outcomes.Count);
        var all = outcomes.ToDictionary(outcome => outcome, outcome => Arms.Skip(1).Select(arm => study.Statistics.Difference(setting, arm, JudgedEquity.Baseline, outcome, scores => scores.MinorityAuroc)).ToArray());
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
