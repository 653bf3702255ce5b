namespace Bench.Report.Html;

/// <summary>A grid of values in shades of one color; more is darker, or brighter on a dark page.</summary>
internal sealed class HeatMap
{
    private const double Width = 1120;
    private const double LabelWidth = 124;
    private const double HeaderHeight = 40;
    private const double CellHeight = 32;
    private const double LeastOpacity = 0.06;

    /// <summary>From this opacity on, text in the page's ink can no longer be read on a cell.</summary>
    private const double InkChange = 0.66;

    private const int LettersInCell = 11;

    private readonly IReadOnlyList<string> _rows;
    private readonly IReadOnlyList<HeatMapColumn> _columns;
    private readonly double _least;
    private readonly double _most;

    private HeatMap(IReadOnlyList<string> rows, IReadOnlyList<HeatMapColumn> columns)
    {
        _rows = rows;
        _columns = columns;
        var values = columns.SelectMany(column => column.Values).OfType<double>().ToArray();
        (_least, _most) = values.Length == 0 ? (0, 0) : (values.Min(), values.Max());
    }

    private double CellWidth => Math.Min(120, (Width - LabelWidth) / _columns.Count);

    /// <summary>Draws a grid.</summary>
    /// <param name="description">What a reader who cannot see it should know.</param>
    /// <param name="rows">The label of each row.</param>
    /// <param name="columns">The columns, with one value a row.</param>
    public static HtmlFragment Draw(string description, IReadOnlyList<string> rows, IReadOnlyList<HeatMapColumn> columns) =>
        new HeatMap(rows, columns).Draw(description);

    private HtmlFragment Draw(string description) => HtmlFragment.Of($"""
        <svg viewBox="0 0 {Width:0} {HeaderHeight + (_rows.Count * CellHeight):0}" role="img" aria-label="{description}">
        {HtmlFragment.Join(_rows.Select(DrawLabel))}
        {HtmlFragment.Join(_columns.Select(DrawColumn))}
        </svg>
        """);

    private static HtmlFragment DrawLabel(string label, int row) => HtmlFragment.Of(
        $"""<text class="label" x="{LabelWidth - 12:0.#}" y="{TopOf(row) + (CellHeight / 2):0.#}" text-anchor="end" dominant-baseline="central">{label}</text>""");

    private HtmlFragment DrawColumn(HeatMapColumn column, int index)
    {
        var left = LabelWidth + (index * CellWidth);
        var middle = left + (CellWidth / 2);
        var label = column.Label.Length > LettersInCell ? column.Label[..(LettersInCell - 1)] + "…" : column.Label;
        return HtmlFragment.Of($"""
            <text class="label{(column.IsFocus ? " strong" : string.Empty)}" x="{middle:0.#}" y="12" text-anchor="middle">{label}<title>{column.Label}</title></text>
            <text class="small" x="{middle:0.#}" y="29" text-anchor="middle">{column.Note}</text>
            {HtmlFragment.Join(column.Values.Select((value, row) => DrawCell(value, left, row)))}
            """);
    }

    private HtmlFragment DrawCell(double? value, double left, int row)
    {
        var opacity = value is { } defined ? OpacityOf(defined) : 0;
        var ink = value is null ? "undefined" : opacity > InkChange ? "over" : "under";
        return HtmlFragment.Of($"""
            <rect class="cell" x="{left + 1:0.#}" y="{TopOf(row) + 1:0.#}" width="{CellWidth - 2:0.#}" height="{CellHeight - 2:0.#}" rx="2" fill-opacity="{opacity:0.###}"/>
            <text class="value {ink}" x="{left + (CellWidth / 2):0.#}" y="{TopOf(row) + (CellHeight / 2):0.#}" text-anchor="middle" dominant-baseline="central">{ValueText.Of(value, "0.00")}</text>
            """);
    }

    private double OpacityOf(double value) => _most > _least ? LeastOpacity + ((1 - LeastOpacity) * (value - _least) / (_most - _least)) : LeastOpacity;

    private static double TopOf(int row) => HeaderHeight + (row * CellHeight);
}
