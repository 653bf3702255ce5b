using Bench.Cohorts;
using Bench.Report.Html;
using Bench.Report.Prioritized.Results;
using Bench.Studies.Arms;
using Bench.Studies.Prioritized;
using Engine.Metrics;
using Engine.Networks;
using Engine.Prognosis;

namespace Bench.Report.Prioritized.Html;

/// <summary>The figures of the paper, redrawn from a study.</summary>
internal sealed class StudyPictures
{
    private const string Areas = "AUC-PR is the area under the precision-recall curve by trapezoids.";

    private static readonly DotSeries[] s_classes = [new("C1", DotSeries.Focus), new("C0", DotSeries.Context)];

    private static readonly (string Title, ScoreMetric C1, ScoreMetric C0)[] s_bothClasses =
    [
        ("Recall", ScoreMetric.RecallC1, ScoreMetric.RecallC0),
        ("Precision", ScoreMetric.PrecisionC1, ScoreMetric.PrecisionC0),
        ("AUC-PR", ScoreMetric.TrapezoidPrC1, ScoreMetric.TrapezoidPrC0),
    ];

    private static readonly (string Title, ScoreMetric Metric)[] s_beforeAndAfter =
        [("Recall C1", ScoreMetric.RecallC1), ("Precision C1", ScoreMetric.PrecisionC1), ("Balanced accuracy", ScoreMetric.BalancedAccuracy)];

    private static readonly (string Title, ScoreMetric Metric)[] s_balance =
    [
        ("Dual-class divergence", ScoreMetric.DivergenceDual),
        ("Divergence C1", ScoreMetric.DivergenceC1),
        ("Precision C1", ScoreMetric.PrecisionC1),
        ("Recall C1", ScoreMetric.RecallC1),
    ];

    private readonly JudgedStudy _study;
    private readonly PrioritizedResult _result;

    /// <summary>Prepares the figures of a study.</summary>
    public StudyPictures(JudgedStudy study) => (_study, _result) = (study, study.Result);

    private string Reading => $"Means over {_result.RepeatCount} {(_result.RepeatCount == 1 ? "repeat" : "repeats")} ± deviation; lines are 95 % intervals over draws of whole {_result.PatientNoun}. A dash is undefined.";

    private IReadOnlyList<string> Prioritized => [.. _result.Served.Where(group => _study.PrioritizedFor(group) is not null)];

    /// <summary>Draws all figures that this study has.</summary>
    public IReadOnlyList<ReportFigure> Draw()
    {
        ReportFigure?[] figures =
        [
            _study.Original is { } original ? WithoutSampling(original) : null,
            Composition(),
            Methods(),
            Balance(),
            BeforeAndAfter(),
            CrossGroup(),
            GroupAlone(),
            Shares(),
            UnitCurves(),
            LearningCurves(),
        ];
        return [.. figures.OfType<ReportFigure>()];
    }

    private ReportFigure WithoutSampling(ArmName original) => new(
        "original",
        "Without resampling",
        $"Redraws figures 2A, 2C, S3A and S3C. How the original model serves C1 ({_result.Cohort.PositiveMeaning}) and C0 in every group; in brackets the test {_result.PatientNoun} with C1. {Areas} {Reading}",
        DotPlot.Draw(
            "By group",
            [.. _study.Groups.Select(group => $"{GroupName.TitleOf(group)} ({_study.CountsOf(CohortSplit.Test, group).PositiveClusterCount:N0})")],
            s_classes,
            [.. s_bothClasses.Select(pair => new DotPanel { Title = pair.Title, Values = [.. _study.Groups.Select(group => new[] { Dot(original, group, pair.C1), Dot(original, group, pair.C0) })] })]));

    private ReportFigure Composition()
    {
        var bias = _result.Bias[CohortSplit.Train];
        return new ReportFigure(
            "composition",
            "Who is in the training data",
            $"Redraws figures 2B, 2D, S3B and S3D. Shares of the {bias[0].RowCount:N0} training rows by sex, race and age, and how many of a group's rows are C1, the others C0. Dashed: the share of C1 over everyone.",
            DotPlot.Draw(
                "By group",
                [.. bias.Select(row => GroupName.TitleOf(row.Group))],
                [new DotSeries("groups", DotSeries.Focus)],
                [
                    DotPanels.Shares("Share of training rows", [.. bias.Select(row => row.Share)], null),
                    DotPanels.Shares("Share of C1 in the group", [.. bias.Select(row => row.PositiveRate)], bias.FirstOrDefault(row => row.Group == Cohort.Everyone)?.PositiveRate),
                    DotPanels.Counts($"{Capital.Of(_result.PatientNoun)} with C1", [.. bias.Select(row => row.PositiveClusterCount)]),
                ]));
    }

