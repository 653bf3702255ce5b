using Bench.Report.Results;

namespace Bench.Report.Html;

/// <summary>The shell of report.html: one file without scripts or network, with a header, contents, pictures, tables, notes and how the run was started.</summary>
internal sealed record ReportPage
{
    private static readonly HtmlFragment s_simulated = new("""<p class="banner" role="note"><strong>Simulated data.</strong> These rows speak of no patient.</p>""");

    /// <summary>Gets the data.</summary>
    public required ReportSubject Subject { get; init; }

    /// <summary>Gets what is needed to repeat the run.</summary>
    public required RunSection Run { get; init; }

    /// <summary>Gets what a reader must know before any number.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Gets the sentences below the title.</summary>
    public required IReadOnlyList<string> Lead { get; init; }

    /// <summary>Gets names and values of what the run was about.</summary>
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }

    /// <summary>Gets a sentence below them.</summary>
    public required string Caption { get; init; }

    /// <summary>Gets what stands before the pictures, and is not folded.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];

    /// <summary>Gets the pictures.</summary>
    public required IReadOnlyList<ReportFigure> Figures { get; init; }

    /// <summary>Gets the tables.</summary>
    public required IReadOnlyList<ReportTable> Tables { get; init; }

    /// <summary>Gets the names of the files in tables/.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Gets from which probability a row counts as class 1, in words.</summary>
    public required string Threshold { get; init; }

    /// <summary>Renders the page.</summary>
    /// <returns>A complete HTML document.</returns>
    public string Render() => Wrap($"{Subject.Name}: results", HtmlFragment.Of($"""
        {Header()}
        <main>
        {Contents()}
        {HtmlFragment.Join(Sections.Select(section => section.Build()))}
        {HtmlFragment.Join(Figures.Select(figure => figure.Build(Subject.IsSimulated)))}
        {HtmlFragment.Join(Tables.Select(table => table.Build()))}
        {Notes()}
        {Footer()}
        </main>
        """));

    /// <summary>Makes a document of what stands in its body, in the style of all pages.</summary>
    /// <param name="title">What a window is called that shows it.</param>
    /// <param name="body">The body.</param>
    /// <returns>A complete HTML document.</returns>
    public static string Wrap(string title, HtmlFragment body) => HtmlFragment.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <style>
        {new HtmlFragment(ReadStyle())}
        </style>
        </head>
        <body>
        {body}
        </body>
        </html>

        """).Markup;

    private HtmlFragment Header() => HtmlFragment.Of($"""
        <header>
        {(Subject.IsSimulated ? s_simulated : HtmlFragment.Empty)}
        <h1>{Subject.Name}</h1>
        <div class="lead">
        {HtmlFragment.Join(Lead.Select(sentence => HtmlFragment.Of($"<p>{sentence}</p>")))}
        </div>
        {(Warnings.Count == 0 ? HtmlFragment.Empty : HtmlFragment.Of($"""<ul class="warnings" role="note">{HtmlFragment.Join(Warnings.Select(warning => HtmlFragment.Of($"<li>{warning}</li>")))}</ul>"""))}
        <dl class="facts">
        {HtmlFragment.Join(Facts.Select(fact => HtmlFragment.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>")))}
        </dl>
        <p class="caption">{Caption}</p>
        </header>
        """);

    private HtmlFragment Contents() => HtmlFragment.Of($"""
        <nav>
        {(Sections.Count == 0 ? HtmlFragment.Empty : HtmlFragment.Of($"""<p><strong>Answers</strong> {Links(Sections.Select(section => (section.Id, section.Title)))}</p>"""))}
        <p><strong>Pictures</strong> {Links(Figures.Select(figure => (figure.Id, figure.Title)))}</p>
        <p><strong>Tables</strong> {Links(Tables.Select(table => (table.Id, table.Title)))}</p>
        <p><strong>Files</strong> <a href="{ResultsFile.Name}">{ResultsFile.Name}</a> {HtmlFragment.Join(Files.Select(name => HtmlFragment.Of($"""<a href="{TableFiles.FolderName}/{name}">{name}</a>""")))}</p>
        </nav>
        """);

    private static HtmlFragment Links(IEnumerable<(string Id, string Title)> places) => HtmlFragment.Join(places.Select(place => HtmlFragment.Of($"""<a href="#{place.Id}">{place.Title}</a>""")));

    private HtmlFragment Notes() => Subject.Notes.Count == 0 ? HtmlFragment.Empty : HtmlFragment.Of($"""
        <section><h2>Notes</h2><ul>{HtmlFragment.Join(Subject.Notes.Select(note => HtmlFragment.Of($"<li>{note}</li>")))}</ul></section>
        """);

    private HtmlFragment Footer()
    {
        var machine = Run.Machine;
        return HtmlFragment.Of($"""
            <footer>
            <p>Started {Run.StartedAt:yyyy-MM-dd HH:mm} UTC{(Run.Arguments.Count == 0 ? HtmlFragment.Empty : HtmlFragment.Of($" as <code>{string.Join(' ', Run.Arguments)}</code>"))}.
            Engine {Run.Engine.Version}{(Run.Engine.Commit is { } commit ? $", commit {commit}" : string.Empty)}.
            {machine.ProcessorCount} processors, {machine.Architecture}, {machine.SimdLevel}, {machine.OperatingSystem}, {machine.DotnetVersion}.</p>
            <p>{Threshold}. Every number, with all decimals: <code>{ResultsFile.Name}</code> and <code>{TableFiles.FolderName}/</code> beside this file.</p>
            </footer>
            """);
    }

    private static string ReadStyle()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>What a page is about.</summary>
/// <param name="Name">The name of the data.</param>
/// <param name="IsSimulated">Whether the rows speak of no patient.</param>
/// <param name="Notes">What a reader must know of them.</param>
internal sealed record ReportSubject(string Name, bool IsSimulated, IReadOnlyList<string> Notes)
{
    /// <summary>Takes a cohort.</summary>
    public static ReportSubject Of(CohortSection cohort) => new(cohort.Name, cohort.IsSimulated, cohort.Notes);
}
