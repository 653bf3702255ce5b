namespace Bench.Report.Html;

/// <summary>Dots with their intervals, one row a name: narrow enough for a telephone, so that panels can be stacked there and stand side by side elsewhere.</summary>
internal sealed class DotPlot
{
    private const double Width = 360;
    private const double LabelWidth = 160;
    private const double Right = 293;
    private const double LabelHeight = 15;

    /// <summary>Longer names stand above their dots.</summary>
    private const int LettersBeside = 22;

    /// <summary>Still longer ones are cut short, to be read in full where a pointer rests on them.</summary>
    private const int LettersAbove = 48;
    private const double TitleHeight = 26;
    private const double AxisHeight = 24;
    private const double SeriesHeight = 14;
    private const double RowGap = 8;

    private readonly IReadOnlyList<string> _rows;
    private readonly IReadOnlyList<DotSeries> _series;
    private readonly DotPanel _panel;
    private readonly int? _focusRow;

    private DotPlot(IReadOnlyList<string> rows, IReadOnlyList<DotSeries> series, DotPanel panel, int? focusRow) =>
        (_rows, _series, _panel, _focusRow) = (rows, series, panel, focusRow);

    private bool HasLabelsAbove => _rows.Any(static row => row.Length > LettersBeside);

    private double Left => HasLabelsAbove ? 6 : LabelWidth;

    private double RowHeight => (HasLabelsAbove ? LabelHeight : 0) + (SeriesHeight * _series.Count) + RowGap;

    private double Bottom => TitleHeight + (_rows.Count * RowHeight);

    /// <summary>Draws panels, with a legend where there is more than one series.</summary>
    /// <param name="description">What a reader who cannot see it should know.</param>
    /// <param name="rows">The label of each row.</param>
    /// <param name="series">The dots of each row.</param>
    /// <param name="panels">One picture each.</param>
    /// <param name="focusRow">A row whose label stands out.</param>
    /// <param name="isWide">Whether at most two panels stand side by side, as they do where names are long.</param>
    public static HtmlFragment Draw(
        string description, IReadOnlyList<string> rows, IReadOnlyList<DotSeries> series, IReadOnlyList<DotPanel> panels, int? focusRow = null, bool isWide = false) => HtmlFragment.Of($"""
        {(series.Count > 1 ? Legend(series) : HtmlFragment.Empty)}
        <div class="{(isWide || rows.Any(static row => row.Length > LettersBeside) ? "panels wide" : "panels")}">
        {HtmlFragment.Join(panels.Select(panel => new DotPlot(rows, series, panel, focusRow).Draw(description)))}
        </div>
        """);

    /// <summary>Draws the legend of several series.</summary>
    public static HtmlFragment Legend(IReadOnlyList<DotSeries> series) => HtmlFragment.Of($"""
        <p class="legend">{HtmlFragment.Join(series.Select(one => HtmlFragment.Of($"""<span><i class="{one.Style}"></i>{one.Name}</span>""")))}</p>
        """);

    private HtmlFragment Draw(string description) => HtmlFragment.Of($"""
        <svg viewBox="0 0 {Width:0} {Bottom + AxisHeight:0}" role="img" aria-label="{description}: {_panel.Title}">
        <text class="title" x="0" y="14">{_panel.Title}</text>
        {HtmlFragment.Join(_panel.Ticks.Select(DrawTick))}
        {(_panel.Reference is { } reference ? DrawReference(reference) : HtmlFragment.Empty)}
        {HtmlFragment.Join(_rows.Select(DrawRow))}
        </svg>
        """);

    private HtmlFragment DrawTick((double At, string Text) tick) => HtmlFragment.Of($"""
        <line class="grid" x1="{XOf(tick.At):0.#}" x2="{XOf(tick.At):0.#}" y1="{TitleHeight:0.#}" y2="{Bottom:0.#}"/>
        <text class="small" x="{XOf(tick.At):0.#}" y="{Bottom + 15:0.#}" text-anchor="middle">{tick.Text}</text>
        """);

    private HtmlFragment DrawReference(double value) => HtmlFragment.Of(
        $"""<line class="reference" x1="{XOf(value):0.#}" x2="{XOf(value):0.#}" y1="{TitleHeight - 4:0.#}" y2="{Bottom + 3:0.#}"/>""");

    private HtmlFragment DrawRow(string label, int row)
    {
        var top = TitleHeight + (row * RowHeight) + (RowGap / 2);
        var dots = top + (HasLabelsAbove ? LabelHeight : 0);
        var style = row == _focusRow ? "label strong" : "label";
        var name = HasLabelsAbove
            ? HtmlFragment.Of($"""<text class="{style}" x="0" y="{top + (LabelHeight / 2):0.#}" dominant-baseline="central">{(label.Length > LettersAbove ? label[..(LettersAbove - 1)] + "…" : label)}<title>{label}</title></text>""")
            : HtmlFragment.Of($"""<text class="{style}" x="{Left - 10:0.#}" y="{dots + (SeriesHeight * _series.Count / 2):0.#}" text-anchor="end" dominant-baseline="central">{label}</text>""");
        return HtmlFragment.Join(_series.Select((series, index) => DrawValue(_panel.Values[row][index], series.Style, dots + ((index + .5) * SeriesHeight))).Prepend(name));
    }

    private HtmlFragment DrawValue(DotValue value, string style, double y)
    {
        if (value.Value is not { } center)
            return HtmlFragment.Of($"""<text class="value undefined" x="{Width:0.#}" y="{y:0.#}" text-anchor="end" dominant-baseline="central">{ValueText.Undefined}</text>""");
        var interval = value is { Lower: { } lower, Upper: { } upper }
            ? HtmlFragment.Of($"""<line class="interval {style}" x1="{XOf(lower):0.#}" x2="{XOf(upper):0.#}" y1="{y:0.#}" y2="{y:0.#}"/>""")
            : HtmlFragment.Empty;
        return HtmlFragment.Of($"""
            {interval}
            <circle class="dot {style}" cx="{XOf(center):0.#}" cy="{y:0.#}" r="3.4"/>
            <text class="value {style}" x="{Width:0.#}" y="{y:0.#}" text-anchor="end" dominant-baseline="central">{(value.Deviation is { } deviation ? ValueText.WithDeviation(center, deviation) : _panel.Text(center))}</text>
            """);
    }

    private double XOf(double value) => Left + ((Math.Clamp(value, _panel.Least, _panel.Most) - _panel.Least) * (Right - Left) / (_panel.Most - _panel.Least));
}