    private ReportFigure? Methods() => OfServed(
        "methods",
        "Every method for the groups served",
        $"Redraws figures 3, S1, S4 and S5. Dashed: C1 under the original model. {Areas} {Reading}",
        group => DotPlot.Draw(
            $"By method, {GroupName.TitleOf(group)}",
            ArmTitles(group),
            s_classes,
            [.. s_bothClasses.Select(pair => new DotPanel
            {
                Title = pair.Title,
                Values = [.. _study.Concerning(group).Select(name => new[] { Dot(name, group, pair.C1), Dot(name, group, pair.C0) })],
                Reference = OfOriginal(group, pair.C1),
            })],
            FocusRow(group)));

    private ReportFigure? Balance() => OfServed(
        "divergence",
        "Balance of precision and recall",
        "Redraws figures 4, S2, S6 and S7. Divergence is |precision - recall|, of C1, or of C1 and C0 added up: low is balanced, and desirable with a high recall. It is undefined where a class is never predicted. "
            + $"Dashed: the original model. {Reading}",
        group => DotPlot.Draw(
            $"By method, {GroupName.TitleOf(group)}",
            ArmTitles(group),
            [new DotSeries("method", DotSeries.Focus)],
            [.. s_balance.Select(one => Panel(one.Title, one.Metric, [.. _study.Concerning(group).Select(name => new[] { Dot(name, group, one.Metric) })], OfOriginal(group, one.Metric)))],
            FocusRow(group),
            isWide: true));

    private ReportFigure? BeforeAndAfter()
    {
        if (Prioritized.Count == 0 || _study.Original is not { } original)
            return null;
        return new ReportFigure(
            "served",
            "Before and after DP",
            $"Redraws figures 5 and S8. Every group served, by the original model and by its own DP model; in brackets the test {_result.PatientNoun} with C1. {Reading}",
            DotPlot.Draw(
                "By group",
                ServedTitles(Prioritized),
                [new DotSeries("original", DotSeries.Context), new DotSeries("DP for the group", DotSeries.Focus)],
                [.. s_beforeAndAfter.Select(one => new DotPanel
                {
                    Title = one.Title,
                    Values = [.. Prioritized.Select(group => new[] { Dot(original, group, one.Metric), Dot(_study.PrioritizedFor(group)!, group, one.Metric) })],
                })]));
    }

    private ReportFigure? CrossGroup()
    {
        var maps = (
            from metric in CrossGroupEntry.Metrics
            from family in _study.Families
            let models = CrossGroupEntry.ModelsOf(_study, family.Groups)
            let judged = family.Groups.Where(_study.Groups.Contains).ToArray()
            where models.Count > 0 && judged.Length > 0
            select HeatMap.Draw(
                MetricName.TitleOf(metric),
                $"{MetricName.TitleOf(metric)}, {family.Name}",
                [.. models.Select(name => name.Served is null ? "Original" : ArmTitle.Of(name))],
                [.. judged.Select(one => Column(one, metric, models))])).ToArray();
        return maps.Length == 0 ? null : new ReportFigure(
            "cross-group",
            "DP models judged on other groups",
            $"Redraws figures 6 and S9. Rows are models, columns the groups that they are judged on, with the test {_result.PatientNoun} with C1 in small numbers. Framed: the model that serves the group. "
                + $"Means over {_result.RepeatCount} repeats; a dash is undefined. Colors are the same in every picture:",
            HtmlFragment.Of($"""
                {HeatMap.DrawLegend()}
                <div class="panels">
                {HtmlFragment.Join(maps)}
                </div>
                """));
    }

    private HeatMapColumn Column(string group, ScoreMetric metric, IReadOnlyList<ArmName> models)
    {
        var matching = models.Index().Where(one => one.Item.Served == group).Select(one => (int?)one.Index).FirstOrDefault();
        var count = _study.CountsOf(CohortSplit.Test, group).PositiveClusterCount;
        return new HeatMapColumn(Capital.Of(group), count == 0 ? "0 C1" : $"{count:N0}", matching is not null, [.. models.Select(name => _study.MeanOf(name, group, metric))], matching);
    }

