using Bench.Cohorts;
using Bench.Report.Results;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Metrics;
using Engine.Networks;
using Engine.Prognosis;

namespace Bench.Report.Html;

/// <summary>The pictures of the report, each with what it shows and how to read it.</summary>
internal sealed class ReportPictures
{
    private static readonly ScoreMetric[] s_compared = [ScoreMetric.BalancedAccuracy, ScoreMetric.Auroc, ScoreMetric.AveragePrecisionC1];

    private static readonly (string Title, ScoreMetric C1, ScoreMetric C0)[] s_bothClasses =
    [
        ("Recall", ScoreMetric.RecallC1, ScoreMetric.RecallC0),
        ("Precision", ScoreMetric.PrecisionC1, ScoreMetric.PrecisionC0),
        ("Average precision", ScoreMetric.AveragePrecisionC1, ScoreMetric.AveragePrecisionC0),
    ];

    private readonly MainJobResult _result;
    private readonly ResultsDocument _document;
    private readonly ReportView _view;

    /// <summary>Prepares the pictures of a result.</summary>
    public ReportPictures(MainJobResult result, ResultsDocument document, ReportView view) => (_result, _document, _view) = (result, document, view);

    private string Rows => $"{SplitName.Of(_view.Split)} rows";

    private string Intervals => $"Thin lines are 95 % intervals, drawn by whole {_view.StayNoun}.";

    private IReadOnlyList<string> MethodNames => [.. _view.Methods.Select(_view.TitleOf)];

    private MethodResult? Baseline => _view.Methods.FirstOrDefault(method => method.Method == ResamplingMethod.None);

    /// <summary>Draws all pictures that this result has.</summary>
    public IReadOnlyList<ReportFigure> Draw()
    {
        var hasFocus = _view.Focus.Count > 0;
        ReportFigure?[] figures =
        [
            hasFocus ? PrecisionAndRecall() : null,
            hasFocus ? Comparison() : null,
            Baseline is { } baseline && _view.Groups.Count > 0 ? BothClasses(baseline) : null,
            HeatMaps("groups-balanced", ScoreMetric.BalancedAccuracy, "Half recall of C1, half recall of C0; 0.5 is what guessing gives."),
            HeatMaps("groups-recall", ScoreMetric.RecallC1, $"The share of C1 rows ({_result.Cohort.PositiveMeaning}) that the model finds, at whatever price in precision."),
            .. FairnessPictures.Draw(_result, _view),
            _result.UnitSearch is { } search ? UnitCurves(search) : null,
            LearningCurves(),
            .. DataPictures.Draw(_result, _document, _view),
        ];
        return [.. figures.OfType<ReportFigure>()];
    }

    private ReportFigure PrecisionAndRecall() => new(
        "precision-recall",
        "Precision against recall",
        $"On {Rows}, threshold {_result.Options.Threshold:0.###}. On the diagonal precision equals recall: the divergence of C1 is 0. The dashed line is the share of C1, the precision of guessing. {Intervals}"
            + NeverPredicted(),
        HtmlFragment.Of($"""
            <div class="panels wide">
            {HtmlFragment.Join(_view.Focus.Select(group => PrecisionRecallPlot.Draw(
                TitleWithCounts(group),
                [.. _view.Methods.Select(method => new ScatterPoint(
                    _view.TitleOf(method), Dot(method, group, ScoreMetric.RecallC1), Dot(method, group, ScoreMetric.PrecisionC1), method.Method == ResamplingMethod.DoublePrioritized))],
                _view.MetricsOf(_view.Methods[0], group).Prevalence,
                Absence(group))))}
            </div>
            """));

    private string Absence(string group) => _view.CountsOf(group) switch
    {
        { PositiveCount: 0 } => "undefined, 0 C1",
        var counts when counts.PositiveCount == counts.RowCount => "undefined, 0 C0",
        _ => "undefined, nothing is predicted C1",
    };

    private string NeverPredicted()
    {
        var missing = _view.Methods.Where(method => _view.ValueOf(method, _view.Focus[0], ScoreMetric.PrecisionC1) is null).Select(_view.TitleOf).ToArray();
        return missing.Length == 0 ? string.Empty : $" Without a point for {GroupName.TitleOf(_view.Focus[0])}, as nothing was predicted C1 or one class is absent: {string.Join(", ", missing)}.";
    }

