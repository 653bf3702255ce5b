using System.Globalization;
using Bench.Report.Html;

namespace Bench.Kernels;

/// <summary>Kernels below the roofs of one thread: operations a byte against operations a second, both axes logarithmic.</summary>
internal sealed class RooflinePlot
{
    private const double Width = 480;
    private const double Height = 340;
    private const double Left = 52;
    private const double Right = 470;
    private const double Top = 30;
    private const double Bottom = 290;
    private const double LetterHeight = 10;
    private const double LineHeight = 14;

    private readonly Roofline _roofline;
    private readonly KernelPlace[] _kernels;
    private readonly MachineRoof[] _peaks;
    private readonly (int Least, int Most) _x;
    private readonly (int Least, int Most) _y;

    private RooflinePlot(Roofline roofline)
    {
        _roofline = roofline;
        _kernels = [.. roofline.Kernels.Where(IsDrawn)];
        _peaks = [.. roofline.Peaks.OrderByDescending(static peak => peak.Rate)];
        var ridges = _peaks.Select(peak => peak.Rate / roofline.Bandwidth);
        _x = Decades(_kernels.Select(static kernel => kernel.Intensity).Concat(ridges));
        _y = Decades(_kernels.Select(static kernel => kernel.Operations).Concat(_peaks.Select(static peak => peak.Rate)));
    }

    /// <summary>Whether a kernel has a place: one without operations has none on these axes.</summary>
    public static bool IsDrawn(KernelPlace kernel) => kernel.Operations > 0;

    /// <summary>Draws it; kernels have their numbers in the order of the roofline, from 1.</summary>
    public static HtmlFragment Draw(Roofline roofline) => new RooflinePlot(roofline).Draw();

    private HtmlFragment Draw() => HtmlFragment.Of($"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width:0} {Height:0}" role="img" aria-label="operations a second by operations a byte">
        <text class="small" x="0" y="14">Gop/s, one thread</text>
        {HtmlFragment.Join(Enumerable.Range(_x.Least, _x.Most - _x.Least + 1).Select(DrawXTick))}
        {HtmlFragment.Join(Enumerable.Range(_y.Least, _y.Most - _y.Least + 1).Select(DrawYTick))}
        <text class="small" x="{(Left + Right) / 2:0.#}" y="{Height - 6:0.#}" text-anchor="middle">operations a byte</text>
        {HtmlFragment.Join(_peaks.Select(DrawRoof))}
        {DrawKey()}
        {HtmlFragment.Join(_roofline.Kernels.Select((kernel, index) => IsDrawn(kernel) ? DrawKernel(kernel, index + 1) : HtmlFragment.Empty))}
        </svg>
        """);

    private HtmlFragment DrawXTick(int decade) => HtmlFragment.Of($"""
        <line class="grid" x1="{XOf(Math.Pow(10, decade)):0.#}" x2="{XOf(Math.Pow(10, decade)):0.#}" y1="{Top:0.#}" y2="{Bottom:0.#}"/>
        <text class="small" x="{XOf(Math.Pow(10, decade)):0.#}" y="{Bottom + 17:0.#}" text-anchor="middle">{Math.Pow(10, decade):0.######}</text>
        """);

    private HtmlFragment DrawYTick(int decade) => HtmlFragment.Of($"""
        <line class="grid" x1="{Left:0.#}" x2="{Right:0.#}" y1="{YOf(Math.Pow(10, decade)):0.#}" y2="{YOf(Math.Pow(10, decade)):0.#}"/>
        <text class="small" x="{Left - 8:0.#}" y="{YOf(Math.Pow(10, decade)):0.#}" text-anchor="end" dominant-baseline="central">{Math.Pow(10, decade):0.######}</text>
        """);

    /// <summary>Memory up to the ridge, then the peak; what of it lies below the picture is left out.</summary>
    private HtmlFragment DrawRoof(MachineRoof peak)
    {
        var start = Math.Max(Math.Pow(10, _x.Least), Math.Pow(10, _y.Least) / _roofline.Bandwidth);
        (double X, double Y)[] corners = [(start, start * _roofline.Bandwidth), (peak.Rate / _roofline.Bandwidth, peak.Rate), (Math.Pow(10, _x.Most), peak.Rate)];
        return HtmlFragment.Of($"""
            <polyline class="density context" points="{string.Join(' ', corners.Select(corner => string.Create(CultureInfo.InvariantCulture, $"{XOf(corner.X):0.#},{YOf(corner.Y):0.#}")))}"/>
            """);
    }

    /// <summary>Letters at the ends of the lines, apart where lines are close, and what they mean in the corner where no kernel is: what does many operations a byte does many a second.</summary>
    private HtmlFragment DrawKey()
    {
        var (markup, letterY) = (new List<HtmlFragment>(), double.NegativeInfinity);
        for (var i = 0; i < _peaks.Length; i++)
        {
            letterY = Math.Max(YOf(_peaks[i].Rate), letterY + LetterHeight);
            var letter = (char)('a' + i);
            markup.Add(HtmlFragment.Of($"""
                <text class="tiny" x="{Right + 4:0.#}" y="{letterY:0.#}" dominant-baseline="central">{letter}</text>
                <text class="tiny" x="{Right - 6:0.#}" y="{Bottom - 8 - ((_peaks.Length - 1 - i) * LineHeight):0.#}" text-anchor="end">{letter}  {NameOf(_peaks[i].Name)} {_peaks[i].Rate:0.#}</text>
                """));
        }

        return HtmlFragment.Join(markup);
    }

    private HtmlFragment DrawKernel(KernelPlace kernel, int number) => HtmlFragment.Of($"""
        <circle class="point" cx="{XOf(kernel.Intensity):0.#}" cy="{YOf(kernel.Operations):0.#}" r="4"><title>{kernel.Name}</title></circle>
        <text class="label" x="{XOf(kernel.Intensity) + (number % 2 == 0 ? 7 : -7):0.#}" y="{YOf(kernel.Operations):0.#}" text-anchor="{(number % 2 == 0 ? "start" : "end")}" dominant-baseline="central">{number}</text>
        """);

    /// <summary>Writes a roof in words.</summary>
    public static string NameOf(string name) => name switch
    {
        nameof(PeakOperation.MultiplyAdds) => "multiply-adds, float32",
        nameof(PeakOperation.DoubleMultiplyAdds) => "multiply-adds, double",
        nameof(PeakOperation.AbsoluteDifferences) => "absolute differences, float32",
        nameof(PeakOperation.ByteDifferences) => "absolute differences, bytes",
        nameof(PeakOperation.PairProducts) => "multiply-adds, 16 bits",
        _ => name.ToLowerInvariant(),
    };

    private static (int Least, int Most) Decades(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return ((int)Math.Floor(Math.Log10(all.Min())), (int)Math.Ceiling(Math.Log10(all.Max()) + .05));
    }

    private double XOf(double value) => Left + ((Math.Log10(value) - _x.Least) * (Right - Left) / (_x.Most - _x.Least));

    private double YOf(double value) => Bottom - ((Math.Log10(value) - _y.Least) * (Bottom - Top) / (_y.Most - _y.Least));
}
