using System.Text.Json;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

public sealed class RooflineCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Roofline_FewRows_PutsEveryKernelInItsPlace()
    {
        Skip.WhereSumsAreSlow();
        var run = await BenchProcess.RunAsync("roofline", "--threads", "1", "--smaller-by", "64", "--seconds", "0", "--out", _folder.File("out"));
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder.File("out", "roofline.json")));
        var kernels = json.RootElement.GetProperty("kernels").EnumerateArray().ToArray();
        Assert.Equal(11, kernels.Length);
        Assert.All(kernels, kernel => Assert.True(kernel.GetProperty("shareOfRoof").GetDouble() > 0));
        Assert.All(json.RootElement.GetProperty("roofs").EnumerateArray(), roof => Assert.True(roof.GetProperty("rate").GetDouble() > 0));
        Assert.Equal(1 + kernels.Length, File.ReadLines(_folder.File("out", "kernels.csv")).Count());
        Assert.Equal(1 + json.RootElement.GetProperty("roofs").GetArrayLength(), File.ReadLines(_folder.File("out", "roofs.csv")).Count());
        Assert.Contains("fit pass, Hessian", File.ReadAllText(_folder.File("out", "roofline.html")), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
