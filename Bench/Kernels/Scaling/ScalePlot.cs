using System.Globalization;
using Bench.Report.Html;

namespace Bench.Kernels.Scaling;

/// <summary>Time or memory by size, both axes logarithmic: a line is a power, its slope the exponent.</summary>
internal sealed class ScalePlot
{
    private const double Width = 400;
    private const double Height = 236;
    private const double Left = 62;
    private const double Right = 388;
    private const double Top = 44;
    private const double Bottom = 206;

    private readonly (double X, double Y)[] _points;
    private readonly PowerLaw? _law;
    private readonly double _expected;
    private readonly (int Least, int Most) _x;
    private readonly (int Least, int Most) _y;

    private ScalePlot((double X, double Y)[] points, PowerLaw? law, double expected)
    {
        (_points, _law, _expected) = (points, law, expected);
        _x = Decades(points.Select(static point => point.X));
        _y = Decades(points.Select(static point => point.Y));
    }

    /// <summary>Draws the time of a curve.</summary>
    public static HtmlFragment DrawTime(ScaleCurve curve) =>
        Of(curve, "time", curve.Points.Select(static point => ((double)point.Size, point.Seconds)), curve.Time, curve.Expected.Time, SecondsText);

    /// <summary>Draws the memory of a curve; nothing where it is not known of any size.</summary>
    public static HtmlFragment DrawMemory(ScaleCurve curve) =>
        Of(curve, "peak memory", curve.Points.Where(static point => point.PeakBytes > 0).Select(static point => ((double)point.Size, (double)point.PeakBytes!)), curve.Memory, curve.Expected.Memory, BytesText);

