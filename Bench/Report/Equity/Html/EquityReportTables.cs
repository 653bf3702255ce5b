using Bench.Report.Claims;
using Bench.Report.Equity.Results;
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
        Prevalences(document),
        .. document.Fidelity.Count == 0 ? Array.Empty<ReportTable>() : [Fidelity(findings.Study, document)],
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
