using System.Text.Json.Nodes;
using Bench.Commands;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>What <c>compare prognosis</c> refuses, and a run of it through its real entry.</summary>
public sealed class ComparePrognosisCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_UnknownCase_SaysWhich() => Assert.Contains(
        new ComparePrognosisCommand().Parse(["--cases", "irls-none"]).Errors, found => found.Message.Contains("'irls-none'", StringComparison.Ordinal));

    [Fact]
    public async Task Compare_NoRival_ShowsItByReason()
    {
        var folder = _folder.File("out");
        var (exitCode, output, error) = await BenchProcess.RunAsync(
            "compare", "prognosis", "--quick", "--repeats", "1", "--cases", "irls-15", "--python", "no-such-python", "--work", _folder.File("work"), "--out", folder);
        Assert.True(exitCode == 0, error + output);
        Assert.Contains("irls-15", output, StringComparison.Ordinal);

        var result = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "prognosis.json"), TestContext.Current.CancellationToken))!["cases"]![0]!;
        Assert.Equal((100_000, 15), ((int)result["rowCount"]!, (int)result["featureCount"]!));
        Assert.All(result["checks"]!.AsArray(), check => Assert.Equal(0, (int)check!["wrong"]!));
        Assert.All(result["rivals"]!.AsArray(), rival => Assert.Equal(("Absent", "there is no no-such-python"), ((string)rival!["status"]!, (string)rival["reason"]!)));
        Assert.All(result["bars"]!.AsArray(), bar => Assert.Equal("Unknown", (string)bar!["verdict"]!));
        Assert.False(Directory.Exists(_folder.File("work")));
    }
}
