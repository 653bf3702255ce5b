using System.Globalization;
using Bench.Report.Claims;
using Bench.Report.Equity.Results;
using Bench.Report.Fidelity;
using Bench.Report.Html;
using Bench.Studies.Equity;

namespace Bench.Report.Equity.Html;

/// <summary>The tables of the page of a study of synthetic rows.</summary>
internal static class EquityReportTables
{
    /// <summary>Builds the tables.</summary>
    public static IReadOnlyList<ReportTable> Build(EquityFindings findings, EquityDocument document) =>
    [
        ClaimTable.Build(findings.Claims),
        .. EquitySummaryEntry.Metrics.Select(metric => Scores(findings.Study, document, metric.JudgedOn, metric.Metric)),
        Temperatures(findings.Study, document),
        Prevalences(document),
        .. document.Fidelity.Count == 0 ? Array.Empty<ReportTable>() : [Fidelity(findings.Study, document), Measures(findings.Study)],
        .. document.Generation.Count == 0 ? Array.Empty<ReportTable>() : [Generation(document)],
    ];

    private static ReportTable Scores(JudgedEquity study, EquityDocument document, string judgedOn, string metric)
    {
        var entries = document.Summary.Where(entry => entry.JudgedOn == judgedOn && entry.Metric == metric).GroupBy(entry => (entry.Minority, entry.Size, entry.Outcome));
        var redraws = (judgedOn, metric) switch
        {
            ("minority", "auroc") => "Redraws table 2. ",
            ("minority", "auprc") => "Redraws table S3. ",
            _ => string.Empty,
        };
        return new ReportTable(
            $"table-{judgedOn}-{metric}",
            $"{metric.ToUpperInvariant()} of the {judgedOn}",
            "summary.csv",
            redraws + "Means over repeats ± deviation; * is the highest of a row.",
            HtmlTable.Of(
                ["Minority", "Rows", "Outcome", .. study.Result.Arms.Select(arm => arm.Title)],
                3,
                entries.Select(row => (IReadOnlyList<string>)[GroupName.TitleOf(row.Key.Minority), $"{row.Key.Size:N0}", row.Key.Outcome, .. row.Select(entry => TextOf(entry, row.Max(one => one.Mean)))])));
    }

    private static string TextOf(EquitySummaryEntry entry, double? best) => entry is { Mean: { } mean, Deviation: { } deviation }
        ? $"{ValueText.Of(mean, "0.0000")} ± {ValueText.Of(deviation)}{(mean == best ? " *" : string.Empty)}"
        : ValueText.Undefined;

    /// <summary>Redraws table S5, or says why there is nothing to redraw.</summary>
    private static ReportTable Temperatures(JudgedEquity study, EquityDocument document)
    {
        var arms = study.Result.Arms.Where(arm => arm.Generator?.Temperature is not null).ToArray();
        var temperatures = arms.Select(arm => arm.Generator!.Temperature!.Value).Distinct().Order().ToArray();
        var note = temperatures switch
        {
            [] => "Table S5 compares temperatures of a language model, and none took part: --generator openai or local asks one, and --temperature .5,.9,1.2 asks at the paper's temperatures.",
            [var one] => string.Create(CultureInfo.InvariantCulture, $"Table S5 compares temperatures, and the language model was asked at {one} alone; --temperature .5,.9,1.2 asks at those of the paper."),
            _ => "Redraws table S5: AUROC of the minority by the temperature of the language model. Means over repeats ± deviation; * is the highest of a row.",
        };
        var rows = from entry in document.Summary
                   where entry is { JudgedOn: "minority", Metric: "auroc" }
                   let arm = arms.FirstOrDefault(arm => arm.Name == entry.Arm)
                   where arm is not null
                   group (arm.Generator!.Temperature, Entry: entry) by (entry.Minority, entry.Size, entry.Outcome, arm.LearnsFromGroup);
        return new ReportTable(
            "table-temperatures",
            "AUROC of the minority by temperature",
            temperatures.Length > 1 ? "summary.csv" : null,
            note,
            temperatures.Length > 1
                ? HtmlTable.Of(
                    ["Minority", "Rows", "Outcome", "Made rows", .. temperatures.Select(temperature => string.Create(CultureInfo.InvariantCulture, $"{temperature}"))],
                    4,
                    rows.Select(row => (IReadOnlyList<string>)
                    [
                        GroupName.TitleOf(row.Key.Minority),
                        $"{row.Key.Size:N0}",
                        row.Key.Outcome,
                        row.Key.LearnsFromGroup ? "of the group" : "generic",
                        .. temperatures.Select(temperature => TextOf(row.First(one => one.Temperature == temperature).Entry, row.Max(one => one.Entry.Mean))),
                    ]))
                : HtmlFragment.Empty);
    }

