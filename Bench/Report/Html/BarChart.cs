namespace Bench.Report.Html;

/// <summary>Panels of horizontal bars side by side, with common rows.</summary>
internal sealed class BarChart
{
    private const double Width = 1120;
    private const double LabelWidth = 124;
    private const double PanelGap = 22;
    private const double ValueWidth = 48;
    private const double TitleHeight = 34;
    private const double RowGap = 13;

    private readonly IReadOnlyList<string> _rows;
    private readonly IReadOnlyList<BarSeries> _series;
    private readonly IReadOnlyList<BarPanel> _panels;
    private readonly double _barHeight;
    private readonly int? _focusRow;

    private BarChart(IReadOnlyList<string> rows, IReadOnlyList<BarSeries> series, IReadOnlyList<BarPanel> panels, int? focusRow)
    {
        _rows = rows;
        _series = series;
        _panels = panels;
        _barHeight = series.Count == 1 ? 15 : 14;
        _focusRow = focusRow;
    }

    private double RowHeight => (_barHeight * _series.Count) + RowGap;

    private double Height => TitleHeight + (_rows.Count * RowHeight);

    private double PanelWidth => (Width - LabelWidth - (PanelGap * (_panels.Count - 1))) / _panels.Count;

    private double LongestBar => PanelWidth - ValueWidth;

    /// <summary>Draws panels.</summary>
    /// <param name="description">What a reader who cannot see it should know.</param>
    /// <param name="rows">The label of each row.</param>
    /// <param name="series">The bars of each row.</param>
    /// <param name="panels">The columns.</param>
    /// <param name="focusRow">A row that stands out from the others, which are then drawn as context.</param>
    public static HtmlFragment Draw(
        string description, IReadOnlyList<string> rows, IReadOnlyList<BarSeries> series, IReadOnlyList<BarPanel> panels, int? focusRow = null) =>
        new BarChart(rows, series, panels, focusRow).Draw(description);

    private HtmlFragment Draw(string description) => HtmlFragment.Of($"""
        {(_series.Count > 1 ? Legend() : HtmlFragment.Empty)}
        <svg viewBox="0 0 {Width:0} {Height:0}" role="img" aria-label="{description}">
        {HtmlFragment.Join(_rows.Select(DrawLabel))}
        {HtmlFragment.Join(_panels.Select(DrawPanel))}
        </svg>
        """);

    private HtmlFragment Legend() => HtmlFragment.Of($"""
        <p class="legend">{HtmlFragment.Join(_series.Select(series => HtmlFragment.Of($"""<span><i class="{series.Style}"></i>{series.Name}</span>""")))}</p>
        """);

    private HtmlFragment DrawLabel(string label, int row) => HtmlFragment.Of(
        $"""<text class="label{(row == _focusRow ? " strong" : string.Empty)}" x="{LabelWidth - 12:0.#}" y="{MiddleOf(row):0.#}" text-anchor="end" dominant-baseline="central">{label}</text>""");

    private HtmlFragment DrawPanel(BarPanel panel, int column)
    {
        var left = LabelWidth + (column * (PanelWidth + PanelGap));
        var bars =
            from row in Enumerable.Range(0, _rows.Count)
            from series in Enumerable.Range(0, _series.Count)
            select DrawBar(panel, left, row, series);
        return HtmlFragment.Of($"""
            <text class="title" x="{left:0.#}" y="14">{panel.Title}</text>
            {HtmlFragment.Join(bars)}
            <line class="axis" x1="{left:0.#}" x2="{left:0.#}" y1="{TitleHeight - 6:0.#}" y2="{Height:0.#}"/>
            """);
    }

    private HtmlFragment DrawBar(BarPanel panel, double left, int row, int series)
    {
        var value = panel.Values[row][series];
        var length = Math.Clamp((value ?? 0) / panel.Maximum, 0, 1) * LongestBar;
        var top = TitleHeight + (row * RowHeight) + (series * _barHeight);
        var style = _focusRow is { } focus && focus != row ? BarSeries.Context : _series[series].Style;
        var bar = value is null ? HtmlFragment.Empty : HtmlFragment.Of(
            $"""<rect class="{style}" x="{left:0.#}" y="{top:0.#}" width="{length:0.##}" height="{_barHeight - 2:0.#}" rx="1.5"/>""");
        return HtmlFragment.Of(
            $"""{bar}<text class="value {style}" x="{left + length + 6:0.#}" y="{top + (_barHeight / 2) - 1:0.#}" dominant-baseline="central">{ValueText.Of(value, panel.Format)}</text>""");
    }

    private double MiddleOf(int row) => TitleHeight + (row * RowHeight) + (_barHeight * _series.Count / 2) - 1;
}
