using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Cohorts.Parquet;
using Bench.Studies.Arms;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>The command line through its real entry: exit codes, messages, folders.</summary>
public sealed class RunCommandTests : IDisposable
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    private const string FraminghamHeader =
        "male,age,education,currentSmoker,cigsPerDay,BPMeds,prevalentStroke,prevalentHyp,diabetes,totChol,sysBP,diaBP,BMI,heartRate,glucose,TenYearCHD";

    // Large enough for every method; male is the largest group, so that DP has rows to repeat.
    private const string Rows = "4000";
    private static readonly string[] s_sections = ["bias", "metrics", "disparity", "doublePrioritized", "skipped", "baselineModel", "options"];
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
    public async Task Run_SimulatedMedsAndSavedPredictions_GiveTheMetricsOfTheReport()
    {
        var (files, saved) = (_folder.File("meds"), _folder.File("saved"));
        var written = await BenchProcess.RunAsync("simulate", "--meds", "--rows", Rows, "--seed", "7", "--out", files);
        AssertSucceeded(written);
        var read = written.Output[written.Output.IndexOf("run --meds", StringComparison.Ordinal)..].ReplaceLineEndings(" ").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        AssertSucceeded(await BenchProcess.RunAsync([.. read, "--methods", "none", "--save-predictions", saved, "--out", Out]));

        var frame = ReadParquet(Path.Combine(saved, "predictions.parquet"));
        var metrics = ReadParquet(Path.Combine(saved, "metrics.parquet"));
        var expected = Result("out")["metrics"]!.AsArray();
        Assert.Equal(expected.Count, metrics["auroc"].Length);
        Assert.Equal(expected.Select(entry => (string?)entry!["auroc"]?.ToString() ?? ""), metrics["auroc"]);
        Assert.Equal(expected.Select(entry => (string)entry!["group"]!), metrics["group"]);
        var women = expected.Single(entry => (string)entry!["group"]! == "F" && (string)entry["split"]! == "test")!;
        int[] rows = [.. Enumerable.Range(0, frame["row"].Length).Where(row => frame["split"][row] == "test" && frame["group F"][row] == "True")];
        Assert.Equal((long)women["n"]!, rows.Length);
        double Brier(int row) => Math.Pow(double.Parse(frame["probability none"][row], CultureInfo.InvariantCulture) - int.Parse(frame["label"][row], CultureInfo.InvariantCulture), 2);
        Assert.Equal((double)women["brier"]!, rows.Average(Brier), 1e-12);

        var (exitCode, _, error) = await BenchProcess.RunAsync([.. read, "--methods", "none", "--save-predictions", saved, "--out", Out]);
        Assert.Equal(Failed, exitCode);
        Assert.Contains("exists and is not empty; name another folder for the predictions", error, StringComparison.Ordinal);
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
    public async Task Run_TableOfOnesOwn_DrawsWholePatientsAndComparesGroupsOfItsColumns()
    {
        var file = _folder.File("own.csv");
        await File.WriteAllLinesAsync(
            file,
            ["mrn,ward,lactate,outcome", .. Enumerable.Range(0, 1000).Select(row => $"P{row / 2},{(row % 3 == 0 ? "north" : "south")},{row * 7 % 11}.5,{(row * 7 % 11 + (row % 4) > 8 ? "dead" : "alive")}")],
            TestContext.Current.CancellationToken);
        AssertSucceeded(await BenchProcess.RunAsync("run", "--table", file, "--label", "outcome", "--positive", "dead", "--groups", "ward", "--patient", "mrn", "--methods", "none,dp", "--units", "1,2", "--out", Out));
        var result = Result("out");
        Assert.Equal("patients", (string?)result["cohort"]!["stayNoun"]);
        Assert.Equal(400, (int)result["cohort"]!["splits"]![0]!["stays"]!);
        Assert.Equal(["lactate", "ward=north", "ward=south"], result["cohort"]!["featureNames"]!.AsArray().Select(name => (string?)name).Order());
        Assert.Equal(["ward"], result["disparity"]!.AsArray().Select(entry => (string?)entry!["family"]).Distinct());
        Assert.Contains("every 5th training patient", (string?)result["doublePrioritized"]!["selection"], StringComparison.Ordinal);
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
        Assert.Contains("\nerror: there is no subgroup 'martian'; the subgroups are all, male, female, white, black,", error, StringComparison.Ordinal);
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
    [InlineData("run", "--simulate", "simulating stays", "INT")]
    [InlineData("run", "--simulate", "simulating stays", "TERM")]
    [InlineData("simulate", "--rows", "writing stays", "INT")]
    [InlineData("simulate", "--rows", "writing stays", "TERM")]
    public async Task AnyCommand_Stopped_LeavesNothing(string command, string rows, string firstLine, string signal)
    {
        AssertCanSend(signal);
        using var bench = BenchProcess.Start([command, rows, "2000000", "--out", Out]);
        Assert.Equal(firstLine, await bench.ReadErrorLineAsync());
        bench.Send(signal);
        var (exitCode, _, error) = await bench.EndAsync();
        Assert.Equal(Interrupted, exitCode);
        Assert.EndsWith("Stopped; nothing was written.", error.Trim(), StringComparison.Ordinal);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Simulate_StoppedLate_RemovesThousandsOfFilesHoweverLongItTakes()
    {
        AssertCanSend("TERM");
        using var bench = BenchProcess.Start(["simulate", "--rows", "2000000", "--out", Out]);
        while (Directory.EnumerateFiles(_folder.Path, "*_timeseries.csv", SearchOption.AllDirectories).Take(3000).Count() < 3000)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        bench.Send("TERM");
        Assert.Equal(Interrupted, (await bench.EndAsync()).ExitCode);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Simulate_StoppedTwice_SaysWhatIsLeft()
    {
        AssertCanSend("TERM");
        using var bench = BenchProcess.Start(["simulate", "--rows", "2000000", "--out", Out]);
        while (Directory.EnumerateFiles(_folder.Path, "*_timeseries.csv", SearchOption.AllDirectories).Take(2000).Count() < 2000)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        bench.Send("TERM");
        bench.Send("TERM");
        var (exitCode, _, error) = await bench.EndAsync();
        Assert.Equal(Interrupted, exitCode);
        // The first signal may have been enough.
        foreach (var left in Directory.EnumerateDirectories(_folder.Path))
            Assert.Contains($"Stopped before it was removed: '{left}'.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_Killed_IsClearedUpByTheNextRun()
    {
        AssertCanSend("KILL");
        using (var bench = BenchProcess.Start(["simulate", "--rows", "2000000", "--out", Out]))
        {
            Assert.Equal("writing stays", await bench.ReadErrorLineAsync());
            bench.Send("KILL");
            await bench.EndAsync();
        }

        Assert.Contains(Entries(), entry => entry.StartsWith("out.partial-", StringComparison.Ordinal));
        var (exitCode, _, error) = await BenchProcess.RunAsync("simulate", "--rows", "100", "--out", Out);
        Assert.Equal(0, exitCode);
        Assert.Contains("which a run that was killed had left", error, StringComparison.Ordinal);
        Assert.Equal(["out"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Simulate_FolderVanishes_FailsAndPutsNoHalfOfACohortInPlace()
    {
        using var bench = BenchProcess.Start(["simulate", "--rows", "300000", "--out", Out]);
        Assert.Equal("writing stays", await bench.ReadErrorLineAsync());
        Directory.Move(Directory.EnumerateDirectories(_folder.Path).Single(), _folder.File("elsewhere"));
        var (exitCode, _, error) = await bench.EndAsync();
        Assert.Equal(Failed, exitCode);
        Assert.Contains("error: ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Simulate_NameTakenMeanwhile_KeepsWhatWasWritten()
    {
        // Seconds of writing: a test that is kept waiting must not find it done.
        using var bench = BenchProcess.Start(["simulate", "--rows", "400000", "--out", Out]);
        Assert.Equal("writing stays", await bench.ReadErrorLineAsync());
        var other = _folder.Write("out/ADMISSIONS.csv", "another cohort");
        var (exitCode, _, error) = await bench.EndAsync();
        Assert.Equal(Failed, exitCode);
        Assert.Equal("another cohort\n", await File.ReadAllTextAsync(other, TestContext.Current.CancellationToken));
        var kept = Assert.Single(Directory.EnumerateDirectories(_folder.Path, "out.partial-*"));
        Assert.Contains($"is whole in '{kept}'", error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(kept, "SIMULATED.txt")));
    }

    [Fact]
    public async Task Simulate_Done_SaysWhatItWroteOnStandardOutputAndProgressOnStandardError()
    {
        var (exitCode, output, error) = await BenchProcess.RunAsync("simulate", "--rows", "1000", "--seed", "5", "--out", Out);
        Assert.Equal(0, exitCode);
        Assert.Matches($"^Wrote [0-9,]+ simulated stays, of seed 5, to '{Out}'; read them with: run --mimic3 {Out} --demographics {Out}\n$", output);
        Assert.Equal("writing stays", error.Trim());
    }

    [Fact]
    public async Task AnyCommand_Quiet_SaysNothing()
    {
        Assert.Equal((0, "", ""), await BenchProcess.RunAsync("simulate", "--rows", "1000", "--quiet", "--out", Out));
        Assert.Equal((0, "", ""), await BenchProcess.RunAsync("run", "--simulate", "15000", "--methods", "none", "--quiet", "--out", _folder.File("result")));
    }

    [Fact]
    public async Task Run_OptionsOnly_IsTheDefaultCommand()
    {
        var (exitCode, output, error) = await BenchProcess.RunAsync("--simulate", "15000", "--methods", "none,random-over", "--out", Out);
        Assert.True(exitCode == 0, error);
        Assert.Contains("report.html", output, StringComparison.Ordinal);
        Assert.DoesNotContain("simulating", output, StringComparison.Ordinal);
        Assert.StartsWith("simulating stays", error, StringComparison.Ordinal);
        Assert.Equal(2, Result("out")["methods"]!.AsArray().Count);
    }

    [Fact]
    public async Task Run_SimulatedSeerFilesReadBack_GivesTheSameResultAsSimulatingInMemory()
    {
        var files = _folder.File("files");
        AssertSucceeded(await BenchProcess.RunAsync("simulate", "--seer", "lung", "--rows", "800", "--seed", "7", "--out", files));
        string[] job = ["--seed", "7", "--model", "mlp", "--epochs", "1", "--methods", "none,smote", "--quiet"];
        AssertSucceeded(await BenchProcess.RunAsync(["run", "--seer", Path.Combine(files, "RESPIR.TXT"), "--cases", Path.Combine(files, "CASES.csv"), "--out", _folder.File("read"), .. job]));
        AssertSucceeded(await BenchProcess.RunAsync(["run", "--simulate-seer", "800", "--site", "lung", "--out", _folder.File("simulated"), .. job]));

        var (read, simulated) = (Result("read"), Result("simulated"));
        Assert.Equal(800, (int)read["cohort"]!["splits"]![0]!["rows"]!);
        AssertSameNumbers(simulated, read, "doublePrioritized", "baselineModel");
    }

    [Theory]
    [InlineData("simulat", "error: there is no command or argument 'simulat'; did you mean 'simulate'?")]
    [InlineData("--sed 2", "error: there is no option '--sed'; did you mean '--seed'?")]
    [InlineData("run --simulate many", "error: 'many' for option '--simulate' is not a whole number up to 9223372036854775807.")]
    [InlineData("run --methods none,smoot", "error: --methods does not know 'smoot'; did you mean 'smote'? It takes none, random-over,")]
    [InlineData("run --task decompensate --mimic3 x", "error: --task does not know 'decompensate'; did you mean 'decompensation'?")]
    public async Task AnyCommand_BadUsage_EndsWithTheErrorAndWhereToReadOn(string arguments, string expected)
    {
        var (exitCode, output, error) = await BenchProcess.RunAsync(arguments.Split(' '));
        Assert.Equal((Failed, ""), (exitCode, output));
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.Equal(2, error.TrimEnd().Split('\n').Length);
        Assert.Matches("^See: .* --help$", error.TrimEnd().Split('\n')[1]);
    }

    [Fact]
    public async Task Run_StandardOutputTakesNothing_KeepsTheResult()
    {
        Skip.Unless(File.Exists("/dev/full"), "no /dev/full here");
        var (exitCode, _, error) = await BenchProcess.RunShellAsync($"bench run --simulate 15000 --methods none --out '{Out}' > /dev/full");
        Assert.Equal(0, exitCode);
        Assert.Contains("warning: standard output", error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Out, "results.json")));
    }

    [Fact]
    public async Task Run_StandardErrorTakesNothing_EndsWithTheCodeOfTheError()
    {
        Skip.Unless(File.Exists("/dev/full"), "no /dev/full here");
        Assert.Equal(Failed, (await BenchProcess.RunShellAsync("bench run --support2 /nonexistent --out /nonexistent/out 2> /dev/full")).ExitCode);
        Assert.Equal(0, (await BenchProcess.RunShellAsync($"bench run --simulate 15000 --methods none --out '{Out}' 2> /dev/full")).ExitCode);
    }

    [Fact]
    public async Task Run_TableThroughAPipe_IsReadFromItsFirstByte()
    {
        Skip.Unless(File.Exists("/proc/self/status"), "no pipes among the files here");
        var file = _folder.Write("teaching.csv", [FraminghamHeader, .. Enumerable.Range(0, 60).Select(FraminghamRow)]);
        var (exitCode, _, error) = await BenchProcess.RunShellAsync($"bench run --framingham <(cat '{file}') --methods none --quiet --out '{Out}'");
        Assert.Equal((0, ""), (exitCode, error));
        AssertSucceeded(await BenchProcess.RunShellAsync($"bench run --framingham '{file}' --methods none --quiet --out '{_folder.File("plain")}'"));
        AssertSameNumbers(Result("plain"), Result("out"), "doublePrioritized");

        (exitCode, _, error) = await BenchProcess.RunShellAsync($"bench run --framingham <(gzip -c '{file}') --methods none --out '{_folder.File("packed")}'");
        Assert.Equal(Failed, exitCode);
        Assert.Contains("compressed data through a pipe", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ListAsksForMoreThanThereIs_NamesTheMissingStayFirst()
    {
        foreach (var (split, first) in new[] { ("train", 1), ("val", 20_000), ("test", 30_000) })
        {
            _folder.Write(
                $"mimic/decompensation/{split}_listfile.csv",
                ["stay,period_length,y_true", .. Enumerable.Range(first, split == "train" ? 9000 : 1).Select(stay => $"{stay}_episode1_timeseries.csv,8784,0")]);
        }

        var environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x10000000" };
        var (exitCode, _, error) = await BenchProcess.RunAsync(environment, "run", "--mimic3", _folder.File("mimic"), "--quiet", "--out", Out);
        Assert.Equal(Failed, exitCode);
        Assert.Contains("1_episode1_timeseries.csv: there is no such file", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TooLittleMemory_SaysSoInOneLine()
    {
        var environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x4000000" };
        var (exitCode, _, error) = await BenchProcess.RunAsync(environment, "run", "--simulate", "200000", "--methods", "none", "--quiet", "--out", Out);
        Assert.Equal(Failed, exitCode);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Contains("memory", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
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
    public async Task CheckDevice_NoDevice_LeavesNoFolder()
    {
        var (exitCode, _, error) = await BenchProcess.RunAsync("check-device", "--device", "no such device", "--out", Out);
        Assert.Equal(Failed, exitCode);
        Assert.Contains("no such device", error, StringComparison.Ordinal);
        Assert.Empty(Entries());
    }

    [Fact]
    public async Task Devices_AnyMachine_NamesTheSimdLevel()
    {
        var (exitCode, output, _) = await BenchProcess.RunAsync("devices");
        Assert.Equal(0, exitCode);
        Assert.Contains($"SIMD, {Engine.Numerics.Simd.Level}", output, StringComparison.Ordinal);
    }

    private static void AssertSucceeded((int ExitCode, string Output, string Error) ended) => Assert.True(ended.ExitCode == 0, ended.Error + ended.Output);

    private static void AssertCanSend(string signal)
    {
        Skip.When(OperatingSystem.IsWindows(), "no signal to another process there");
        Skip.When(signal == "INT" && BenchProcess.IgnoresInterrupts, "Ctrl-C is ignored here, as by every process of a background shell or nohup");
    }

    private static string FraminghamRow(int row) => $"{row % 2},{40 + (row % 30)},1,0,0,0,0,0,0,{200 + row},{120 + (row % 40)},80,25,{60 + (row % 7)},80,{(row * 7 % 3 == 0 ? 1 : 0)}";

    private static void AssertSameNumbers(JsonNode expected, JsonNode actual, params string[] absent)
    {
        foreach (var section in s_sections.Except(absent))
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

    private static Dictionary<string, string[]> ReadParquet(string file)
    {
        using var input = ParquetInput.Open(file);
        var columns = input.Names.ToDictionary(name => name, _ => new List<string>());
        while (input.Next())
        {
            foreach (var (place, name) in input.Names.Index())
                columns[name].Add(input.Text(place));
        }

        return columns.ToDictionary(column => column.Key, column => column.Value.ToArray());
    }
}
