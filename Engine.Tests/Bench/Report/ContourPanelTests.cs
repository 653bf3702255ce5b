using System.Globalization;
using System.Text.RegularExpressions;
using Bench.Report.Html;

namespace Engine.Tests.Bench.Report;

public sealed class ContourPanelTests
{
    [Fact]
    public void Draw_NormalDensity_CirclesHoldTheirShares()
    {
        var grid = Enumerable.Range(0, 81).Select(point => -4 + (point / 10.0)).ToArray();
        double[] density = [.. from x in grid from y in grid select Math.Exp(-((x * x) + (y * y)) / 2)];
        var radii = Points(ContourPanel.Draw("Normal", "x", "y", grid, grid, [("focus", density)])).Select(RadiusOf).Order().ToArray();
        // Of a normal density of two columns, the share within a radius r is 1 - exp(-r² / 2).
        double[] expected = [.. ContourPanel.Shares.Select(share => Math.Sqrt(-2 * Math.Log(1 - share))).Order()];
        var scale = radii[^1] / expected[^1];
        Assert.All(radii, radius => Assert.InRange(expected.Min(one => Math.Abs((radius / scale) - one)), 0, .05));
        Assert.All(expected, one => Assert.Contains(radii, radius => Math.Abs((radius / scale) - one) < .05));
    }

    [Fact]
    public void Draw_FarRow_IsLeftOutOfThePicture()
    {
        var grid = Enumerable.Range(0, 41).Select(point => (double)point).ToArray();
        double[] density = [.. from x in grid from y in grid select Math.Exp(-(((x - 5) * (x - 5)) + ((y - 5) * (y - 5))) / 2)];
        var markup = ContourPanel.Draw("Corner", "x", "y", grid, grid, [("focus", density)]).Markup;
        Assert.DoesNotContain(">20<", markup, StringComparison.Ordinal);
        Assert.Contains(">4<", markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_DensityBetweenPointsOfTheGrid_IsEmpty()
    {
        double[] grid = [0, 1, 2];
        var markup = ContourPanel.Draw("Nothing", "x", "y", grid, grid, [("focus", new double[9])]).Markup;
        Assert.Contains("d=\"\"", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", markup, StringComparison.Ordinal);
    }

    private static IEnumerable<(double X, double Y)> Points(HtmlFragment panel) =>
        Regex.Matches(panel.Markup, @"[ML]([\d.]+) ([\d.]+)").Select(match => (Number(match.Groups[1].Value), Number(match.Groups[2].Value)));

    // In halves of the picture, whose sides differ; the density is in its middle.
    private static double RadiusOf((double X, double Y) point) => Math.Sqrt(Math.Pow((point.X - 199) / 153, 2) + Math.Pow((point.Y - 147) / 103, 2));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