    private ReportFigure Comparison()
    {
        var series = _view.Focus.Select((group, index) => new DotSeries(GroupName.TitleOf(group), index == 0 ? DotSeries.Focus : DotSeries.Context)).ToArray();
        var prevalence = _view.MetricsOf(_view.Methods[0], _view.Focus[0]).Prevalence;
        var panels = s_compared.Select(metric => new DotPanel
        {
            Title = MetricName.TitleOf(metric),
            Values = [.. _view.Methods.Select(method => _view.Focus.Select(group => Dot(method, group, metric)).ToArray())],
            Reference = metric == ScoreMetric.AveragePrecisionC1 ? prevalence : .5,
        }).ToArray();
        return new ReportFigure(
            "methods",
            $"Methods compared for {string.Join(" and ", _view.Focus.Select(group => group == Cohort.Everyone ? "everyone" : GroupName.TitleOf(group)))}",
            $"On {Rows}. Dashed: what guessing gives, 0.5, or the share of C1 in {GroupName.TitleOf(_view.Focus[0])}. {Intervals}",
            DotPlot.Draw("By method", MethodNames, series, panels, Array.FindIndex([.. _view.Methods], method => method.Method == ResamplingMethod.DoublePrioritized)));
    }

    private ReportFigure BothClasses(MethodResult baseline)
    {
        var groups = _view.Groups.OrderBy(group => group == _view.Prioritized ? 0 : 1).ToArray();
        var panels = s_bothClasses.Select(pair => new DotPanel
        {
            Title = pair.Title,
            Values = [.. groups.Select(group => new[] { Dot(baseline, group, pair.C1), Dot(baseline, group, pair.C0) })],
        }).ToArray();
        return new ReportFigure(
            "classes",
            "Both classes without resampling",
            $"How the model fitted on the rows as they are serves C1 ({_result.Cohort.PositiveMeaning}) and C0, all other rows, in every group; on {Rows}. {Intervals}",
            DotPlot.Draw("By group", [.. groups.Select(GroupName.TitleOf)], [new DotSeries("C1", DotSeries.Focus), new DotSeries("C0", DotSeries.Context)], panels, _view.Prioritized is null ? null : 0));
    }

    private ReportFigure? HeatMaps(string id, ScoreMetric metric, string meaning)
    {
        if (_view.Groups.Count == 0)
            return null;
        var title = MetricName.TitleOf(metric);
        return new ReportFigure(
            id,
            $"{title} in every group",
            $"{meaning} On {Rows}; small numbers count {_view.StayNoun} with C1: the fewer, the less a value means. A dash is undefined: a group without rows of both classes. Colors are the same in every picture:",
            HtmlFragment.Of($"""
                {HeatMap.DrawLegend()}
                <div class="panels">
                {HtmlFragment.Join(Families().Select(family => HeatMap.Draw(title, family.Title, MethodNames, [.. family.Groups.Select(group => Column(group, metric))])))}
                </div>
                """));
    }

    private HeatMapColumn Column(string group, ScoreMetric metric) => new(
        group == Cohort.Everyone ? "All" : Capital.Of(group),
        _view.CountsOf(group).PositiveClusterCount is var count && count == 0 ? "0 C1" : $"{count:N0}",
        group == _view.Prioritized,
        [.. _view.Methods.Select(method => _view.ValueOf(method, group, metric))]);

    // The family of the group of interest first: on a telephone that is what is seen.
    private IEnumerable<(string Title, IReadOnlyList<string> Groups)> Families()
    {
        var families = GroupFamily.Of(_result.Cohort, _view.Groups);
        var others = _view.Groups.Except(families.SelectMany(family => family.Groups)).ToArray();
        // Everyone has a column beside the family with the fewest.
        var shortest = families.MinBy(family => family.Groups.Count);
        if (shortest is null)
            return [("Everyone", others)];
        return families
            .Select(family => (
                Title: Capital.Of(family.Name),
                Groups: (IReadOnlyList<string>)(family == shortest ? [.. others, .. family.Groups] : family.Groups)))
            .OrderBy(family => _view.Prioritized is { } group && family.Groups.Contains(group) ? 0 : 1);
    }

