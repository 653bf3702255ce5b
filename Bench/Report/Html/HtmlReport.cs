using System.Globalization;
using Bench.Report.Results;
using Bench.Studies.MainJob;

namespace Bench.Report.Html;

/// <summary>Builds report.html of the main job, pictures first.</summary>
internal static class HtmlReport
{
    /// <summary>Renders the page.</summary>
    /// <param name="result">What the job found.</param>
    /// <param name="document">The same, as results.json tells it.</param>
    /// <returns>A complete HTML document.</returns>
    public static string Render(MainJobResult result, ResultsDocument document)
    {
        var view = new ReportView(result);
        return new ReportPage
        {
            Subject = ReportSubject.Of(document.Cohort),
            Run = document.Run,
            Warnings = document.Warnings,
            Lead = [$"C1 means {document.Cohort.PositiveMeaning}.", .. Headline.Of(view)],
            Facts = [.. CohortFacts.Of(document.Cohort), .. CohortFacts.Of(view.Model, result.Cohort), ("seed", $"{document.Run.Seed}"), ("seconds", $"{document.Run.Seconds:N1}")],
            Caption = $"Every method has the same model: {document.Options.ModelReason}.{CohortFacts.OtherSettings(view.Model)}",
            Figures = new ReportPictures(result, document, view).Draw(),
            Tables = new ReportTables(document, view).Build(),
            Files = TableFiles.Names,
            Threshold = string.Create(CultureInfo.InvariantCulture, $"Threshold {document.Options.Threshold}"),
        }.Render();
    }
}
