using Bench.Cohorts;
using Bench.Report.Claims;
using Bench.Report.Html;
using Bench.Report.Prioritized.Results;
using Bench.Studies.Prioritized;
using Engine.Metrics;

namespace Bench.Report.Prioritized.Html;

/// <summary>The tables of a study, below its figures.</summary>
internal sealed class StudyTables
{
    private static readonly ScoreMetric[] s_compared =
    [
        ScoreMetric.RecallC1, ScoreMetric.PrecisionC1, ScoreMetric.TrapezoidPrC1, ScoreMetric.BalancedAccuracy, ScoreMetric.Accuracy, ScoreMetric.Auroc, ScoreMetric.F1C1, ScoreMetric.Mcc, ScoreMetric.DivergenceDual,
    ];

    private readonly StudyFindings _findings;
    private readonly JudgedStudy _study;
    private readonly PrioritizedDocument _document;

    /// <summary>Prepares the tables of a study.</summary>
    public StudyTables(StudyFindings findings, PrioritizedDocument document) => (_findings, _study, _document) = (findings, findings.Study, document);

    private static IEnumerable<string> MetricTitles => s_compared.Select(MetricName.TitleOf);

    /// <summary>Builds all tables that this study has.</summary>
    public IReadOnlyList<ReportTable> Build() => [.. new[] { ClaimTable.Build(_findings.Claims), Summary(), Differences(), Disparity(), Bias(), Arms(), Skipped() }.OfType<ReportTable>()];

    private ReportTable? Summary() => _study.Names.Count == 0 ? null : new(
        "table-summary",
        "Metrics of the test rows",
        "summary.csv",
        $"Means over repeats ± deviation; in brackets 95 % intervals, drawn by whole {_study.Result.PatientNoun}. A dash is undefined. Other groups and metrics are in the file.",
        HtmlTable.Of(
            ["Group", "Method", .. MetricTitles],
            nameColumns: 2,
            from judged in _study.Result.Served.Prepend(Cohort.Everyone)
            from name in judged == Cohort.Everyone ? _study.Names : _study.Concerning(judged)
            select (string[])[GroupName.TitleOf(judged), ArmTitle.Of(name), .. s_compared.Select(metric => Cell(name, judged, metric))]));

    private string Cell(ArmName name, string group, ScoreMetric metric)
    {
        var spread = _study.SpreadOf(name, group, metric);
        if (spread.Mean is null)
            return ValueText.Undefined;
        var deviation = _study.Result.RepeatCount > 1 ? $" ± {ValueText.Of(spread.Deviation)}" : string.Empty;
        return ValueText.Of(spread.Mean) + deviation + (_study.IntervalOf(name, group, metric) is { } interval ? $" {Range(interval)}" : string.Empty);
    }

    private ReportTable? Differences() => _study.Result.Differences.Count == 0 ? null : new(
        "table-differences",
        "Differences for the groups served",
        "differences.csv",
        $"Means over repeats, the first less the second, with 95 % intervals of the same draws of {_study.Result.PatientNoun}. Where an interval does not hold 0, chance alone hardly makes the difference.",
        HtmlTable.Of(
            ["Group", "Method", "Less", .. MetricTitles],
            nameColumns: 3,
            from served in _study.Result.Served
            from pair in _study.Result.Differences
            where pair.Name.Served is null || pair.Name.Served == served
            where pair.Against.Served is null || pair.Against.Served == served
            select (string[])
            [
                GroupName.TitleOf(served),
                ArmTitle.Of(pair.Name),
                ArmTitle.Of(pair.Against),
                .. s_compared.Select(metric => _study.DifferenceOf(pair.Name, pair.Against, served, metric) is { } difference
                    ? $"{ValueText.Of(difference.Estimate, "+0.000;-0.000;0.000")} {Range(difference)}" : ValueText.Undefined),
            ]));

    private ReportTable? Disparity()
    {
        var entries = _document.Disparity.ToLookup(entry => (entry.Family, entry.Method));
        return entries.Count == 0 ? null : new(
            "table-disparity",
            "Disparity between groups",
            "disparity.csv",
            "Largest / smallest mean over repeats, the gap between them in brackets, and whose they are: best, worst. Under a method that serves one group, each served group has its own model and the others the original.",
            HtmlTable.Of(
                ["Between groups of", "Method", .. MetricTitles],
                nameColumns: 2,
                from family in _study.Families
                from entry in entries
                where entry.Key.Family == family.Name
                select (string[])
                [
                    family.Name,
                    ArmTitle.OfMethod(new ArmName(entry.Key.Method, null)),
                    .. s_compared.Select(metric => entry.FirstOrDefault(one => one.Metric == MetricName.KeyOf(metric)) is { } found
                        ? $"{ValueText.Of(found.Relative, "0.00")} ({ValueText.Of(found.Absolute, "0.00")}; {found.Best}, {found.Worst})" : ValueText.Undefined),
                ]));
    }

    private ReportTable Bias() => new(
        "table-representation",
        "Representation",
        "bias.csv",
        string.Empty,
        HtmlTable.Of(
            ["Split", "Group", Capital.Of(_study.Result.PatientNoun), "with C1", "Rows", "Share", "C1 rows", "C1 rate", "Share of C1"],
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

    private ReportTable? Arms() => _document.Arms.Count == 0 ? null : new(
        "table-arms",
        "What was trained",
        "arms.csv",
        "Repeated and synthetic rows are counted.",
        HtmlTable.Of(
            ["Method", "Repeat", "Fit", "Units", "Training rows", "Seconds"],
            nameColumns: 3,
            _document.Arms.Select(arm => new[]
            {
                ArmTitle.Of(new ArmName(arm.Method, arm.Served)),
                $"{arm.Repeat}",
                arm.FitStatus,
                arm.ChosenUnits is { } units ? $"{units}" : string.Empty,
                $"{arm.TrainingRows:N0}",
                ValueText.Of(arm.Seconds, "0.00"),
            })));

    private ReportTable? Skipped() => _document.Skipped.Count == 0 ? null : new(
        "table-skipped",
        "What could not be trained",
        "skipped.csv",
        string.Empty,
        HtmlTable.Of(["Method", "Reason"], nameColumns: 2, _document.Skipped.Select(one => new[] { ArmTitle.Of(new ArmName(one.Method, one.Served)), one.Reason })));

    private static string Range(MetricInterval interval) => $"[{ValueText.Of(interval.Lower)}, {ValueText.Of(interval.Upper)}]";
}
