using System.Text.Json.Nodes;
using Bench.Commands;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>What <c>compare equity</c> refuses, and a run of it through its real entry.</summary>
public sealed class CompareEquityCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--rows", "9999", "must be 10,000 to 50,000,000")]
    [InlineData("--study-repeats", "0", "must be 1 to 10,000")]
    [InlineData("--rival-repeats", "0", "must be 1 or more")]
    public void Parse_SizeThatDoesNotFit_SaysWhich(string option, string value, string rule) =>
        Assert.Contains(new CompareEquityCommand().Parse([option, value]).Errors, found => found.Message == $"{option} is {value}; it {rule}.");

    [Fact]
    public async Task Compare_NoRival_ShowsItByReason()
    {
        var folder = _folder.File("out");
        var (exitCode, output, error) = await BenchProcess.RunAsync(
            "compare", "equity", "--rows", "10000", "--study-repeats", "1", "--repeats", "1", "--python", "no-such-python", "--work", _folder.File("work"), "--out", folder);
        Assert.True(exitCode == 0, error + output);
        Assert.Contains("visits", output, StringComparison.Ordinal);

        var document = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "equity.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal("engine-equity-comparison", (string)document["schema"]!);
        var result = document["cases"]![0]!;
        Assert.Equal((10_000, 64), ((int)result["rowCount"]!, (int)result["featureCount"]!));
        Assert.All(result["checks"]!.AsArray(), check => Assert.Equal(0, (int)check!["wrong"]!));
        Assert.Equal(("Absent", "there is no no-such-python"), ((string)result["rivals"]![0]!["status"]!, (string)result["rivals"]![0]!["reason"]!));
        Assert.Equal(["<= 180 s", ">= 20x scikit-learn"], result["bars"]!.AsArray().Select(bar => (string)bar!["bar"]!));
        Assert.Equal("Unknown", (string)result["bars"]![1]!["verdict"]!);
        Assert.Contains("[equity.csv](equity.csv)", await File.ReadAllTextAsync(Path.Combine(folder, "equity.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("work")));
    }
}