    private ReportFigure? GroupAlone()
    {
        string[] groups = [.. _result.Served.Where(group => _study.Find(ResamplingMethod.GroupAlone, group) is not null)];
        if (groups.Length == 0)
            return null;
        return new ReportFigure(
            "alone",
            "A model of the group alone",
            $"Redraws the supplementary discussion. Trained on the group's rows only, beside the original model and DP; in brackets the test {_result.PatientNoun} with C1. {Areas} {Reading}",
            DotPlot.Draw(
                "By group",
                ServedTitles(groups),
                [new DotSeries("group alone", DotSeries.Second), new DotSeries("original", DotSeries.Context), new DotSeries("DP for the group", DotSeries.Focus)],
                [.. s_beforeAndAfter.Append(("AUC-PR C1", ScoreMetric.TrapezoidPrC1)).Select(one => new DotPanel
                {
                    Title = one.Item1,
                    Values = [.. groups.Select(group => new[] { Dot(_study.Find(ResamplingMethod.GroupAlone, group), group, one.Item2), Dot(_study.Original, group, one.Item2), Dot(_study.PrioritizedFor(group), group, one.Item2) })],
                })],
                isWide: true));
    }

    private ReportFigure? Shares() => Prioritized.Count == 0 ? null : new ReportFigure(
        "shares",
        "C1 in the training data before and after DP",
        "Redraws supplementary tables 2 to 5. Units are those that were chosen, one a repeat where they differ, and the shares after are means over repeats; 1 unit is the original data.",
        HtmlTable.Of(
            ["Group", "Units", "C1 rows of the group", "C1 in the group, before", "after", "C1 over everyone, before", "after"],
            nameColumns: 2,
            Prioritized.Select(group =>
            {
                var units = StudyHeadline.UnitsOf(_study, group);
                var before = _study.SharesWith(group, 1);
                return (string[])
                [
                    GroupName.TitleOf(group),
                    string.Join(", ", units.Distinct().Count() == 1 ? units.Take(1) : units),
                    $"{_study.CountsOf(CohortSplit.Train, group).PositiveCount:N0}",
                    ValueText.Of(before.OfGroup, ValueText.Share),
                    ValueText.Of(units.Average(count => _study.SharesWith(group, count).OfGroup), ValueText.Share),
                    ValueText.Of(before.OfEveryone, ValueText.Share),
                    ValueText.Of(units.Average(count => _study.SharesWith(group, count).OfEveryone), ValueText.Share),
                ];
            })));

    private ReportFigure? UnitCurves() => Prioritized.Count == 0 ? null : new ReportFigure(
        "units",
        "How DP chose its units",
        $"Figure 1's model selection. Each point is a model with the group's C1 rows taken that many times, judged for the group on {_result.SelectionRows}; means over {_result.RepeatCount} repeats, lines from the lowest repeat to the highest. "
            + $"Of the three highest balanced accuracies the one with the highest AUC-PR is chosen, in each repeat. Dashed: what guessing gives. {Areas}",
        HtmlFragment.Of($"""
            <div class="panels wide">
            {HtmlFragment.Join(Prioritized.SelectMany(CurvesOf))}
            </div>
            """));

    private IEnumerable<HtmlFragment> CurvesOf(string group)
    {
        var searches = _study.RepeatsOf(_study.PrioritizedFor(group)!).Select(arm => arm.Search).OfType<UnitSearch>().ToArray();
        int[] chosen = [.. searches.Select(search => search.ChosenUnits).Distinct()];
        (string Title, Func<UnitScore, double?> ValueOf, double? Reference)[] curves =
        [
            ("balanced accuracy", static score => score.BalancedAccuracy, .5),
            ("AUC-PR C1", static score => score.TrapezoidPrC1, null),
            ("recall C1", UnitOutcomes.RecallOf, null),
            ("precision C1", UnitOutcomes.PrecisionOf, null),
        ];
        foreach (var (title, valueOf, reference) in curves)
        {
            var points = (
                from scores in searches.SelectMany(search => search.Scores).GroupBy(score => score.Units)
                let values = scores.Select(valueOf).ToArray()
                where values.All(value => value.HasValue)
                select (scores.Key, new DotValue(values.Average(), values.Min(), values.Max()))).ToArray();
            if (points.Length > 0)
                yield return CurvePanel.Draw($"{GroupName.TitleOf(group)}: {title}", "units", points, chosen, static units => StudyHeadline.UnitsText([units]), reference);
        }
    }

