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
