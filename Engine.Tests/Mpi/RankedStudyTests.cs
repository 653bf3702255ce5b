using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Engine.Data;
using Engine.Tests.Bench.Commands;
using Engine.Tests.Support;

namespace Engine.Tests.Mpi;

/// <summary>Studies that ranks do together: the folder that they write is that of one process.</summary>
public sealed partial class RankedStudyTests : IDisposable
{
    // Training rows in three runs, so that three ranks have some each; few rows to draw intervals from.
    private const int TrainRows = (2 * RankRows.RowsPerRun) + 999;
    private const int JudgedRows = 400;

    private static readonly string[] s_timeFields = ["seconds", "startedAt", "arguments", "processorCount"];
    private static readonly string[] s_job = ["--units", "1,2", "--seed", "7", "--quiet"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_RowsOfNpy_WritesTheFolderOfOneProcess()
    {
        string[] arguments = ["run", .. WriteRows(), "--methods", "none,smote,tomek,dp", .. s_job];
        await AssertSameFolderAsync(arguments, 1, 2, 3);
        var cohort = ReadWithoutTimes(_folder.File("alone"))["cohort"]!;
        Assert.Equal(["first", "second", "third", "fourth"], cohort["featureNames"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(TrainRows, (int)cohort["splits"]![0]!["rows"]!);
    }

    [Fact]
    public async Task Run_FilesOfMimic3_WritesTheFolderOfOneProcess()
    {
        Mpirun.SkipWithout();
        var files = _folder.File("files");
        AssertSucceeded(await BenchProcess.RunAsync("simulate", "--rows", TrainRows.ToString(CultureInfo.InvariantCulture), "--seed", "3", "--out", files, "--quiet"));
        await AssertSameFolderAsync(["run", "--mimic3", files, "--demographics", files, "--methods", "none", .. s_job], 2);
    }

    [Fact]
    public async Task Run_TableOfPatients_WritesTheFolderOfOneProcess()
    {
        // Without validation rows, every fifth patient is held out to choose on: parts begin in the midst of each other's runs.
        var rows = Enumerable.Range(0, TrainRows + JudgedRows).Select(static row => $"{row / 3},{row * 7 % 11}.5,{row % 13},{(row % 2 == 0 ? "f" : "m")},{(row / 3 * 3 < TrainRows ? "train" : "test")},{(row * 7 % 11 + (row % 4) > 8 ? 1 : 0)}");
        var table = _folder.File("own.csv");
        await File.WriteAllLinesAsync(table, ["mrn,lactate,age,sex,part,died", .. rows], TestContext.Current.CancellationToken);
        await AssertSameFolderAsync(["run", "--table", table, "--label", "died", "--groups", "sex", "--split", "part", "--patient", "mrn", "--methods", "none,dp", .. s_job], 2);
    }

    [Fact]
    public async Task Prioritized_RowsOfNpy_WritesTheFolderOfOneProcess() =>
        await AssertSameFolderAsync(["prioritized", .. WriteRows(), "--model", "logistic", "--methods", "none,random-under,smote,dp,group-alone", "--serve", "f", "--repeats", "2", .. s_job], 3);

    [Fact]
    public async Task Error_OfOneRank_EndsTheJobInOneLineWithItsName()
    {
        var rows = WriteRows();
        string[] bench = ["-n", "1", DotnetTool.Path, Mpirun.Program("Bench"), "run", .. s_job, "--methods", "none", "--out", "out"];
        string[] elsewhere = [.. rows.Select(static argument => argument == "rows.npy" ? "absent.npy" : argument)];
        var (exitCode, output) = await Mpirun.RunAsync(_folder.Path, [.. bench, .. rows, ":", .. bench, .. elsewhere]);
        Assert.NotEqual(0, exitCode);
        Assert.Matches(@"rank 1 of 2 on \S+ ends the job: error: .*absent\.npy", output);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task Error_OfAllRanks_IsToldOnce()
    {
        var (exitCode, output) = await Mpirun.RunAsync(_folder.Path, 3, "Bench", "run", "--table", "absent.csv", "--label", "died", "--quiet");
        Assert.NotEqual(0, exitCode);
        Assert.Single(AbsentTable().Matches(output));
    }

    [Fact]
    public async Task Rank_Killed_LeavesAJournalFromWhichTheStudyGoesOn()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "processes of a job are found in /proc.");
        string[] arguments = ["prioritized", .. WriteRows(), "--model", "logistic", "--methods", "none,smote,dp", "--serve", "f", "--repeats", "2", .. s_job];
        var journal = _folder.File("journal");
        string[] kept = [.. arguments, "--journal", journal, "--out", _folder.File("ranks")];
        string[] first;
        using (var job = Mpirun.Start(_folder.Path, ["-n", "2", DotnetTool.Path, Mpirun.Program("Bench"), .. kept]))
        {
            while ((first = FinishedArms(journal)).Length == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
            using (var rank = Process.GetProcessById(ProcessOf(job, rank: 1)))
                rank.Kill();
            var (exitCode, output) = await Mpirun.EndAsync(job);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("signal 9", output, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(_folder.File("ranks")));
        var writtenAt = File.GetLastWriteTimeUtc(first[0]);
        // Three ranks go on from what two have left.
        AssertSucceeded(await Mpirun.RunAsync(_folder.Path, 3, "Bench", kept));
        Assert.Equal(writtenAt, File.GetLastWriteTimeUtc(first[0]));
        AssertSucceeded(await DotnetTool.RunAsync(_folder.Path, [Mpirun.Program("Bench"), .. arguments, "--out", "alone"]));
        AssertSame(_folder.File("alone"), _folder.File("ranks"));
    }

    private static string[] FinishedArms(string journal) => Directory.Exists(journal) ? [.. Directory.EnumerateFiles(journal).Where(static file => Arm().IsMatch(Path.GetFileName(file)))] : [];

    /// <summary>Finds the process of a rank among those that a launcher started.</summary>
    private static int ProcessOf(Process job, int rank) =>
        Process.GetProcesses().Select(static process => process.Id).Single(process => IsRank(process, job.Id, rank));

    private static bool IsRank(int process, int launcher, int rank)
    {
        try
        {
            // "pid (name) state parent ...", of which the name may have spaces.
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ')[2] == launcher.ToString(CultureInfo.InvariantCulture)
                && File.ReadAllText($"/proc/{process}/environ").Split('\0').Contains($"OMPI_COMM_WORLD_RANK={rank}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another's.
            return false;
        }
    }

    private static void AssertSucceeded((int ExitCode, string Output) result) => Assert.True(result.ExitCode == 0, result.Output);

    private static void AssertSucceeded((int ExitCode, string Output, string Error) result) => Assert.True(result.ExitCode == 0, result.Error);

    /// <summary>Compares folders file by file; of what is written, times, the command line and the processors of the machine may differ.</summary>
    private static void AssertSame(string expected, string actual)
    {
        var files = FilesOf(expected);
        Assert.Equal(files, FilesOf(actual));
        Assert.Contains("report.html", files);
        foreach (var file in files)
        {
            var (ofOne, ofRanks) = (Path.Combine(expected, file), Path.Combine(actual, file));
            if (file == "results.json")
                Assert.Equal(ReadWithoutTimes(expected).ToJsonString(), ReadWithoutTimes(actual).ToJsonString());
            else if (file == "report.html")
                Assert.Equal(TimesOfReport().Replace(File.ReadAllText(ofOne), ""), TimesOfReport().Replace(File.ReadAllText(ofRanks), ""));
            else
                Assert.Equal(WithoutTimes(File.ReadAllLines(ofOne)), WithoutTimes(File.ReadAllLines(ofRanks)));
        }
    }

    private static string[] FilesOf(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    private static JsonNode ReadWithoutTimes(string folder)
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "results.json")))!;
        Clean(document);
        return document;

        static void Clean(JsonNode? node)
        {
            if (node is JsonObject fields)
            {
                foreach (var field in s_timeFields)
                    fields.Remove(field);
                foreach (var (_, value) in fields)
                    Clean(value);
            }
            else if (node is JsonArray values)
            {
                foreach (var value in values)
                    Clean(value);
            }
        }
    }

    private static IEnumerable<string> WithoutTimes(string[] lines)
    {
        var column = Array.IndexOf(lines[0].Split(','), "seconds");
        return column < 0 ? lines : lines.Select(line => string.Join(',', line.Split(',').Where((_, place) => place != column)));
    }

    private async Task AssertSameFolderAsync(string[] arguments, params int[] sizes)
    {
        Mpirun.SkipWithout();
        AssertSucceeded(await DotnetTool.RunAsync(_folder.Path, [Mpirun.Program("Bench"), .. arguments, "--out", "alone"]));
        foreach (var size in sizes)
        {
            AssertSucceeded(await Mpirun.RunAsync(_folder.Path, size, "Bench", [.. arguments, "--out", $"ranks-{size}"]));
            AssertSame(_folder.File("alone"), _folder.File($"ranks-{size}"));
        }
    }

    /// <summary>Writes rows, the table beside them and the names of their columns, and returns the options that say so.</summary>
    private string[] WriteRows()
    {
        const int RowCount = TrainRows + (2 * JudgedRows);
        var samples = Tables.Normal(RowCount, 4, seed: 1);
        NpyFile.Write(_folder.File("rows.npy"), samples);
        File.WriteAllLines(_folder.File("names.txt"), ["first", "second", "third", "fourth"]);
        File.WriteAllLines(
            _folder.File("beside.csv"),
            [
                "sex,note,died,part",
                .. Enumerable.Range(0, RowCount).Select(row =>
                {
                    var died = samples.Row(row)[0] + (row % 3 == 0 ? -samples.Row(row)[1] : samples.Row(row)[1]) > 1.6f || row % 61 == 0;
                    // Parts take turns, so that rows of a part lie among those of the others.
                    var part = row % 80 == 1 && row / 80 < JudgedRows ? "test" : row % 80 == 2 && row / 80 < JudgedRows ? "validation" : "train";
                    return $"{(row % 3 == 0 ? "f" : "m")},free text,{(died ? 1 : 0)},{part}";
                }),
            ]);
        return ["--npy", "rows.npy", "--npy-columns", "names.txt", "--table", "beside.csv", "--label", "died", "--groups", "sex", "--split", "part"];
    }

    [GeneratedRegex(@"^arm-[0-9a-f]{64}$")]
    private static partial Regex Arm();

    [GeneratedRegex(@"error: absent\.csv: there is no such file")]
    private static partial Regex AbsentTable();

    // The seconds of the run and, last in a row, of a method; and sentences with the command line and the machine.
    [GeneratedRegex(@"<dt>seconds</dt>\s*<dd>[^<]*</dd>|<td class=""number"">[^<]*</td></tr>|Started [^<]*<code>[^<]*</code>|\d+ processors")]
    private static partial Regex TimesOfReport();
}
