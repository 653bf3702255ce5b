using Bench.Report.Results;
using Bench.Studies.MainJob;
using Engine.Metrics;

namespace Bench.Report.Html;

/// <summary>Builds report.html: one file without scripts or network, pictures first.</summary>
internal static class HtmlReport
{
    private static readonly HtmlFragment s_simulated = new("""<p class="banner" role="note"><strong>Simulated data.</strong> These rows speak of no patient.</p>""");

    /// <summary>Renders the page.</summary>
    /// <param name="result">What the job found.</param>
    /// <param name="document">The same, as results.json tells it.</param>
    /// <returns>A complete HTML document.</returns>
    public static string Render(MainJobResult result, ResultsDocument document)
    {
        var view = new ReportView(result);
        return HtmlFragment.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{document.Cohort.Name}: results</title>
            <style>
            {new HtmlFragment(ReadStyle())}
            </style>
            </head>
            <body>
            {Header(document, view)}
            <main>
            {new ReportPictures(result, view).Draw()}
            {new ReportTables(document, SplitName.Of(view.Split)).Build()}
            {Notes(document.Cohort.Notes)}
            {Footer(document)}
            </main>
            </body>
            </html>

            """).Markup;
    }

    private static HtmlFragment Header(ResultsDocument document, ReportView view)
    {
        var positives = document.Cohort.Splits.Sum(split => split.Positives);
        return HtmlFragment.Of($"""
            <header>
            {(document.Cohort.IsSimulated ? s_simulated : HtmlFragment.Empty)}
            <h1>{document.Cohort.Name}</h1>
            <p class="lead">C1 means {document.Cohort.PositiveMeaning}. {Finding(document, view)}</p>
            <dl class="facts">
            {Fact("rows", $"{document.Cohort.Rows:N0}")}
            {Fact("C1", $"{positives:N0}")}
            {Fact("C1 rate", ValueText.Of(document.Cohort.Rows == 0 ? null : (double)positives / document.Cohort.Rows, ValueText.Share))}
            {HtmlFragment.Join(document.Cohort.Splits.Select(split => Fact($"{split.Split} rows", $"{split.Rows:N0}")))}
            {Fact("features", $"{document.Cohort.FeatureCount:N0}")}
            {Fact("seed", $"{document.Run.Seed}")}
            {Fact("seconds", $"{document.Run.Seconds:N1}")}
            </dl>
            </header>
            """);
    }

    private static HtmlFragment Fact(string name, string value) => HtmlFragment.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    /// <summary>Says in one sentence what DP did for its group, better or worse.</summary>
    private static HtmlFragment Finding(ResultsDocument document, ReportView view)
    {
        var baseline = view.Methods.FirstOrDefault(method => method.Method == ResamplingMethod.None);
        var prioritized = view.Methods.FirstOrDefault(method => method.Method == ResamplingMethod.DoublePrioritized);
        if (baseline is null || prioritized is null || view.Prioritized is not { } group || !view.Groups.Contains(group) || document.DoublePrioritized is not { } search)
            return HtmlFragment.Empty;
        var (before, after) = (view.MetricsOf(baseline, group), view.MetricsOf(prioritized, group));
        return HtmlFragment.Of($"""
            For <strong>{group}</strong> ({after.PositiveCount:N0} C1 of {after.RowCount:N0} {SplitName.Of(view.Split)} rows), DP with {search.ChosenUnits} {(search.ChosenUnits == 1 ? "unit" : "units")}
            gives a recall of C1 of <strong>{ValueText.Of(after[ScoreMetric.RecallC1])}</strong>, against {ValueText.Of(before[ScoreMetric.RecallC1])} without resampling,
            and a precision of C1 of <strong>{ValueText.Of(after[ScoreMetric.PrecisionC1])}</strong>, against {ValueText.Of(before[ScoreMetric.PrecisionC1])}.
            """);
    }

    private static HtmlFragment Notes(IReadOnlyList<string> notes) => notes.Count == 0 ? HtmlFragment.Empty : HtmlFragment.Of($"""
        <section><h2>Notes</h2><ul>{HtmlFragment.Join(notes.Select(note => HtmlFragment.Of($"<li>{note}</li>")))}</ul></section>
        """);

    private static HtmlFragment Footer(ResultsDocument document)
    {
        var (run, machine) = (document.Run, document.Run.Machine);
        return HtmlFragment.Of($"""
            <footer>
            <p>Started {run.StartedAt:yyyy-MM-dd HH:mm} UTC{(run.Arguments.Count == 0 ? HtmlFragment.Empty : HtmlFragment.Of($" as <code>{string.Join(' ', run.Arguments)}</code>"))}.
            Engine {run.Engine.Version}{(run.Engine.Commit is { } commit ? $", commit {commit}" : string.Empty)}.
            {machine.ProcessorCount} processors, {machine.Architecture}, {machine.SimdLevel}, {machine.OperatingSystem}, {machine.DotnetVersion}.</p>
            <p>Ridge penalty {document.Options.RidgePenalty}, threshold {document.Options.Threshold}. Every number, with all decimals: <code>{ResultsFile.Name}</code> and <code>{TableFiles.FolderName}/</code> beside this file.</p>
            </footer>
            """);
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