    private ReportFigure? LearningCurves()
    {
        var shown = _study.Names.Where(name => name.Method is ResamplingMethod.None or ResamplingMethod.DoublePrioritized).Select(name => _study.RepeatsOf(name).First()).Where(arm => arm.Models[0].Epochs.Count > 0).ToArray();
        return shown.Length == 0 ? null : new ReportFigure(
            "learning",
            "Learning curves",
            "Of the original and of every DP model, in the first repeat: after every epoch the network is judged on samples that it is not trained on. The marked epoch is the one whose parameters are kept. All epochs of all arms are in epochs.csv.",
            HtmlFragment.Of($"""
                <div class="panels wide">
                {HtmlFragment.Join(shown.SelectMany(EpochsOf))}
                </div>
                """));
    }

    private static IEnumerable<HtmlFragment> EpochsOf(TrainedArm arm)
    {
        (string Title, Func<EpochReport, double?> Value)[] curves = [("validation loss", epoch => epoch.ValidationLoss), ("validation AUC-PR", epoch => epoch.TrapezoidPrC1)];
        foreach (var curve in curves)
        {
            var points = arm.Models[0].Epochs.Where(epoch => curve.Value(epoch) is { } value && double.IsFinite(value)).Select(epoch => (epoch.Epoch, new DotValue(curve.Value(epoch)))).ToArray();
            if (points.Length > 0)
                yield return CurvePanel.Draw($"{ArmTitle.Of(arm.Name)}: {curve.Title}", "epoch", points, [arm.Models[0].ChosenEpoch ?? 0], static epoch => $"epoch {epoch}", reference: null);
        }
    }

    private ReportFigure? OfServed(string id, string title, string caption, Func<string, HtmlFragment> draw) => _result.Served.Count == 0 || _study.Names.Count == 0 ? null : new ReportFigure(
        id,
        title,
        caption,
        HtmlFragment.Join(_result.Served.Select(group => HtmlFragment.Of($"""
            <h3>{TitleWithCounts(group)}</h3>
            {draw(group)}
            """))));

    private static DotPanel Panel(string title, ScoreMetric metric, IReadOnlyList<IReadOnlyList<DotValue>> values, double? reference) => metric == ScoreMetric.DivergenceDual
        ? new DotPanel { Title = title, Values = values, Reference = reference, Most = 2, Ticks = [(0, "0"), (.5, ".5"), (1, "1"), (1.5, "1.5"), (2, "2")] }
        : new DotPanel { Title = title, Values = values, Reference = reference };

    private IReadOnlyList<string> ArmTitles(string group) => [.. _study.Concerning(group).Select(ArmTitle.OfMethod)];

    private IReadOnlyList<string> ServedTitles(IEnumerable<string> groups) => [.. groups.Select(group => $"{GroupName.TitleOf(group)} ({_study.CountsOf(CohortSplit.Test, group).PositiveClusterCount:N0})")];

    private int? FocusRow(string group) => _study.Concerning(group).Index().Where(one => one.Item.Method == ResamplingMethod.DoublePrioritized).Select(one => (int?)one.Index).FirstOrDefault();

    private double? OfOriginal(string group, ScoreMetric metric) => _study.Original is { } original ? _study.MeanOf(original, group, metric) : null;

    private DotValue Dot(ArmName? name, string group, ScoreMetric metric)
    {
        if (name is null)
            return new DotValue(null);
        var (spread, interval) = (_study.SpreadOf(name, group, metric), _study.IntervalOf(name, group, metric));
        return new DotValue(spread.Mean, interval?.Lower, interval?.Upper, _result.RepeatCount > 1 ? spread.Deviation : null);
    }

    private string TitleWithCounts(string group)
    {
        var counts = _study.CountsOf(CohortSplit.Test, group);
        var rows = counts.ClusterCount == counts.RowCount ? string.Empty : $", {counts.PositiveCount:N0} of {counts.RowCount:N0} rows";
        return $"{GroupName.TitleOf(group)}: {counts.PositiveClusterCount:N0} of {counts.ClusterCount:N0} test {_result.PatientNoun} with C1{rows}";
    }
}
