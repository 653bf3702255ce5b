using System.Globalization;
using Bench.Cohorts;
using Bench.Report.Fidelity;
using Bench.Report.Prioritized;
using Bench.Studies.Claims;
using Bench.Studies.Equity;
using Bench.Studies.Prioritized;
using Engine.Fidelity;
using Engine.Metrics;
using Engine.Prognosis;
using Spectre.Console;

namespace Bench.Report.Terminal;

/// <summary>The tables of the console summary, narrow enough for 80 columns.</summary>
internal static class SummaryTables
{
    private const string Undefined = "-";

    private static readonly (string Header, ScoreMetric Metric)[] s_metrics =
    [
        ("Recall\nC1", ScoreMetric.RecallC1),
        ("Precis.\nC1", ScoreMetric.PrecisionC1),
        ("Bal.\nacc.", ScoreMetric.BalancedAccuracy),
        ("AUROC", ScoreMetric.Auroc),
        ("Aver.\nprec.", ScoreMetric.AveragePrecisionC1),
        ("Diver-\ngence", ScoreMetric.DivergenceDual),
    ];

    /// <summary>Shows how well groups are represented in a split.</summary>
    public static Table Representation(CohortSplit split, IReadOnlyList<BiasRow> rows, string stayNoun)
    {
        var stays = Capital.Of(stayNoun);
        var table = Create($"Representation, {SplitName.Of(split)} rows", "Group", stays, "with C1", "Rows", "Share", "C1 rows", "C1 rate");
        foreach (var row in rows)
            AddRow(table, row.Group, $"{row.ClusterCount:N0}", $"{row.PositiveClusterCount:N0}", $"{row.RowCount:N0}", Percent(row.Share), $"{row.PositiveCount:N0}", Percent(row.PositiveRate));
        return table;
    }

    /// <summary>Shows the metrics of every method for one group.</summary>
    public static Table Metrics(ReportView view, string group)
    {
        var first = view.MetricsOf(view.Methods[0], group);
        var counts = view.CountsOf(group);
        var title = $"{group}, {SplitName.Of(view.Split)} rows: {first.RowCount:N0}, C1: {first.PositiveCount:N0}; {view.StayNoun}: {counts.ClusterCount:N0}, with C1: {counts.PositiveClusterCount:N0}";
        var table = Create(title, ["Method", .. s_metrics.Select(column => column.Header)]);
        foreach (var method in view.Methods)
            AddRow(table, [view.TitleOf(method), .. s_metrics.Select(column => Ratio(view.ValueOf(method, group, column.Metric)))]);
        return table;
    }

    /// <summary>Shows what DP did for every group that it served: before and after, over the test rows.</summary>
    public static Table Served(JudgedStudy study)
    {
        var noun = Capital.Of(study.Result.PatientNoun);
        var table = Create("Groups served, test rows: original to DP", "Group", $"{noun}\nwith C1", "Units", "Recall C1", "Precision C1", "Balanced acc.");
        foreach (var group in study.Result.Served)
        {
            var units = StudyHeadline.UnitsOf(study, group);
            AddRow(
                table,
                [
                    group,
                    $"{study.CountsOf(CohortSplit.Test, group).PositiveClusterCount:N0}",
                    units.Count == 0 ? Undefined : units.Min() == units.Max() ? $"{units[0]}" : $"{units.Min()}-{units.Max()}",
                    .. new[] { ScoreMetric.RecallC1, ScoreMetric.PrecisionC1, ScoreMetric.BalancedAccuracy }.Select(metric => $"{Mean(study.Original, metric)} to {Mean(study.PrioritizedFor(group), metric)}"),
                ]);

            string Mean(ArmName? name, ScoreMetric metric) => Format(name is null ? null : study.MeanOf(name, group, metric), "0.00");
        }

        return table;
    }

    /// <summary>Shows the mean AUROC of a minority under every arm.</summary>
    public static Table Arms(EquityResult result, EquitySetting setting)
    {
        var table = Create($"AUROC of {GroupName.TitleOf(setting.Minority)}, {setting.Size:N0} rows", ["Method", .. result.Outcomes]);
        for (var arm = 0; arm < result.Arms.Count; arm++)
            AddRow(table, [result.Arms[arm].Title, .. Enumerable.Range(0, result.Outcomes.Count).Select(outcome => Ratio(EquityStatistics.MeanOf(setting, arm, outcome, scores => scores.MinorityAuroc)?.Mean))]);
        return table;
    }

    /// <summary>Shows the verdict on every claim.</summary>
    public static Table Claims(IReadOnlyList<JudgedClaim> claims)
    {
        var table = Create("Claims of the paper, with answers for groups", "Claim", "Verdict", "Yes", "No", "Open");
        foreach (var claim in claims)
            AddRow(table, claim.Id, claim.Verdict.Describe(), $"{claim.Count(ClaimVerdict.Holds)}", $"{claim.Count(ClaimVerdict.DoesNotHold)}", $"{claim.Count(ClaimVerdict.CannotBeTold)}");
        return table;
    }

    /// <summary>Shows every measure of fidelity.</summary>
    public static Table Fidelity(FidelityReport report)
    {
        var table = Create($"Fidelity: {report.SyntheticCount:N0} made rows beside {report.RealCount:N0} shown and {report.HoldoutCount:N0} held-out ones", "Measure", "Made rows", "As real");
        foreach (var measure in FidelityMeasure.ListOf(report))
            AddRow(table, measure.Title, Ratio(measure.Score.Value), Ratio(measure.Expected));
        return table;
    }

    private static Table Create(string title, params ReadOnlySpan<string> headers)
    {
        // Horizontal rules only: they fit everywhere, and survive being pasted into a mail.
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true, Title = new TableTitle(Markup.Escape(title)) };
        for (var column = 0; column < headers.Length; column++)
            table.AddColumn(new TableColumn(new Text(headers[column])) { Alignment = column == 0 ? Justify.Left : Justify.Right, NoWrap = column > 0 });
        return table;
    }

    private static void AddRow(Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));

    private static string Ratio(double? value) => Format(value, "0.000");

    private static string Percent(double? value) => Format(value, "0.0 %");

    private static string Format(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? Undefined;
}
