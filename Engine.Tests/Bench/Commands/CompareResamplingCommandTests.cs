using System.Text.Json.Nodes;
using Bench.Commands;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>What <c>compare resampling</c> refuses, and a run of it through its real entry.</summary>
public sealed class CompareResamplingCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--cases sim-smote sim-none", "'sim-none'")]
    [InlineData("--repeats 0", "--repeats is 0; it must be 1 or more")]
    public void Parse_BadArguments_SaysWhichAndWhy(string arguments, string error) => Assert.Contains(
        new CompareResamplingCommand().Parse(arguments.Split(' ')).Errors,
        found => found.Message.Contains(error, StringComparison.Ordinal));

    [Fact]
    public async Task Compare_NoRival_ShowsItByReason()
    {
        var folder = _folder.File("out");
        var (exitCode, output, error) = await BenchProcess.RunAsync(
            "compare", "resampling", "--quick", "--repeats", "1", "--cases", "250k-smote", "--python", "no-such-python", "--work", _folder.File("work"), "--out", folder);
        Assert.True(exitCode == 0, error + output);
        Assert.Contains("250k-smote", output, StringComparison.Ordinal);

        var result = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "resampling.json"), TestContext.Current.CancellationToken))!["cases"]![0]!;
        Assert.Equal((25_000, 500, 24_000), ((int)result["rowCount"]!, (int)result["minorityCount"]!, (int)result["madeCount"]!));
        Assert.All(result["checks"]!.AsArray(), check => Assert.Equal(0, (int)check!["wrong"]!));
        Assert.Equal(("Absent", "there is no no-such-python"), ((string)result["rival"]!["status"]!, (string)result["rival"]!["reason"]!));
        Assert.All(result["bars"]!.AsArray(), bar => Assert.Equal("Unknown", (string)bar!["verdict"]!));
        Assert.False(Directory.Exists(_folder.File("work")));
        Assert.Equal(3, Directory.EnumerateFileSystemEntries(folder).Count());
    }
}
