using System.Text.Json.Nodes;
using Bench.Commands;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>What <c>compare</c> refuses, and runs of it through its real entry.</summary>
public sealed class ComparisonCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("neighbors --cases l2-sim-20k l3-sim", "'l3-sim'")]
    [InlineData("prognosis --cases irls-none", "'irls-none'")]
    [InlineData("resampling --cases sim-smote sim-none", "'sim-none'")]
    [InlineData("resampling --compiler gcc", "'--compiler'")]
    [InlineData("neighbors --repeats 0", "--repeats is 0; it must be 1 or more")]
    [InlineData("equity --rows 9999", "--rows is 9999; it must be 10,000 to 50,000,000.")]
    [InlineData("equity --study-repeats 0", "--study-repeats is 0; it must be 1 to 10,000.")]
    [InlineData("equity --rival-repeats 0", "--rival-repeats is 0; it must be 1 or more.")]
    [InlineData("neighbors --threads 0", "--threads is 0; it must be 1 or more")]
    [InlineData("neighbors --max-seconds -1", "--max-seconds is -1; it must be 0 or more")]
    [InlineData("neighbors --timeout 0", "--timeout is 0; it must be more than 0 and at most 1,000,000")]
    public void Parse_BadArguments_SaysWhichAndWhy(string arguments, string error) => Assert.Contains(
        new CompareCommand().Parse(arguments.Split(' ')).Errors,
        found => found.Message.Contains(error, StringComparison.Ordinal));

    [Theory]
    [InlineData("neighbors", "l2-lowrank-8", 2_000, 8)]
    [InlineData("resampling", "250k-smote", 25_000, 76)]
    [InlineData("prognosis", "irls-15", 100_000, 15)]
    [InlineData("equity", "visits", 10_000, 64, "--rows", "10000", "--study-repeats", "1")]
    public async Task Compare_NoRivals_ShowsThemByReason(string family, string name, int rowCount, int featureCount, params string[] numbers)
    {
        var folder = _folder.File("out");
        string[] compiler = family == "neighbors" ? ["--compiler", "no-such-g++"] : [];
        var (exitCode, output, error) = await BenchProcess.RunAsync(
            ["compare", family, "--quick", "--repeats", "1", "--cases", name, "--python", "no-such-python", .. compiler, .. numbers, "--work", _folder.File("work"), "--out", folder]);
        Assert.True(exitCode == 0, error + output);
        Assert.Contains(name, output, StringComparison.Ordinal);

        var result = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, $"{family}.json"), TestContext.Current.CancellationToken))!["cases"]![0]!;
        Assert.Equal((rowCount, featureCount), ((int)result["rowCount"]!, (int)result["featureCount"]!));
        Assert.All(result["checks"]!.AsArray(), check => Assert.Equal(0, (int)check!["wrong"]!));
        Assert.NotEmpty(result["rivals"]!.AsArray());
        Assert.All(result["rivals"]!.AsArray(), rival => Assert.Equal("Absent", (string)rival!["status"]!));
        Assert.All(result["rivals"]!.AsArray(), rival => Assert.StartsWith("there is no no-such-", (string)rival!["reason"]!, StringComparison.Ordinal));
        Assert.All(result["bars"]!.AsArray().Where(bar => ((string)bar!["bar"]!).StartsWith(">=", StringComparison.Ordinal)), bar => Assert.Equal("Unknown", (string)bar!["verdict"]!));
        Assert.False(Directory.Exists(_folder.File("work")));
        Assert.Equal(3, Directory.EnumerateFileSystemEntries(folder).Count());
    }

    [Fact]
    public async Task Compare_NoPhysioNet_SkipsItsCases()
    {
        var (exitCode, _, error) = await BenchProcess.RunAsync(
            "compare", "neighbors", "--quick", "--cases", "l2-physionet-20k", "--python", "no-such-python", "--physionet2012", "no-such-folder", "--out", _folder.File("out"));
        Assert.True(exitCode == 0, error);
        Assert.Contains("PhysioNet 2012 is absent; name its folder with --physionet2012", await File.ReadAllTextAsync(_folder.File("out", "neighbors.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Compare_Stopped_LeavesNothingHalfDone(string signal)
    {
        Skip.When(OperatingSystem.IsWindows(), "no signal to another process there");
        Skip.When(signal == "INT" && BenchProcess.IgnoresInterrupts, "Ctrl-C is ignored here, as by every process of a background shell or nohup");
        using var bench = BenchProcess.Start(
            ["compare", "neighbors", "--cases", "l2-sim-3648", "--python", "no-such-python", "--work", _folder.File("work"), "--out", _folder.File("out")]);
        Assert.Equal("l2-sim-3648: rows", await bench.ReadErrorLineAsync());
        bench.Send(signal);
        var (exitCode, _, error) = await bench.EndAsync();
        Assert.Equal(130, exitCode);
        Assert.EndsWith("Stopped; nothing was written.", error.Trim(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Compare_OutIsAFile_IsRefusedBeforeAnyWork()
    {
        var file = _folder.Write("out", "notes");
        var (exitCode, output, error) = await BenchProcess.RunAsync("compare", "neighbors", "--quick", "--out", file);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal($"error: '{file}' is a file; name a folder.", error.Trim());
    }
}
