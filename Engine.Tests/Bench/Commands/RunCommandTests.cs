using System.Text.Json.Nodes;
using Bench.Studies.MainJob;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>The command line through its real entry: exit codes, messages, folders.</summary>
public sealed class RunCommandTests : IDisposable
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    // Large enough for every method; male is the largest group, so that DP has rows to repeat.
    private const string Rows = "4000";
    private static readonly string[] s_job = ["--seed", "7", "--group", "male", "--units", "1", "3"];

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_SimulatedFilesReadBack_GivesTheSameResultAsSimulatingInMemory()
    {
        var files = _folder.File("files");
        AssertSucceeded(await BenchProcess.RunAsync("simulate", "--rows", Rows, "--seed", "7", "--out", files));
        AssertSucceeded(await BenchProcess.RunAsync(["run", "--mimic3", files, "--demographics", files, "--out", _folder.File("read"), .. s_job]));
        AssertSucceeded(await BenchProcess.RunAsync(["run", "--simulate", Rows, "--out", _folder.File("simulated"), .. s_job]));

        var (read, simulated) = (Result("read"), Result("simulated"));
        Assert.Equal(4000, (int)simulated["cohort"]!["splits"]![0]!["rows"]!);
        Assert.Equal(ResamplingMethod.OfPaper, simulated["methods"]!.AsArray().Select(method => (string)method!["method"]!));
        AssertSameNumbers(simulated, read);
    }

    [Fact]
    public async Task Run_OneProcessor_GivesTheSameResultAsAll()
    {
        foreach (var processorCount in new[] { 1, 3 })
        {
            using var bench = BenchProcess.Start(["run", "--simulate", Rows, "--out", _folder.File($"{processorCount}"), .. s_job], processorCount);
            AssertSucceeded(await bench.EndAsync());
        }

        var (one, several) = (Result("1"), Result("3"));
        Assert.Equal(1, (int)one["run"]!["machine"]!["processorCount"]!);
        Assert.Equal(3, (int)several["run"]!["machine"]!["processorCount"]!);
        AssertSameNumbers(one, several);
    }

    [Fact]
    public async Task Run_BadArgument_SaysSoOnStandardErrorAndWritesNothing()
    {
        var (exitCode, _, error) = await BenchProcess.RunAsync("run", "--units", "none", "--out", Out);
        Assert.Equal(Failed, exitCode);
        Assert.Contains("'none' for option '--units'", error, StringComparison.Ordinal);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Run_UnknownGroup_ListsTheGroupsAndWritesNothing()
    {
        var (exitCode, _, error) = await BenchProcess.RunAsync("run", "--simulate", "500", "--group", "martian", "--out", Out);
        Assert.Equal(Failed, exitCode);
        Assert.StartsWith("error: there is no subgroup 'martian'; the subgroups are all, male, female, white, black,", error, StringComparison.Ordinal);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Run_FileMissing_NamesItInOneLineAndWritesNothing()
    {
        var missing = _folder.File("support2.csv");
        var (exitCode, _, error) = await BenchProcess.RunAsync("run", "--support2", missing, "--out", Out);
        Assert.Equal(Failed, exitCode);
        Assert.StartsWith($"error: {missing}", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Run_FolderOfSomethingElse_IsRefusedBeforeAnyWork()
    {
        _folder.Write("out/thesis.tex", "years of work");
        var (exitCode, output, error) = await BenchProcess.RunAsync("run", "--simulate", "500", "--out", Out);
        Assert.Equal(Failed, exitCode);
        Assert.Contains("holds no earlier result", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(["out", "out/thesis.tex"], Entries());
    }

    [Theory]
    [InlineData("run", "--simulate", "simulating stays")]
    [InlineData("simulate", "--rows", "writing stays")]
    public async Task AnyCommand_Interrupted_LeavesNothing(string command, string rows, string firstLine)
    {
        AssertCanInterrupt();
        using var bench = BenchProcess.Start([command, rows, "2000000", "--out", Out]);
        Assert.Equal(firstLine, await bench.ReadLineAsync());
        bench.Interrupt();
        var (exitCode, _, error) = await bench.EndAsync();
        Assert.Equal(Interrupted, exitCode);
        Assert.Equal("Stopped; nothing was written.", error.Trim());
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Simulate_FolderNotEmpty_IsRefusedAndUnchanged()
    {
        var file = _folder.Write("out/ADMISSIONS.csv", "real data");
        var (exitCode, _, error) = await BenchProcess.RunAsync("simulate", "--rows", "100", "--out", Out);
        Assert.Equal(Failed, exitCode);
        Assert.Equal($"error: '{Out}' exists and is not empty; name another folder.", error.Trim());
        Assert.Equal("real data\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(["out", "out/ADMISSIONS.csv"], Entries());
    }

    [Fact]
    public async Task Simulate_EmptyFolder_IsFilled()
    {
        Directory.CreateDirectory(Out);
        AssertSucceeded(await BenchProcess.RunAsync("simulate", "--rows", "100", "--out", Out));
        Assert.Equal(
            ["ADMISSIONS.csv", "PATIENTS.csv", "SIMULATED.txt", "decompensation"],
            Directory.EnumerateFileSystemEntries(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Entries(), entry => entry.Contains("partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Devices_AnyMachine_NamesTheSimdLevel()
    {
        var (exitCode, output, _) = await BenchProcess.RunAsync("devices");
        Assert.Equal(0, exitCode);
        Assert.Contains($"SIMD, {Engine.Numerics.Simd.Level}", output, StringComparison.Ordinal);
    }

    private static void AssertSucceeded((int ExitCode, string Output, string Error) ended) => Assert.True(ended.ExitCode == 0, ended.Error + ended.Output);

    private static void AssertCanInterrupt() => Assert.SkipWhen(OperatingSystem.IsWindows(), "no signal to another process there");

    private static void AssertSameNumbers(JsonNode expected, JsonNode actual)
    {
        foreach (var section in new[] { "bias", "metrics", "disparity", "doublePrioritized", "skipped", "baselineModel", "options" })
        {
            Assert.NotNull(expected[section]);
            Assert.True(JsonNode.DeepEquals(expected[section], actual[section]), section);
        }

        foreach (var fact in new[] { "rows", "featureNames", "splits", "positiveMeaning" })
            Assert.True(JsonNode.DeepEquals(expected["cohort"]![fact], actual["cohort"]![fact]), fact);
        foreach (var (one, other) in expected["methods"]!.AsArray().Zip(actual["methods"]!.AsArray()))
        {
            (one!["seconds"], other!["seconds"]) = (0, 0);
            Assert.True(JsonNode.DeepEquals(one, other), (string)one["method"]!);
        }
    }

    private JsonNode Result(string folder) => JsonNode.Parse(File.ReadAllText(_folder.File(folder, "results.json")))!;

    private string[] Entries() =>
        [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(entry => Path.GetRelativePath(_folder.Path, entry))
            .Order(StringComparer.Ordinal)];
}
