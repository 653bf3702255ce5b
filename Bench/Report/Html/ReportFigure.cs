namespace Bench.Report.Html;

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
