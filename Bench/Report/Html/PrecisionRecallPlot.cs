namespace Bench.Report.Html;

/// <summary>Precision against recall, a point a method with its name beside the plot; on the diagonal both are equal, and the divergence of the class is 0.</summary>
internal sealed class PrecisionRecallPlot
{
    private const double Width = 400;
    private const double Height = 300;
    private const double Left = 34;
    private const double Right = 230;
    private const double Top = 40;
    private const double Bottom = 236;
    private const double NameLeft = 254;
    private const double LineHeight = 17;

    private static readonly double[] s_ticks = [0, .25, .5, .75, 1];

    private readonly IReadOnlyList<ScatterPoint> _points;
    private readonly double? _prevalence;
    private readonly string _absence;

    private PrecisionRecallPlot(IReadOnlyList<ScatterPoint> points, double? prevalence, string absence) => (_points, _prevalence, _absence) = (points, prevalence, absence);

    /// <summary>Draws a plot.</summary>
    /// <param name="title">Whose precision and recall.</param>
    /// <param name="points">The methods; one without a recall or precision is left out.</param>
    /// <param name="prevalence">The precision of guessing; null when unknown.</param>
    /// <param name="absence">What stands in the plot when no method is left.</param>
    public static HtmlFragment Draw(string title, IReadOnlyList<ScatterPoint> points, double? prevalence, string absence) => new PrecisionRecallPlot(
        [.. points.Where(point => point.Recall.Value.HasValue && point.Precision.Value.HasValue)], prevalence, absence).Draw(title);

    private HtmlFragment Draw(string title)
    {
        var labels = PlaceLabels();
        return HtmlFragment.Of($"""
            <svg viewBox="0 0 {Width:0} {Height:0}" role="img" aria-label="Precision and recall of C1 by method: {title}">
            <text class="title" x="0" y="14">{title}</text>
            {HtmlFragment.Join(s_ticks.Select(DrawTick))}
            <line class="diagonal" x1="{XOf(0):0.#}" y1="{YOf(0):0.#}" x2="{XOf(1):0.#}" y2="{YOf(1):0.#}"/>
            {(_prevalence is { } share ? HtmlFragment.Of($"""<line class="reference" x1="{Left:0.#}" x2="{Right:0.#}" y1="{YOf(share):0.#}" y2="{YOf(share):0.#}"/>""") : HtmlFragment.Empty)}
            <text class="small" x="{(Left + Right) / 2:0.#}" y="{Bottom + 34:0.#}" text-anchor="middle">recall of C1</text>
            <text class="small" x="0" y="{Top - 10:0.#}">precision of C1</text>
            {(_points.Count == 0 ? HtmlFragment.Of($"""<text class="undefined" x="{(Left + Right) / 2:0.#}" y="{(Top + Bottom) / 2:0.#}" text-anchor="middle">{_absence}</text>""") : HtmlFragment.Empty)}
            {HtmlFragment.Join(_points.Select(DrawInterval))}
            {HtmlFragment.Join(labels.Select(DrawLabel))}
            {HtmlFragment.Join(_points.OrderBy(point => point.IsFocus).Select(DrawPoint))}
            </svg>
            """);
    }

    private static HtmlFragment DrawTick(double value) => HtmlFragment.Of($"""
        <line class="grid" x1="{XOf(value):0.#}" x2="{XOf(value):0.#}" y1="{Top:0.#}" y2="{Bottom:0.#}"/>
        <line class="grid" x1="{Left:0.#}" x2="{Right:0.#}" y1="{YOf(value):0.#}" y2="{YOf(value):0.#}"/>
        <text class="small" x="{XOf(value):0.#}" y="{Bottom + 16:0.#}" text-anchor="middle">{value:0.##}</text>
        <text class="small" x="{Left - 6:0.#}" y="{YOf(value):0.#}" text-anchor="end" dominant-baseline="central">{value:0.##}</text>
        """);

    private static HtmlFragment DrawInterval(ScatterPoint point)
    {
        var (x, y, style) = (XOf(point.Recall.Value!.Value), YOf(point.Precision.Value!.Value), StyleOf(point));
        var across = point.Recall is { Lower: { } left, Upper: { } right }
            ? HtmlFragment.Of($"""<line class="thin {style}" x1="{XOf(left):0.#}" x2="{XOf(right):0.#}" y1="{y:0.#}" y2="{y:0.#}"/>""") : HtmlFragment.Empty;
        var upright = point.Precision is { Lower: { } low, Upper: { } high }
            ? HtmlFragment.Of($"""<line class="thin {style}" x1="{x:0.#}" x2="{x:0.#}" y1="{YOf(low):0.#}" y2="{YOf(high):0.#}"/>""") : HtmlFragment.Empty;
        return HtmlFragment.Join([across, upright]);
    }

    private static HtmlFragment DrawPoint(ScatterPoint point) => HtmlFragment.Of(
        $"""<circle class="dot {StyleOf(point)}" cx="{XOf(point.Recall.Value!.Value):0.#}" cy="{YOf(point.Precision.Value!.Value):0.#}" r="{(point.IsFocus ? 5.5 : 4.5):0.#}"/>""");

    private static HtmlFragment DrawLabel((ScatterPoint Point, double Y) label)
    {
        var (x, y) = (XOf(label.Point.Recall.Value!.Value), YOf(label.Point.Precision.Value!.Value));
        return HtmlFragment.Of($"""
            <polyline class="leader" points="{x:0.#},{y:0.#} {Right + 8:0.#},{label.Y:0.#} {NameLeft - 4:0.#},{label.Y:0.#}"/>
            <text class="name{(label.Point.IsFocus ? " strong" : string.Empty)}" x="{NameLeft:0.#}" y="{label.Y:0.#}" dominant-baseline="central">{label.Point.Name}</text>
            """);
    }

    /// <summary>Gives every name a line of its own beside the plot, as near to the height of its point as the others allow.</summary>
    private List<(ScatterPoint Point, double Y)> PlaceLabels()
    {
        var labels = _points.OrderBy(point => YOf(point.Precision.Value!.Value)).ThenByDescending(point => point.Recall.Value)
            .Select(point => (Point: point, Y: YOf(point.Precision.Value!.Value))).ToList();
        // Down from the top, then up from the bottom where that ran out of the picture.
        for (var i = 1; i < labels.Count; i++)
            labels[i] = labels[i] with { Y = Math.Max(labels[i].Y, labels[i - 1].Y + LineHeight) };
        var limit = Height - (LineHeight / 2);
        for (var i = labels.Count - 1; i >= 0; i--)
        {
            labels[i] = labels[i] with { Y = Math.Min(labels[i].Y, limit) };
            limit = labels[i].Y - LineHeight;
        }

        return labels;
    }

    private static string StyleOf(ScatterPoint point) => point.IsFocus ? DotSeries.Focus : DotSeries.Context;

    private static double XOf(double recall) => Left + (recall * (Right - Left));

    private static double YOf(double precision) => Bottom - (precision * (Bottom - Top));
}

/// <summary>A method in a <see cref="PrecisionRecallPlot"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Recall">Its recall.</param>
/// <param name="Precision">Its precision.</param>
/// <param name="IsFocus">Whether it stands out.</param>
internal sealed record ScatterPoint(string Name, DotValue Recall, DotValue Precision, bool IsFocus);
