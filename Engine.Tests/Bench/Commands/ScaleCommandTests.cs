using System.Text.Json;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

public sealed class ScaleCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Scale_Quick_MeasuresEveryWorkAlongItsAxes()
    {
        Skip.WhereSumsAreSlow();
        var run = await BenchProcess.RunAsync("scale", "--quick", "--threads", "1", "--out", _folder.File("out"));
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder.File("out", "scale.json")));
        Assert.True(json.RootElement.GetProperty("isQuick").GetBoolean());
        var curves = json.RootElement.GetProperty("curves").EnumerateArray().ToArray();
        Assert.Equal(19, curves.Length);
        Assert.All(curves, static curve => Assert.All(curve.GetProperty("points").EnumerateArray(), static point => Assert.True(point.GetProperty("seconds").GetDouble() > 0)));
        Assert.All(curves, static curve => Assert.NotEqual(0, curve.GetProperty("points").GetArrayLength()));
        Assert.Equal(1 + curves.Sum(static curve => curve.GetProperty("points").GetArrayLength()), File.ReadLines(_folder.File("out", "points.csv")).Count());
        Assert.Equal(1 + curves.Length, File.ReadLines(_folder.File("out", "exponents.csv")).Count());
        Assert.Contains("Quick run.", File.ReadAllText(_folder.File("out", "scale.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scale_NoBudget_IsAnError()
    {
        var run = await BenchProcess.RunAsync("scale", "--budget", "0");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("must be above 0", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
