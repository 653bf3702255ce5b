namespace Bench.Report.Html;

/// <summary>A part of the page that is neither a picture nor a folded table.</summary>
/// <param name="Id">Its place in the page, for links.</param>
/// <param name="Title">What it holds.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Content">The part itself.</param>
internal sealed record ReportSection(string Id, string Title, string Caption, HtmlFragment Content)
{
    /// <summary>Builds the section.</summary>
    public HtmlFragment Build() => HtmlFragment.Of($"""
        <section id="{Id}">
        <h2>{Title}</h2>
        <p class="caption">{Caption}</p>
        {Content}
        </section>
        """);
}

/// <summary>A picture with what it shows and how to read it.</summary>
/// <param name="Id">Its place in the page, for links.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Picture">The picture.</param>
internal sealed record ReportFigure(string Id, string Title, string Caption, HtmlFragment Picture)
{
    private static readonly HtmlFragment s_simulated = new("""<span class="badge">simulated</span>""");

    /// <summary>Builds the figure.</summary>
    /// <param name="isSimulated">Whether it shows simulated rows: figures are passed on without the page.</param>
    public HtmlFragment Build(bool isSimulated) => HtmlFragment.Of($"""
        <figure id="{Id}">
        <h2>{Title}{(isSimulated ? s_simulated : HtmlFragment.Empty)}</h2>
        <p class="caption">{Caption}</p>
        {Picture}
        </figure>
        """);
}

/// <summary>A table below the pictures, folded until it is asked for.</summary>
/// <param name="Id">Its place in the page, for links.</param>
/// <param name="Title">What it holds.</param>
/// <param name="File">The file in tables/ that holds more of it; null for none.</param>
/// <param name="Note">What must be known to read it; empty for nothing.</param>
/// <param name="Table">The table.</param>
internal sealed record ReportTable(string Id, string Title, string? File, string Note, HtmlFragment Table)
{
    /// <summary>Builds the section.</summary>
    public HtmlFragment Build() => HtmlFragment.Of($"""
        <details id="{Id}">
        <summary><h2>{Title}</h2></summary>
        {(Note.Length == 0 ? HtmlFragment.Empty : HtmlFragment.Of($"""<p class="caption">{Note}</p>"""))}
        {(File is null ? HtmlFragment.Empty : HtmlFragment.Of($"""<p class="caption">With all decimals: <a href="tables/{File}">tables/{File}</a></p>"""))}
        {Table}
        </details>
        """);
}
