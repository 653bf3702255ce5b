using System.Globalization;

namespace Bench.Report.Html;

/// <summary>A grid of shares, or of correlations, in the fixed colors of <see cref="HeatScale"/>, so that one shade means the same in every picture of them.</summary>
internal sealed class HeatMap
{
    private const double Width = 360;
    private const double LabelWidth = 152;
    private const double TitleHeight = 22;
    private const double HeaderHeight = 22;
    private const double NoteHeight = 14;
    private const double CellHeight = 26;
    private const double WidestCell = 52;

    /// <summary>Of a bold letter, at most.</summary>
    private const double LetterWidth = 7;
    private const double LabelGap = 4;

    private readonly IReadOnlyList<string> _rows;
    private readonly IReadOnlyList<HeatMapColumn> _columns;
    private readonly double _least;

    private HeatMap(IReadOnlyList<string> rows, IReadOnlyList<HeatMapColumn> columns, double least) => (_rows, _columns, _least) = (rows, columns, least);

    private double CellWidth => Math.Min(WidestCell, (Width - LabelWidth) / _columns.Count);

    /// <summary>Draws a grid.</summary>
    /// <param name="description">What a reader who cannot see it should know.</param>
    /// <param name="title">What the columns have in common.</param>
    /// <param name="rows">The label of each row.</param>
    /// <param name="columns">The columns, with one value a row.</param>
    /// <param name="least">The smallest value that there can be: 0 for shares, -1 for correlations; the largest is 1.</param>
    public static HtmlFragment Draw(string description, string title, IReadOnlyList<string> rows, IReadOnlyList<HeatMapColumn> columns, double least = 0) =>
        new HeatMap(rows, columns, least).Draw(description, title);

    /// <summary>Draws what the colors mean.</summary>
    /// <param name="least">The smallest value that there can be.</param>
    public static HtmlFragment DrawLegend(double least = 0)
    {
        var stops = Enumerable.Range(0, 11).Select(stop => stop / 10.0).ToArray();
        return HtmlFragment.Of($"""
            <svg class="scale" viewBox="0 0 360 34" role="img" aria-label="Colors from {least:0.#}, orange, over {(least + 1) / 2:0.#}, white, to 1, blue">
            {HtmlFragment.Join(stops.Select((stop, index) => HtmlFragment.Of($"""<rect class="cell" x="{index * 28:0}" y="0" width="28" height="14" fill="{HeatScale.ColorOf(stop)}"/>""")))}
            {HtmlFragment.Join(stops.Where((_, index) => index % 5 == 0).Select(stop => HtmlFragment.Of($"""<text class="small" x="{(stop * 280) + 14:0}" y="29" text-anchor="middle">{least + (stop * (1 - least)):0.#}</text>""")))}
            </svg>
            """);
    }

    private double FirstTop => TitleHeight + HeaderHeight + (_columns.Any(static column => column.Note.Length > 0) ? NoteHeight : 0);

    private HtmlFragment Draw(string description, string title) => HtmlFragment.Of($"""
        <svg viewBox="0 0 {Width:0} {TopOf(_rows.Count):0}" role="img" aria-label="{description}: {title}">
        <text class="title" x="0" y="14"{Squeeze(title, Width - LabelGap)}>{title}</text>
        {HtmlFragment.Join(_rows.Select(DrawLabel))}
        {HtmlFragment.Join(_columns.Select(DrawColumn))}
        </svg>
        """);

    private HtmlFragment DrawLabel(string label, int row) => HtmlFragment.Of(
        $"""<text class="label" x="{LabelWidth - 8:0.#}" y="{TopOf(row) + (CellHeight / 2):0.#}" text-anchor="end" dominant-baseline="central"{Squeeze(label, LabelWidth - 8)}>{label}</text>""");

    private HtmlFragment DrawColumn(HeatMapColumn column, int index)
    {
        var left = LabelWidth + (index * CellWidth);
        var middle = left + (CellWidth / 2);
        return HtmlFragment.Of($"""
            <text class="column{(column.IsFocus ? " strong" : string.Empty)}" x="{middle:0.#}" y="{TitleHeight + 12:0.#}" text-anchor="middle"{Squeeze(column.Label, CellWidth - LabelGap)}>{column.Label}</text>
            <text class="tiny" x="{middle:0.#}" y="{TitleHeight + 26:0.#}" text-anchor="middle">{column.Note}</text>
            {HtmlFragment.Join(column.Values.Select((value, row) => DrawCell(value, left, row)))}
            {(column.MarkedRow is { } marked ? HtmlFragment.Of($"""<rect class="frame" x="{left + 1.5:0.#}" y="{TopOf(marked) + 1.5:0.#}" width="{CellWidth - 3:0.#}" height="{CellHeight - 3:0.#}"/>""") : HtmlFragment.Empty)}
            """);
    }

    // Names wider than their place would touch their neighbors'.
    private static HtmlFragment Squeeze(string label, double width) => label.Length * LetterWidth <= width
        ? HtmlFragment.Empty
        : HtmlFragment.Of($""" textLength="{width:0.#}" lengthAdjust="spacingAndGlyphs" """);

    private HtmlFragment DrawCell(double? value, double left, int row)
    {
        var (x, y) = (left + (CellWidth / 2), TopOf(row) + (CellHeight / 2));
        if (value is not { } defined)
            return HtmlFragment.Of($"""<text class="cell undefined" x="{x:0.#}" y="{y:0.#}" text-anchor="middle" dominant-baseline="central">{ValueText.Undefined}</text>""");
        var color = HeatScale.ColorOf((defined - _least) / (1 - _least));
        return HtmlFragment.Of($"""
            <rect class="cell" x="{left + .5:0.#}" y="{TopOf(row) + .5:0.#}" width="{CellWidth - 1:0.#}" height="{CellHeight - 1:0.#}" fill="{color}"/>
            <text class="cell" x="{x:0.#}" y="{y:0.#}" text-anchor="middle" dominant-baseline="central" style="fill:{HeatScale.InkOn(color)}">{ShortText(defined)}</text>
            """);
    }

    // ".79", "-.79", "1.0": nine columns of it fit on a telephone.
    private static string ShortText(double value) => Math.Abs(value) < .995
        ? value.ToString(".00;-.00;.00", CultureInfo.InvariantCulture)
        : value.ToString("0.0", CultureInfo.InvariantCulture);

    private double TopOf(int row) => FirstTop + (row * CellHeight);
}

/// <summary>One column of a <see cref="HeatMap"/>.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Note">A few small letters below the name.</param>
/// <param name="IsFocus">Whether its name stands out.</param>
/// <param name="Values">One value a row; null where undefined.</param>
/// <param name="MarkedRow">The row of a cell with a frame; null for none.</param>
internal sealed record HeatMapColumn(string Label, string Note, bool IsFocus, IReadOnlyList<double?> Values, int? MarkedRow = null);
