using System.Text.Json.Nodes;
using Bench.Commands;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>What <c>compare neighbors</c> refuses, and a run of it through its real entry.</summary>
public sealed class CompareNeighborsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--cases l2-sim-20k l3-sim", "'l3-sim'")]
    [InlineData("--repeats 0", "--repeats is 0; it must be 1 or more")]
    [InlineData("--threads 0", "--threads is 0; it must be 1 or more")]
    [InlineData("--max-seconds -1", "--max-seconds is -1; it must be 0 or more")]
    [InlineData("--timeout 0", "--timeout is 0; it must be more than 0 and at most 1,000,000")]
    public void Parse_BadArguments_SaysWhichAndWhy(string arguments, string error) => Assert.Contains(
        new CompareNeighborsCommand().Parse(arguments.Split(' ')).Errors,
        found => found.Message.Contains(error, StringComparison.Ordinal));

    [Fact]
    public async Task Compare_NoRivals_ShowsThemByReason()
    {
        var folder = _folder.File("out");
        var (exitCode, output, error) = await BenchProcess.RunAsync(
            "compare", "neighbors", "--quick", "--repeats", "1", "--cases", "l2-lowrank-8", "l2-physionet-20k",
            "--python", "no-such-python", "--peers", "no-such-folder", "--physionet2012", "no-such-folder", "--work", _folder.File("work"), "--out", folder);
        Assert.True(exitCode == 0, error + output);
        Assert.Contains("l2-lowrank-8", output, StringComparison.Ordinal);

        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "neighbors.json"), TestContext.Current.CancellationToken))!["cases"]!;
        Assert.Equal("PhysioNet 2012 is absent; name its folder with --physionet2012", (string)cases[0]!["skipped"]!);
        Assert.Equal(2_000, (int)cases[1]!["rowCount"]!);
        Assert.Equal(0, (int)cases[1]!["equality"]!["wrongQueries"]!);
        Assert.All(cases[1]!["rivals"]!.AsArray(), rival => Assert.Equal("Absent", (string)rival!["status"]!));
        Assert.All(cases[1]!["bars"]!.AsArray(), bar => Assert.Equal("Unknown", (string)bar!["verdict"]!));
        Assert.False(Directory.Exists(_folder.File("work")));
        Assert.Equal(4, Directory.EnumerateFileSystemEntries(folder).Count());
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
        Assert.Equal("l2-sim-3648: arrays", await bench.ReadErrorLineAsync());
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
