namespace Bench.Report.Html;

/// <summary>Tables of the report.</summary>
internal static class HtmlTable
{
    private static readonly HtmlFragment s_number = new(" class=\"number\"");

    /// <summary>Builds a table whose first columns are names and whose other columns are numbers.</summary>
    /// <param name="headers">The name of every column.</param>
    /// <param name="nameColumns">How many columns, from the left, hold names.</param>
    /// <param name="rows">The cells of every row, as text.</param>
    public static HtmlFragment Of(IReadOnlyList<string> headers, int nameColumns, IEnumerable<IReadOnlyList<string>> rows) => HtmlFragment.Of($"""
        <div class="scroll"><table>
        <thead><tr>{Cells(headers, nameColumns, "th")}</tr></thead>
        <tbody>
        {HtmlFragment.Join(rows.Select(row => HtmlFragment.Of($"<tr>{Cells(row, nameColumns, "td")}</tr>")))}
        </tbody></table></div>
        """);

    private static HtmlFragment Cells(IReadOnlyList<string> texts, int nameColumns, string element) =>
        HtmlFragment.Join(texts.Select((text, column) => HtmlFragment.Of($"""<{element}{(column < nameColumns ? HtmlFragment.Empty : s_number)}>{text}</{element}>""")));
}