    /// <summary>Writes an exponent with its standard error.</summary>
    public static string ExponentText(PowerLaw? law) => law switch
    {
        null => "-",
        { StandardError: { } error } => string.Create(CultureInfo.InvariantCulture, $"{law.Exponent:0.00} ± {error:0.00}"),
        _ => law.Exponent.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>Writes a time with two digits or three, in a unit that suits it.</summary>
    public static string SecondsText(double seconds) => seconds switch
    {
        < 1e-3 => Digits(seconds * 1e6, "µs"),
        < 1 => Digits(seconds * 1e3, "ms"),
        < 3_600 => Digits(seconds, "s"),
        < 86_400 * 2 => Digits(seconds / 3_600, "h"),
        _ => Digits(seconds / 86_400, "days"),
    };

    /// <summary>Writes a number of bytes likewise.</summary>
    public static string BytesText(double bytes) => bytes switch
    {
        < 1e6 => Digits(bytes / 1e3, "kB"),
        < 1e9 => Digits(bytes / 1e6, "MB"),
        < 1e12 => Digits(bytes / 1e9, "GB"),
        _ => Digits(bytes / 1e12, "TB"),
    };

    private static string Digits(double value, string unit) => $"{value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture)} {unit}";

    private static HtmlFragment Of(ScaleCurve curve, string what, IEnumerable<(double X, double Y)> points, PowerLaw? law, double expected, Func<double, string> text)
    {
        var drawn = points.ToArray();
        return drawn.Length == 0 ? HtmlFragment.Empty : new ScalePlot(drawn, law, expected).Draw(curve, what, text);
    }

    private HtmlFragment Draw(ScaleCurve curve, string what, Func<double, string> text) => HtmlFragment.Of($"""
        <div><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width:0} {Height:0}" role="img" aria-label="{what} of {curve.Work.Name} by {ScaleFiles.NameOf(curve.Expected.Axis)}">
        <text class="title" x="0" y="14">{curve.Work.Name}</text>
        <text class="small" x="0" y="31">{Subtitle(curve, what)}</text>
        {HtmlFragment.Join(Enumerable.Range(_x.Least, _x.Most - _x.Least + 1).Select(DrawXTick))}
        {HtmlFragment.Join(Enumerable.Range(_y.Least, _y.Most - _y.Least + 1).Select(decade => DrawYTick(decade, text)))}
        {DrawLines()}
        {HtmlFragment.Join(_points.Select(point => HtmlFragment.Of($"""<circle class="point" cx="{XOf(point.X):0.#}" cy="{YOf(point.Y):0.#}" r="4"><title>{point.X:#,0}: {text(point.Y)}</title></circle>""")))}
        </svg></div>
        """);

    private string Subtitle(ScaleCurve curve, string what)
    {
        var limit = curve.Expected.Axis == ScaleAxis.Threads && what == "time" ? "at best" : "expected at most";
        return _law is null
            ? $"{what}; too few sizes for an exponent"
            : string.Create(CultureInfo.InvariantCulture, $"{what} grows with exponent {ExponentText(_law)}; {limit} {_expected:0.##}");
    }

    private HtmlFragment DrawXTick(int decade) => HtmlFragment.Of($"""
        <line class="grid" x1="{XOf(Math.Pow(10, decade)):0.#}" x2="{XOf(Math.Pow(10, decade)):0.#}" y1="{Top:0.#}" y2="{Bottom:0.#}"/>
        <text class="small" x="{XOf(Math.Pow(10, decade)):0.#}" y="{Bottom + 17:0.#}" text-anchor="middle">{SizeText(decade)}</text>
        """);

    private HtmlFragment DrawYTick(int decade, Func<double, string> text) => HtmlFragment.Of($"""
        <line class="grid" x1="{Left:0.#}" x2="{Right:0.#}" y1="{YOf(Math.Pow(10, decade)):0.#}" y2="{YOf(Math.Pow(10, decade)):0.#}"/>
        <text class="small" x="{Left - 8:0.#}" y="{YOf(Math.Pow(10, decade)):0.#}" text-anchor="end" dominant-baseline="central">{text(Math.Pow(10, decade))}</text>
        """);

    /// <summary>The fitted power, and from its end the one that was expected at most, as far as the picture goes.</summary>
    private HtmlFragment DrawLines()
    {
        if (_law is null)
            return HtmlFragment.Empty;
        var (first, last) = (Math.Max(_points[0].X, _points[^1].X / ScaleCurve.FittedRange), _points[^1].X);
        var end = _law.At(last).Value;
        return HtmlFragment.Of($"""
            {DrawLine("reference", first, last, x => end * Math.Pow(x / last, _expected))}
            {DrawLine("density focus", first, last, x => _law.At(x).Value)}
            """);
    }

    /// <summary>A power is a straight line; what of it leaves the picture is cut off.</summary>
    private HtmlFragment DrawLine(string kind, double first, double last, Func<double, double> power)
    {
        var (x1, y1, x2, y2) = (XOf(first), YOf(power(first)), XOf(last), YOf(power(last)));
        foreach (var edge in new[] { Bottom, Top })
        {
            if ((y1 > edge) != (y2 > edge) && (edge == Bottom ? y1 > edge : y1 < edge))
                (x1, y1) = (x2 + ((x1 - x2) * (edge - y2) / (y1 - y2)), edge);
        }

        return HtmlFragment.Of($"""<line class="{kind}" x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}"/>""");
    }

    private static string SizeText(int decade) => decade switch
    {
        >= 6 => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, decade - 6):#,0}M"),
        >= 3 => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, decade - 3):0}k"),
        _ => Math.Pow(10, decade).ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static (int Least, int Most) Decades(IEnumerable<double> values)
    {
        var logs = values.Select(Math.Log10).ToArray();
        var least = (int)Math.Floor(logs.Min());
        return (least, Math.Max(least + 1, (int)Math.Ceiling(logs.Max())));
    }

    private double XOf(double value) => Left + ((Math.Log10(value) - _x.Least) * (Right - Left) / (_x.Most - _x.Least));

    private double YOf(double value) => Bottom - ((Math.Log10(value) - _y.Least) * (Bottom - Top) / (_y.Most - _y.Least));
}
