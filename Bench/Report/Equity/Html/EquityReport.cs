using System.Globalization;
using Bench.Report.Claims;
using Bench.Report.Equity.Results;
using Bench.Report.Html;
using Bench.Studies.Equity;
using Bench.Studies.Equity.Claims;

namespace Bench.Report.Equity.Html;

/// <summary>Builds report.html of the study of paper E: the answers to its claims, its figures and tables redrawn.</summary>
internal static class EquityReport
{
    /// <summary>Renders the page.</summary>
    /// <param name="findings">What the study found.</param>
    /// <param name="document">The same as in results.json.</param>
    public static string Render(EquityFindings findings, EquityDocument document)
    {
        var (study, cohort) = (findings.Study, document.Cohort);
        var subject = new ReportSubject(cohort.Name, cohort.IsSimulated, cohort.Notes);
        var options = document.Options;
        return new ReportPage
        {
            Subject = subject,
            Run = document.Run,
            Warnings = document.Warnings,
            Lead =
            [
                $"The study of synthetic rows for small groups (paper E: Smolyak et al. 2024), repeated on these data: {string.Join(", ", options.MinoritySizes)} rows of a minority beside {options.MajoritySize:N0} of the majority ({GroupName.TitleOf(cohort.Majority)}), in {options.Repeats} repeats.",
                .. EquityHeadline.Of(findings),
                .. options.Disclosure is { } disclosure ? [disclosure] : Array.Empty<string>(),
            ],
            Facts =
            [
                ("rows", $"{cohort.Rows:N0}"),
                ("patients", $"{cohort.Patients:N0}"),
                ("columns", $"{cohort.Columns.Count(column => !column.IsOutcome):N0}"),
                ("outcomes", $"{cohort.Columns.Count(column => column.IsOutcome):N0}"),
                .. document.Prevalences.Select(entry => (entry.Group, entry.Rows)).Distinct().Select(group => (GroupName.TitleOf(group.Group), $"{group.Rows:N0}")),
                ("repeats", $"{options.Repeats}"),
                ("ridge penalty", string.Create(CultureInfo.InvariantCulture, $"{options.RidgePenalty}")),
                ("seed", $"{options.Seed}"),
                ("seconds", $"{document.Run.Seconds:N1}"),
            ],
            Caption = $"Every arm is a logistic regression on features standardized by the real rows of the repeat, with a column that tells the groups apart. Generators fill the minority up to {options.MajoritySize:N0} rows and see no row but those that train; "
                + "all other rows of both groups are judged on, but for those of patients who train.",
            Sections =
            [
                ClaimList.Build(
                    findings.Claims,
                    subject,
                    $"An answer needs the whole 95 % interval on one side of the border; intervals draw the repeats, and speak of which rows were drawn to train, not of other patients. An outcome counts where a minority has {EquityClaims.FewestPositives} rows with it to judge on.",
                    "minorities"),
            ],
            Figures = new EquityPictures(study).Draw(),
            Tables = EquityReportTables.Build(findings, document),
            Files = EquityTables.Names,
            Threshold = "AUROC and AUPRC (average precision) need no threshold",
        }.Render();
    }
}

/// <summary>The sentences at the top.</summary>
internal static class EquityHeadline
{
    /// <summary>Says what a reader takes away: cases won, and claims.</summary>
    public static IEnumerable<string> Of(EquityFindings findings)
    {
        var study = findings.Study;
        var cases = study.MainSettings.SelectMany(setting => study.OutcomesOf(setting).Select(outcome => BestOf(study, setting, outcome))).OfType<int>().ToArray();
        if (cases.Length > 0)
        {
            var generated = cases.Count(arm => study.Generated.Contains(arm));
            yield return $"Highest mean AUROC of the minority, over {cases.Length} cases of a minority and an outcome: "
                + string.Join(", ", cases.GroupBy(arm => arm).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => $"{study.Result.Arms[group.Key].Title} in {group.Count()}"))
                + $". Generated rows are best in {generated}; in the paper, rows of a large language model were in 13 of 17. How far such a lead is chance stands in the answers.";
        }

        yield return ClaimTally.Of(findings.Claims);
    }

    private static int? BestOf(JudgedEquity study, EquitySetting setting, int outcome)
    {
        var means = Enumerable.Range(0, study.Result.Arms.Count).Select(arm => EquityStatistics.MeanOf(setting, arm, outcome, scores => scores.MinorityAuroc)?.Mean).ToArray();
        return Array.Exists(means, mean => mean is not null) ? Array.IndexOf(means, means.Max()) : null;
    }
}
