using System.Globalization;
using System.Text.RegularExpressions;
using Bench.Kernels.Scaling;

namespace Engine.Tests.Bench.Kernels.Scaling;

public sealed partial class ScaleFilesTests
{
    private static readonly long[] s_rows = [10_000, 100_000, 1_000_000];

    [Fact]
    public void DrawTime_APower_PutsDotsOnTheLine()
    {
        var markup = ScalePlot.DrawTime(Curve(ScaleAxis.Rows, exponent: 1.5)).Markup;
        var line = Line().Match(markup).Groups;
        var (x1, y1, x2, y2) = (Number(line[1]), Number(line[2]), Number(line[3]), Number(line[4]));
        var dots = Dot().Matches(markup);
        Assert.Equal(s_rows.Length, dots.Count);
        Assert.All(dots, dot => Assert.Equal(y1 + ((Number(dot.Groups[1]) - x1) * (y2 - y1) / (x2 - x1)), Number(dot.Groups[2]), .2));
        Assert.Contains("exponent 1.50 &#177; 0.00; expected at most 1<", markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_FasterThanExpected_IsSaidFirst()
    {
        var page = ScaleFiles.Render([Curve(ScaleAxis.Rows, exponent: 1.5), Curve(ScaleAxis.Columns, exponent: 1)], isQuick: false);
        Assert.Contains("Faster than the algorithm says grow: some work by rows.", page, StringComparison.Ordinal);
        Assert.Contains("No work grows faster", ScaleFiles.Render([Curve(ScaleAxis.Rows, exponent: 1)], isQuick: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_RowsByAPower_AreExtrapolatedAndSaidToBe()
    {
        var page = ScaleFiles.Render([Curve(ScaleAxis.Rows, exponent: 1)], isQuick: false);
        // Two microseconds and two kilobytes a row are 2,000 s and 2 TB of a billion.
        Assert.Contains("At a billion rows: extrapolated, not measured", page, StringComparison.Ordinal);
        Assert.Contains("<td>some work</td><td class=\"number\">1,000,000 rows</td><td class=\"number\">2 s</td><td class=\"number\">2,000 s</td>", page.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">2 TB</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("extrapolated", ScaleFiles.Render([Curve(ScaleAxis.Columns, exponent: 1)], isQuick: false), StringComparison.Ordinal);
    }

    [Fact]
    public void ExtrapolatedSize_Stays_AreThoseOfABillionRows() =>
        Assert.Equal(1e9 / 80, (Curve(ScaleAxis.Stays, exponent: 1) with { Points = [.. s_rows.Select(static stays => new ScalePoint(stays, 80 * stays, 714, stays * 1e-6, 3, null))] }).ExtrapolatedSize);

    [Fact]
    public void Memory_LessThanTheRuntimeKeeps_IsNotFitted()
    {
        var curve = Curve(ScaleAxis.Rows, exponent: 1);
        Assert.Equal(1, (curve with { Points = [.. curve.Points.Select(static point => point with { PeakBytes = 1_000 * point.Size })] }).Memory!.Exponent, 1e-9);
        Assert.Null((curve with { Points = [.. curve.Points.Select(static point => point with { PeakBytes = point.Size / 10 })] }).Memory);
    }

    private static ScaleCurve Curve(ScaleAxis axis, double exponent)
    {
        var expected = new ExpectedGrowth(axis, 1, 1, "a walk");
        var work = new ScaleWork("some work", "numbers", 1_000, static (_, _, _) => throw new NotSupportedException()) { Growth = [expected], NeededBytes = static _ => 0 };
        return new ScaleCurve(work, expected, [.. s_rows.Select(size => new ScalePoint(size, size, 1, 2e-6 * Math.Pow(size, exponent), 3, 2_000 * size))], null);
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<line class=""density focus"" x1=""([\d.]+)"" y1=""([\d.]+)"" x2=""([\d.]+)"" y2=""([\d.]+)""")]
    private static partial Regex Line();

    [GeneratedRegex(@"<circle class=""point"" cx=""([\d.]+)"" cy=""([\d.]+)""")]
    private static partial Regex Dot();
}
