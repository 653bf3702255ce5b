using System.Globalization;
using System.Text.RegularExpressions;
using Bench.Comparisons.Measurement;
using Bench.Kernels;

namespace Engine.Tests.Bench.Kernels;

public sealed partial class RooflineTests
{
    [Theory]
    [InlineData(1, "1")]
    [InlineData(2, "1 2")]
    [InlineData(6, "1 2 4 6")]
    [InlineData(8, "1 2 4 8")]
    public void ThreadsUpTo_AnyNumber_DoublesAndEndsThere(int most, string expected) => Assert.Equal(expected, string.Join(' ', Roofline.ThreadsUpTo(most)));

    [Fact]
    public void Draw_KernelsOnTheirRoofs_LieOnTheLine()
    {
        // Memory gives 10 GB/s and arithmetic 100 Gop/s: the ridge is at 10 operations a byte.
        var markup = RooflinePlot.Draw(Of(Kernel(intensity: 1, operations: 10), Kernel(intensity: 10, operations: 100), Kernel(intensity: 1000, operations: 100))).Markup;
        var corners = Points().Matches(Line().Match(markup).Groups[1].Value).Select(At).ToArray();
        var places = Circle().Matches(markup).Select(At).ToArray();
        Assert.Equal(corners[1], places[1]);
        Assert.Equal(corners[2].Y, places[2].Y);
        // On the slope, between its start and the ridge.
        var share = (places[0].X - corners[0].X) / (corners[1].X - corners[0].X);
        Assert.Equal(corners[0].Y + (share * (corners[1].Y - corners[0].Y)), places[0].Y, 0.2);
    }

    [Fact]
    public void Draw_KernelWithoutOperations_HasNoPlaceButARow()
    {
        var roofline = Of(Kernel(intensity: 1, operations: 10), Kernel(intensity: 0, operations: 0));
        Assert.Single(Circle().Matches(RooflinePlot.Draw(roofline).Markup));
        Assert.Equal(2, RooflineFiles.Render(roofline).Split("<td>some kernel</td>").Length - 1);
    }

    [Fact]
    public void Draw_NoPeaks_StillShowsKernels()
    {
        // Without fused multiply-add there is no arithmetic roof.
        var roofline = new Roofline([new MachineRoof(nameof(MemoryPass.Triad), 1, 10, MachineRoof.Bytes)], [Kernel(intensity: 1, operations: 10)]);
        var markup = RooflinePlot.Draw(roofline).Markup;
        Assert.Single(Circle().Matches(markup));
        Assert.DoesNotContain("NaN", markup, StringComparison.Ordinal);
    }

    private static Roofline Of(params KernelPlace[] kernels) =>
        new([new MachineRoof(nameof(MemoryPass.Triad), 1, 10, MachineRoof.Bytes), new MachineRoof(nameof(PeakOperation.MultiplyAdds), 1, 100, MachineRoof.Operations)], kernels);

    private static KernelPlace Kernel(double intensity, double operations) => new("some kernel", nameof(PeakOperation.MultiplyAdds), 100, .5, 7, intensity, operations, 1, .25);

    private static (double X, double Y) At(Match match) =>
        (double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"<polyline class=""density context"" points=""([^""]*)""")]
    private static partial Regex Line();

    [GeneratedRegex(@"([\d.]+),([\d.]+)")]
    private static partial Regex Points();

    [GeneratedRegex(@"<circle class=""point"" cx=""([\d.]+)"" cy=""([\d.]+)""")]
    private static partial Regex Circle();
}
