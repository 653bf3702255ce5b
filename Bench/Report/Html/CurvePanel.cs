using System.Globalization;

namespace Bench.Report.Html;

/// <summary>A curve over whole numbers, with one or more of them marked.</summary>
internal sealed class CurvePanel
{
    private const double Width = 400;
    private const double Height = 280;
    private const double Left = 44;
    private const double Right = 386;
    private const double Top = 48;
    private const double Bottom = 238;

    /// <summary>Labels below the axis closer than this would touch.</summary>
    private const double LeastLabelDistance = 18;

    private readonly IReadOnlyList<(int X, DotValue Y)> _points;
    private readonly Func<int, string> _nameOf;
    private readonly double? _reference;
    private readonly IReadOnlyList<double> _ticks;
    private readonly int _least;
    private readonly int _most;

    private CurvePanel(IReadOnlyList<(int X, DotValue Y)> points, double? reference, Func<int, string> nameOf)
    {
        _nameOf = nameOf;
        _points = [.. points.OrderBy(point => point.X)];
        _reference = reference;
        var values = points.SelectMany(point => new[] { point.Y.Value, point.Y.Lower, point.Y.Upper }).Append(reference).OfType<double>().ToArray();
        _ticks = AxisTicks.Enclosing(values.Min(), values.Max());
        (_least, _most) = (_points[0].X, _points[^1].X);
    }

    /// <summary>Draws a curve.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="xTitle">What the horizontal axis counts.</param>
    /// <param name="points">At least one point, each with a value.</param>
    /// <param name="marked">The x of the points that stand out.</param>
    /// <param name="nameOf">What a marked x is called, such as "3 units".</param>
    /// <param name="reference">What knowing nothing gives, as a dashed line; null for none.</param>
    public static HtmlFragment Draw(string title, string xTitle, IReadOnlyList<(int X, DotValue Y)> points, IReadOnlyCollection<int> marked, Func<int, string> nameOf, double? reference) =>
        new CurvePanel(points, reference, nameOf).Draw(title, xTitle, marked);

    private HtmlFragment Draw(string title, string xTitle, IReadOnlyCollection<int> marked) => HtmlFragment.Of($"""
        <svg viewBox="0 0 {Width:0} {Height:0}" role="img" aria-label="{title} by {xTitle}">
        <text class="title" x="0" y="14">{title}</text>
        {HtmlFragment.Join(_ticks.Select(DrawTick))}
        {DrawXLabels()}
        <text class="small" x="{(Left + Right) / 2:0.#}" y="{Height - 6:0.#}" text-anchor="middle">{xTitle}</text>
        {(_reference is { } level ? HtmlFragment.Of($"""<line class="reference" x1="{Left:0.#}" x2="{Right:0.#}" y1="{YOf(level):0.#}" y2="{YOf(level):0.#}"/>""") : HtmlFragment.Empty)}
        {HtmlFragment.Join(_points.Select(DrawInterval))}
        <polyline class="curve" points="{string.Join(' ', _points.Select(point => Place(point.X, point.Y.Value!.Value)))}"/>
        {HtmlFragment.Join(_points.Select(point => HtmlFragment.Of($"""<circle class="point" cx="{XOf(point.X):0.#}" cy="{YOf(point.Y.Value!.Value):0.#}" r="3.2"/>""")))}
        {HtmlFragment.Join(_points.Where(point => marked.Contains(point.X)).Select(DrawMark))}
        {DrawMarkText([.. _points.Where(point => marked.Contains(point.X))])}
        </svg>
        """);

    private HtmlFragment DrawTick(double value) => HtmlFragment.Of($"""
        <line class="grid" x1="{Left:0.#}" x2="{Right:0.#}" y1="{YOf(value):0.#}" y2="{YOf(value):0.#}"/>
        <text class="small" x="{Left - 8:0.#}" y="{YOf(value):0.#}" text-anchor="end" dominant-baseline="central">{value:0.###}</text>
        """);

    private HtmlFragment DrawXLabels()
    {
        var labels = new List<HtmlFragment>();
        var last = double.NegativeInfinity;
        foreach (var (x, _) in _points)
        {
            if (XOf(x) - last < LeastLabelDistance)
                continue;
            last = XOf(x);
            labels.Add(HtmlFragment.Of($"""<text class="small" x="{last:0.#}" y="{Bottom + 17:0.#}" text-anchor="middle">{x}</text>"""));
        }

        return HtmlFragment.Join(labels);
    }

    private HtmlFragment DrawInterval((int X, DotValue Y) point) => point.Y is { Lower: { } lower, Upper: { } upper }
        ? HtmlFragment.Of($"""<line class="thin focus" x1="{XOf(point.X):0.#}" x2="{XOf(point.X):0.#}" y1="{YOf(lower):0.#}" y2="{YOf(upper):0.#}"/>""")
        : HtmlFragment.Empty;

    private HtmlFragment DrawMark((int X, DotValue Y) point) => HtmlFragment.Of($"""
        <line class="mark" x1="{XOf(point.X):0.#}" x2="{XOf(point.X):0.#}" y1="{Top - 8:0.#}" y2="{Bottom:0.#}"/>
        <circle class="mark" cx="{XOf(point.X):0.#}" cy="{YOf(point.Y.Value!.Value):0.#}" r="5.5"/>
        """);

    private HtmlFragment DrawMarkText((int X, DotValue Y)[] marked)
    {
        if (marked.Length == 0)
            return HtmlFragment.Empty;
        var text = marked.Length == 1 ? string.Create(CultureInfo.InvariantCulture, $"{_nameOf(marked[0].X)}, {marked[0].Y.Value:0.000}") : string.Join(", ", marked.Select(point => point.X));
        // Beside the line where there is more room; a list may need the whole width.
        var isRight = XOf(marked[^1].X) > (Left + Right) / 2;
        var x = marked.Length > 1 ? Right : isRight ? XOf(marked[0].X) - 8 : XOf(marked[0].X) + 8;
        return HtmlFragment.Of($"""<text class="value mark" x="{x:0.#}" y="{Top - 5 - (marked.Length > 1 ? 8 : 0):0.#}" text-anchor="{(isRight || marked.Length > 1 ? "end" : "start")}">chosen: {text}</text>""");
    }

    private string Place(int x, double y) => string.Create(CultureInfo.InvariantCulture, $"{XOf(x):0.#},{YOf(y):0.#}");

    // A single candidate stands in the middle.
    private double XOf(int x) => _most == _least ? (Left + Right) / 2 : Left + 12 + ((x - _least) * (Right - Left - 24) / (_most - _least));

    private double YOf(double y) => Bottom - ((y - _ticks[0]) * (Bottom - Top - 12) / (_ticks[^1] - _ticks[0]));
}