    private static ReportTable Prevalences(EquityDocument document) => new(
        "table-prevalences",
        "Rows and outcomes of every group",
        "prevalences.csv",
        "Redraws tables S1 and S2.",
        HtmlTable.Of(
            ["Group", "Rows", .. document.Prevalences.Select(entry => entry.Outcome).Distinct()],
            1,
            document.Prevalences.GroupBy(entry => (entry.Group, entry.Rows)).Select(group =>
                (IReadOnlyList<string>)[GroupName.TitleOf(group.Key.Group), $"{group.Key.Rows:N0}", .. group.Select(entry => ValueText.Of(entry.Share, ValueText.Share))])));

    private static ReportTable Fidelity(JudgedEquity study, EquityDocument document) => new(
        "table-fidelity",
        "How like real rows made ones are",
        "fidelity.csv",
        "Of the first repeat, beside real rows of the minority that neither trained nor were shown. Shapes: 1 is alike; correlations: 0 is alike; place: 0 looks like the majority, 1 like the minority.",
        HtmlTable.Of(
            ["Minority", "Rows", "Arm", "Real rows", "Shape of numbers", "Shape of levels", "Correlations differ by", "Copies", "Near copies", "Distance", "Of real rows", "Place"],
            3,
            document.Fidelity.Select(entry => (IReadOnlyList<string>)
            [
                GroupName.TitleOf(entry.Minority),
                $"{entry.Size:N0}",
                study.Result.Arms.First(arm => arm.Name == entry.Arm).Title,
                $"{entry.RealRows:N0}",
                ValueText.Of(entry.KsComplement),
                ValueText.Of(entry.TvComplement),
                ValueText.Of(entry.CorrelationDifference),
                ValueText.Of(entry.Identical, ValueText.Share),
                ValueText.Of(entry.NearlyIdentical, ValueText.Share),
                ValueText.Of(entry.MinorityMedian, "0.00"),
                ValueText.Of(entry.MinorityBaseline, "0.00"),
                ValueText.Of(entry.MembershipPosition, "0.00"),
            ])));

    /// <summary>Lists every measure, a row each, beside what rows would have that are as good as real ones.</summary>
    private static ReportTable Measures(JudgedEquity study)
    {
        var settings = study.MainSettings.Where(setting => setting.Fidelity.Count > 0).ToArray();
        return new ReportTable(
            "table-measures",
            "Every measure of fidelity",
            "fidelity-measures.csv",
            $"Of the first repeat. Likeness is to at most {EquityFidelity.MostRows:N0} rows of the minority that neither trained nor were shown; copies and attacks are of the rows that were shown, beside others of the same groups. "
                + "As real: what rows would have that are as good as real ones and copy none, a constant or measured on real rows; a dash where that cannot be said. Formulas: docs/fidelity.md.",
            HtmlFragment.Join(settings.Select(setting =>
            {
                var arms = setting.Fidelity.Select(rows => (rows.Arm.Title, Measures: FidelityMeasure.ListOf(rows.Report))).ToArray();
                return HtmlTable.Of(
                    [$"{GroupName.TitleOf(setting.Minority)}, {setting.Size:N0} rows", .. arms.SelectMany(arm => new[] { arm.Title, "As real" })],
                    1,
                    arms[0].Measures.Select((measure, place) => (IReadOnlyList<string>)
                    [
                        measure.Title,
                        .. arms.SelectMany(arm => new[] { ValueText.Of(arm.Measures[place].Score.Value), ValueText.Of(arm.Measures[place].Expected, "0.###") }),
                    ]));
            })));
    }

    private static ReportTable Generation(EquityDocument document) => new(
        "table-generation",
        "What generating took",
        "generation.csv",
        "Over all repeats of a minority. Refused are proposed rows that were not legal, or copies.",
        HtmlTable.Of(
            ["Minority", "Rows", "Arm", "Asked", "Made", "Refused", "Calls", "From journal", "Prompt tokens", "Reply tokens"],
            3,
            document.Generation.GroupBy(entry => (entry.Minority, entry.Size, entry.Arm)).Select(group => (IReadOnlyList<string>)
            [
                GroupName.TitleOf(group.Key.Minority),
                $"{group.Key.Size:N0}",
                group.Key.Arm,
                $"{group.Sum(entry => entry.Requested):N0}",
                $"{group.Sum(entry => entry.Made):N0}",
                $"{group.Sum(entry => entry.Refused):N0}",
                $"{group.Sum(entry => entry.Calls):N0}",
                $"{group.Sum(entry => entry.CallsFromJournal):N0}",
                $"{group.Sum(entry => entry.PromptTokens):N0}",
                $"{group.Sum(entry => entry.ReplyTokens):N0}",
            ])));
}
