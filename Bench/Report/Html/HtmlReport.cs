using Bench.Report.Results;
using Bench.Studies.MainJob;

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
        var figures = new ReportPictures(result, document, view).Draw();
        var tables = new ReportTables(document, view).Build();
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
            {Contents(figures, tables)}
            {HtmlFragment.Join(figures.Select(figure => figure.Build()))}
            {HtmlFragment.Join(tables.Select(table => table.Build()))}
            {Notes(document.Cohort.Notes)}
            {Footer(document)}
            </main>
            </body>
            </html>

            """).Markup;
    }

    /// <summary>Settings beyond these are told in a sentence.</summary>
    private const int FirstSettings = 3;

    private static HtmlFragment Header(ResultsDocument document, ReportView view)
    {
        var positives = document.Cohort.Splits.Sum(split => split.Positives);
        var positiveStays = document.Cohort.Splits.Sum(split => split.PositiveStays);
        return HtmlFragment.Of($"""
            <header>
            {(document.Cohort.IsSimulated ? s_simulated : HtmlFragment.Empty)}
            <h1>{document.Cohort.Name}</h1>
            <div class="lead">
            <p>C1 means {document.Cohort.PositiveMeaning}.</p>
            {HtmlFragment.Join(Headline.Of(view).Select(sentence => HtmlFragment.Of($"<p>{sentence}</p>")))}
            </div>
            {Warnings(document.Warnings)}
            <dl class="facts">
            {Fact(view.StayNoun, $"{document.Cohort.Splits.Sum(split => split.Stays):N0}")}
            {Fact(PositiveTitle(document), $"{positiveStays:N0}")}
            {Fact("rows", $"{document.Cohort.Rows:N0}")}
            {Fact("C1 rows", $"{positives:N0} ({ValueText.Of(document.Cohort.Rows == 0 ? null : (double)positives / document.Cohort.Rows, ValueText.Share)})")}
            {HtmlFragment.Join(document.Cohort.Splits.Select(split => Fact($"{split.Split}: with C1, of {view.StayNoun}", $"{split.PositiveStays:N0} of {split.Stays:N0}")))}
            {Fact("features", $"{document.Cohort.FeatureCount:N0}")}
            {Fact("model", view.Model.Title)}
            {HtmlFragment.Join(view.Model.Kind.Settings.Take(FirstSettings).Select(setting => Fact(setting.Key, setting.Value)))}
            {Fact("seed", $"{document.Run.Seed}")}
            {Fact("seconds", $"{document.Run.Seconds:N1}")}
            </dl>
            <p class="caption">Every method has the same model: {document.Options.ModelReason}.{OtherSettings(view)}</p>
            </header>
            """);
    }

    private static string OtherSettings(ReportView view) =>
        view.Model.Kind.Settings.Count <= FirstSettings ? string.Empty : $" Also: {string.Join(", ", view.Model.Kind.Settings.Skip(FirstSettings).Select(setting => $"{setting.Key} {setting.Value}"))}.";

    // The word that everybody uses comes before the code; in a cohort of hours the stays that end so are counted, not the hours.
    private static string PositiveTitle(ResultsDocument document) =>
        document.Cohort.PositiveMeaning.StartsWith("death", StringComparison.OrdinalIgnoreCase) ? "deaths" : $"{document.Cohort.StayNoun} with C1";

    private static HtmlFragment Warnings(IReadOnlyList<string> warnings) => warnings.Count == 0 ? HtmlFragment.Empty : HtmlFragment.Of($"""
        <ul class="warnings" role="note">{HtmlFragment.Join(warnings.Select(warning => HtmlFragment.Of($"<li>{warning}</li>")))}</ul>
        """);

    private static HtmlFragment Contents(IReadOnlyList<ReportFigure> figures, IReadOnlyList<ReportTable> tables) => HtmlFragment.Of($"""
        <nav>
        <p><strong>Pictures</strong> {HtmlFragment.Join(figures.Select(figure => HtmlFragment.Of($"""<a href="#{figure.Id}">{figure.Title}</a>""")))}</p>
        <p><strong>Tables</strong> {HtmlFragment.Join(tables.Select(table => HtmlFragment.Of($"""<a href="#{table.Id}">{table.Title}</a>""")))}</p>
        <p><strong>Files</strong> <a href="{ResultsFile.Name}">{ResultsFile.Name}</a> {HtmlFragment.Join(TableFiles.Names.Select(name => HtmlFragment.Of($"""<a href="{TableFiles.FolderName}/{name}">{name}</a>""")))}</p>
        </nav>
        """);

    private static HtmlFragment Fact(string name, string value) => HtmlFragment.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

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
            <p>Threshold {document.Options.Threshold}. Every number, with all decimals: <code>{ResultsFile.Name}</code> and <code>{TableFiles.FolderName}/</code> beside this file.</p>
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
