using Engine.Metrics;

namespace Bench.Report.Html;

/// <summary>A small reliability diagram: what was promised against what came true, a curve a model; on the diagonal they are equal. Narrow enough for two side by side on a telephone.</summary>
internal static class ReliabilityPanel
{
    private const double Width = 200;
    private const double Left = 30;
    private const double Right = 194;
    private const double Top = 24;
    private const double Bottom = 188;
    private const double TextTop = 222;
    private const double LineHeight = 15;

    /// <summary>Longer names are cut short, to be read in full where a pointer rests on them.</summary>
    private const int MostLetters = 26;

    private const double LeastRadius = 1.4;
    private const double MostRadius = 6;

    private static readonly double[] s_ticks = [0, .5, 1];

    /// <summary>Draws a diagram.</summary>
    /// <param name="title">Whose rows these are.</param>
    /// <param name="curves">The class of report.css of each model, its bins, and a line of text below in the same color.</param>
    public static HtmlFragment Draw(string title, IReadOnlyList<(string Style, IReadOnlyList<CalibrationBin> Bins, string Text)> curves) => HtmlFragment.Of($"""
        <svg viewBox="0 0 {Width:0} {TextTop + ((curves.Count - .5) * LineHeight):0}" role="img" aria-label="Reliability diagram of {title}">
        <text class="title" x="0" y="14">{(title.Length > MostLetters ? title[..(MostLetters - 1)] + "…" : title)}<title>{title}</title></text>
        {HtmlFragment.Join(s_ticks.Select(DrawTick))}
        <line class="diagonal" x1="{XOf(0):0.#}" y1="{YOf(0):0.#}" x2="{XOf(1):0.#}" y2="{YOf(1):0.#}"/>
        {HtmlFragment.Join(curves.Select((curve, index) => DrawCurve(curve.Style, curve.Bins, curve.Text, TextTop + (index * LineHeight))))}
        </svg>
        """);

    private static HtmlFragment DrawTick(double value) => HtmlFragment.Of($"""
        <line class="grid" x1="{XOf(value):0.#}" x2="{XOf(value):0.#}" y1="{Top:0.#}" y2="{Bottom:0.#}"/>
        <line class="grid" x1="{Left:0.#}" x2="{Right:0.#}" y1="{YOf(value):0.#}" y2="{YOf(value):0.#}"/>
        <text class="tiny" x="{XOf(value):0.#}" y="{Bottom + 13:0.#}" text-anchor="{(value == 1 ? "end" : "middle")}">{value:0.#}</text>
        <text class="tiny" x="{Left - 5:0.#}" y="{YOf(value):0.#}" text-anchor="end" dominant-baseline="central">{value:0.#}</text>
        """);

    private static HtmlFragment DrawCurve(string style, IReadOnlyList<CalibrationBin> bins, string text, double y)
    {
        var total = bins.Sum(static bin => bin.Weight);
        return HtmlFragment.Of($"""
            <polyline class="density {style}" points="{string.Join(' ', bins.Select(static bin => FormattableString.Invariant($"{XOf(bin.MeanScore):0.#},{YOf(bin.PositiveRate):0.#}")))}"/>
            {HtmlFragment.Join(bins.Select(bin => HtmlFragment.Of(
                $"""<circle class="dot {style}" cx="{XOf(bin.MeanScore):0.#}" cy="{YOf(bin.PositiveRate):0.#}" r="{LeastRadius + ((MostRadius - LeastRadius) * Math.Sqrt(bin.Weight / total)):0.#}"/>""")))}
            <text class="tiny {style}" x="0" y="{y:0.#}">{text}</text>
            """);
    }

    private static double XOf(double probability) => Left + (probability * (Right - Left));

    private static double YOf(double share) => Bottom - (share * (Bottom - Top));
}
