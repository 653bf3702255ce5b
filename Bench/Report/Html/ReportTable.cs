namespace Bench.Report.Html;

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