    private ReportFigure UnitCurves(UnitSearch search)
    {
        var chosen = search.Scores.First(score => score.Units == search.ChosenUnits);
        var alike = search.Scores.Count(score => score.BalancedAccuracyInterval is { } interval && interval.Lower <= chosen.BalancedAccuracy && interval.Upper >= chosen.BalancedAccuracy);
        var (group, support) = (GroupName.TitleOf(_view.Prioritized!), _result.Support!);
        // Rows held out for the choice are training rows.
        var bias = _result.Bias.TryGetValue(_result.Options.SelectOn, out var chosenOn) ? chosenOn : _result.Bias[CohortSplit.Train];
        var prevalence = bias.First(row => row.Group == _view.Prioritized).PositiveRate;
        return new ReportFigure(
            "units",
            $"How DP chose its units for {group}",
            $"Each point is a model fitted with the group's C1 rows taken that many times. Of the three highest balanced accuracies, the one with the highest trapezoid AUC-PR is chosen. Judged on {_result.SelectionRows}: "
                + $"{support.ChoicePositives:N0} {_view.StayNoun} of the group with C1. The intervals of {alike} of {search.Scores.Count} hold the balanced accuracy of the chosen one. Dashed: what guessing gives.",
            HtmlFragment.Of($"""
                <div class="panels wide">
                {CurvePanel.Draw($"Balanced accuracy of {group}", "units", [.. search.Scores.Select(score => (score.Units, DotValue.Of(score.BalancedAccuracy, score.BalancedAccuracyInterval)))], [search.ChosenUnits], NameOfUnits, .5)}
                {CurvePanel.Draw($"Trapezoid AUC-PR C1 of {group}", "units", [.. search.Scores.Select(score => (score.Units, new DotValue(score.TrapezoidPrC1)))], [search.ChosenUnits], NameOfUnits, prevalence)}
                </div>
                """));
    }

    private static string NameOfUnits(int units) => $"{units} {(units == 1 ? "unit" : "units")}";

    private ReportFigure? LearningCurves()
    {
        // One picture of many curves would show none: no resampling and DP, or the first method there is.
        var shown = _view.Methods.Where(method => method.Models[0].Epochs.Count > 0 && method.Method is ResamplingMethod.None or ResamplingMethod.DoublePrioritized).ToList();
        if (shown.Count == 0)
            shown = [.. _view.Methods.Where(method => method.Models[0].Epochs.Count > 0).Take(1)];
        return shown.Count == 0 ? null : new ReportFigure(
            "learning",
            "Learning curves",
            "After every epoch the network is judged on samples that it is not trained on. The marked epoch is the one whose parameters are kept: of the epochs from the first to the last of the three "
                + "of highest balanced accuracy, that of the highest trapezoid AUC-PR. The training loss includes dropout and repeated samples; all epochs of all methods are in epochs.csv.",
            HtmlFragment.Of($"""
                <div class="panels wide">
                {HtmlFragment.Join(shown.SelectMany(CurvesOf))}
                </div>
                """));
    }

    private IEnumerable<HtmlFragment> CurvesOf(MethodResult method)
    {
        var (summary, title) = (method.Models[0], _view.TitleOf(method));
        (string Title, Func<EpochReport, double?> Value)[] curves =
            [("training loss", epoch => epoch.TrainingLoss), ("validation loss", epoch => epoch.ValidationLoss), ("validation trapezoid AUC-PR", epoch => epoch.TrapezoidPrC1)];
        foreach (var curve in curves)
        {
            var points = summary.Epochs.Where(epoch => curve.Value(epoch) is { } value && double.IsFinite(value)).Select(epoch => (epoch.Epoch, new DotValue(curve.Value(epoch)))).ToArray();
            if (points.Length > 0)
                yield return CurvePanel.Draw($"{title}: {curve.Title}", "epoch", points, [summary.ChosenEpoch ?? 0], static epoch => $"epoch {epoch}", reference: null);
        }
    }

    private string TitleWithCounts(string group)
    {
        var counts = _view.CountsOf(group);
        return $"{GroupName.TitleOf(group)}: {counts.PositiveClusterCount:N0} of {counts.ClusterCount:N0} {_view.StayNoun} with C1";
    }

    private DotValue Dot(MethodResult method, string group, ScoreMetric metric) => DotValue.Of(_view.ValueOf(method, group, metric), _view.IntervalOf(method, group, metric));
}
