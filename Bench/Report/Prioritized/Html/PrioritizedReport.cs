using System.Globalization;
using Bench.Report.Claims;
using Bench.Report.Html;
using Bench.Report.Prioritized.Results;
using Bench.Studies.Prioritized;
using Bench.Studies.Prioritized.Claims;

namespace Bench.Report.Prioritized.Html;

/// <summary>Builds report.html of the study of paper P: the answers to its claims, its figures redrawn, tables.</summary>
internal static class PrioritizedReport
{
    /// <summary>Renders the page.</summary>
    /// <param name="findings">What the study found.</param>
    /// <param name="document">The same, as results.json tells it.</param>
    /// <returns>A complete HTML document.</returns>
    public static string Render(StudyFindings findings, PrioritizedDocument document)
    {
        var result = findings.Study.Result;
        return new ReportPage
        {
            Subject = ReportSubject.Of(document.Cohort),
            Run = document.Run,
            Warnings = document.Warnings,
            Lead = [$"The study of double prioritized sampling (paper P: Afrose et al. 2021), repeated on these data. C1 means {document.Cohort.PositiveMeaning}.", .. StudyHeadline.Of(findings)],
            Facts =
            [
                .. CohortFacts.Of(document.Cohort),
                .. CohortFacts.Of(result.Model, result.Cohort),
                ("repeats", $"{result.RepeatCount}"),
                ("calibration", document.Options.Calibration),
                ("seed", $"{document.Run.Seed}"),
                ("seconds", $"{document.Run.Seconds:N1}"),
            ],
            Caption = $"Every arm has the same model: {document.Options.ModelReason}.{CohortFacts.OtherSettings(result.Model)} DP chose its units on {document.Options.Selection}.",
            Sections = [ClaimList.Build(
                findings.Claims,
                ReportSubject.Of(document.Cohort),
                $"An answer needs the whole 95 % interval on one side of the border, and at least {PaperClaims.FewestPatients} test {result.PatientNoun} with C1 in a group; else it cannot be told.",
                "groups")],
            Figures = new StudyPictures(findings.Study).Draw(),
            Tables = new StudyTables(findings, document).Build(),
            Files = PrioritizedTables.Names,
            Threshold = result.Options.Calibration switch
            {
                Calibration.None => string.Create(CultureInfo.InvariantCulture, $"Threshold {document.Options.Threshold}"),
                Calibration.Everyone => "Probabilities calibrated and the threshold chosen on the validation rows, for every arm",
                _ => "Probabilities calibrated and the threshold chosen on the validation rows of each group, for every arm",
            },
        }.Render();
    }
}
