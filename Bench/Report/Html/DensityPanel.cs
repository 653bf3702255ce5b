using System.Globalization;

namespace Bench.Report.Html;

/// <summary>Densities over the values from 0 to 1, one line each: narrow enough for a telephone.</summary>
internal static class DensityPanel
{
    private const double Width = 360;
    private const double Height = 150;
    private const double Left = 8;
    private const double Right = 352;
    private const double Top = 26;
    private const double Bottom = 118;

    /// <summary>Draws densities.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="xTitle">What the horizontal axis measures.</param>
    /// <param name="curves">The class of report.css of each line, and its points, ascending.</param>
    public static HtmlFragment Draw(string title, string xTitle, IReadOnlyList<(string Style, IReadOnlyList<(double X, double Y)> Points)> curves)
    {
        var most = curves.SelectMany(curve => curve.Points).Select(point => point.Y).DefaultIfEmpty(1).Max();
        return HtmlFragment.Of($"""
            <svg viewBox="0 0 {Width:0} {Height:0}" role="img" aria-label="{title}: densities by {xTitle}">
            <text class="title" x="0" y="14">{title}</text>
            {HtmlFragment.Join(new[] { 0, .25, .5, .75, 1 }.Select(tick => HtmlFragment.Of($"""
                <line class="grid" x1="{XOf(tick):0.#}" x2="{XOf(tick):0.#}" y1="{Top:0.#}" y2="{Bottom:0.#}"/>
                <text class="small" x="{XOf(tick):0.#}" y="{Bottom + 14:0.#}" text-anchor="middle">{tick:0.##}</text>
                """)))}
            <text class="small" x="{(Left + Right) / 2:0.#}" y="{Height - 3:0.#}" text-anchor="middle">{xTitle}</text>
            {HtmlFragment.Join(curves.Select(curve => HtmlFragment.Of($"""<polyline class="density {curve.Style}" points="{string.Join(' ', curve.Points.Select(point => Place(point, most)))}"/>""")))}
            </svg>
            """);
    }

    private static string Place((double X, double Y) point, double most) => string.Create(CultureInfo.InvariantCulture, $"{XOf(point.X):0.#},{Bottom - (point.Y * (Bottom - Top) / most):0.#}");

    private static double XOf(double value) => Left + (value * (Right - Left));
}
