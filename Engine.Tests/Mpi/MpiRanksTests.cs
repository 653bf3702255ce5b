using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Engine.Data;
using Engine.Mpi;
using Engine.Tests.Collectives;
using Engine.Tests.Support;

namespace Engine.Tests.Mpi;

/// <summary>Ranks that are processes: the tests start <c>mpirun</c>, which starts the bench or this program.</summary>
public sealed partial class MpiRanksTests : IDisposable
{
    private const int RowCount = (2 * RankRows.RowsPerRun) + 999;

    // As Debian names it where Open MPI may be beside it.
    private const string Mpich = "mpirun.mpich";

    private static readonly string[] s_contract = ["-method", $"{typeof(MpiRanksTests).FullName}.{nameof(Collective_OfThreeProcesses_KeepsTheContract)}", "-noColor"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>On the ranks, this same test is run again, and keeps the contract there.</summary>
    [Fact]
    public async Task Collective_OfThreeProcesses_KeepsTheContract()
    {
        if (MpiRanks.AreStarted)
        {
            MpiRanks.Run(collective =>
            {
                CollectiveContract.Check(collective);
                // The runtime makes errors of signals, for which MPI has handlers of its own.
                Assert.Throws<NullReferenceException>(() => Dereference(null));
                Assert.Throws<DivideByZeroException>(() => 1 / (collective.Rank - collective.Rank));
            });
            return;
        }

        var (exitCode, output) = await MpirunAsync(3, "Engine.Tests", s_contract);
        Assert.True(exitCode == 0, output);
        Assert.Equal(3, TestsPassed().Count(output));
    }

    [Fact]
    public async Task Mpich_ThreeProcesses_KeepTheContractAndTheDigests()
    {
        Skip.Unless(Mpirun.IsInstalled(Mpich), $"{Mpich} is not installed; on Debian: apt install mpich.");
        using var contract = Mpirun.Start(Mpich, _folder.Path, ["-n", "3", DotnetTool.Path, Mpirun.Program("Engine.Tests"), .. s_contract]);
        var (exitCode, output) = await Mpirun.EndAsync(contract);
        Assert.True(exitCode == 0, output);
        Assert.Equal(3, TestsPassed().Count(output));

        var arguments = WriteTable();
        var (_, expected) = await DotnetTool.RunAsync(_folder.Path, [Mpirun.Program("Bench"), .. arguments]);
        using var bench = Mpirun.Start(Mpich, _folder.Path, ["-n", "3", DotnetTool.Path, Mpirun.Program("Bench"), .. arguments]);
        (exitCode, output) = await Mpirun.EndAsync(bench);
        Assert.True(exitCode == 0, output);
        Assert.Equal(DigestsOf(expected), DigestsOf(output));
    }

    [Fact]
    public void Run_NotStartedByALauncher_SaysHow()
    {
        Skip.When(MpiRanks.AreStarted, "this process was started by mpirun.");
        Assert.Contains("mpirun -n 2 dotnet program.dll", Assert.Throws<InvalidOperationException>(() => MpiRanks.Run(_ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LauncherOfAnotherMpi_SaysSo()
    {
        // As if MPICH had started it, whose library is not there, or that of Open MPI would run two processes alone.
        var (exitCode, output) = await DotnetTool.RunProgramAsync("env", _folder.Path, ["PMI_SIZE=2", "PMI_RANK=0", DotnetTool.Path, Mpirun.Program("Bench"), "ranks"]);
        Assert.NotEqual(0, exitCode);
        Assert.Matches("libmpich|two MPIs", output);
    }

    [Fact]
    public async Task Bench_AnyNumberOfRanks_HasTheDigestsOfOneProcess()
    {
        var arguments = WriteTable();
        var (alone, expected) = await DotnetTool.RunAsync(_folder.Path, [Mpirun.Program("Bench"), .. arguments]);
        Assert.True(alone == 0, expected);
        Assert.Equal(12, DigestsOf(expected).Length);
        foreach (var size in new[] { 1, 2, 3, 7 })
        {
            var (exitCode, output) = await MpirunAsync(size, "Bench", arguments);
            Assert.True(exitCode == 0, output);
            Assert.Equal(DigestsOf(expected), DigestsOf(output));
        }
    }

    [Fact]
    public async Task Error_OfOneRank_EndsTheJobWithItsName()
    {
        string[] arguments = [Mpirun.Program("Bench"), "ranks", "--npy"];
        NpyFile.Write(_folder.File("table.npy"), Tables.Normal(RowCount, 3, seed: 1));
        var clock = Stopwatch.StartNew();
        var (exitCode, output) = await Mpirun.RunAsync(_folder.Path, ["-n", "1", DotnetTool.Path, .. arguments, "table.npy", ":", "-n", "1", DotnetTool.Path, .. arguments, "absent.npy"]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("rank 1 of 2 on", output, StringComparison.Ordinal);
        Assert.Contains("absent.npy", output, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Mpirun.Patience);
    }

    [Fact]
    public async Task Rank_Killed_EndsTheJobWithItsName()
    {
        Mpirun.SkipWithout();
        using var job = Mpirun.Start(_folder.Path, ["-n", "2", DotnetTool.Path, Mpirun.Program("Bench"), .. WriteTable(), "--repeats", "1000000"]);
        var process = 0;
        while (process == 0 && await job.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            process = RankOne().Match(line) is { Success: true } match ? int.Parse(match.Groups["process"].Value, CultureInfo.InvariantCulture) : 0;
        using (var rank = Process.GetProcessById(process))
            rank.Kill();
        var (exitCode, output) = await Mpirun.EndAsync(job);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("rank 1", output, StringComparison.Ordinal);
        Assert.Contains("signal 9", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_RanksOfTwoHosts_HasTheDigestsOfOneProcess()
    {
        var arguments = WriteTable();
        var (_, expected) = await DotnetTool.RunAsync(_folder.Path, [Mpirun.Program("Bench"), .. arguments]);
        var (exitCode, output) = await TwoHostsAsync([DotnetTool.Path, Mpirun.Program("Bench"), .. arguments]);
        Assert.True(exitCode == 0, output);
        Assert.Contains("rank 0 of 2 on first-host", output, StringComparison.Ordinal);
        Assert.Contains("rank 1 of 2 on second-host", output, StringComparison.Ordinal);
        Assert.Equal(DigestsOf(expected), DigestsOf(output));
    }

    [Fact]
    public async Task Host_CutOff_EndsTheJobWithItsName()
    {
        var (exitCode, output) = await TwoHostsAsync(["--cut", "15", DotnetTool.Path, Mpirun.Program("Bench"), .. WriteTable(), "--repeats", "1000000"]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("lost communication", output, StringComparison.Ordinal);
        Assert.Contains("10.77.0.2", output, StringComparison.Ordinal);
        Assert.InRange(int.Parse(SecondsAfterCut().Match(output).Groups["seconds"].Value, CultureInfo.InvariantCulture), 0, 60);
    }

    private static int Dereference(string? text) => text!.Length;

    private static string[] DigestsOf(string output) => [.. Digests().Matches(output).Select(match => match.Value)];

    private static async Task<(int ExitCode, string Output)> TwoHostsAsync(string[] arguments)
    {
        Mpirun.SkipWithout();
        Skip.Unless(OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/sbin/ip"), "network namespaces need root, and ip.");
        var result = await DotnetTool.RunProgramAsync(Path.Combine(Repository.Root, "Engine.Tests", "Mpi", "two-hosts.sh"), Repository.Root, arguments);
        Skip.When(result.ExitCode == 77, "this system does not let root make network namespaces.");
        return result;
    }

    private Task<(int ExitCode, string Output)> MpirunAsync(int size, string program, params string[] arguments) => Mpirun.RunAsync(_folder.Path, size, program, arguments);

    /// <summary>Writes a table, labels and queries, and returns the command line of a fit and a search.</summary>
    private string[] WriteTable()
    {
        var samples = Tables.Normal(RowCount, 3, seed: 1);
        NpyFile.Write(_folder.File("table.npy"), samples);
        NpyFile.Write<byte>(_folder.File("labels.npy"), [.. Enumerable.Range(0, RowCount).Select(row => (byte)(row % 9 == 0 || samples.Row(row)[1] > 1.5f ? 1 : 0))]);
        NpyFile.Write(_folder.File("queries.npy"), Tables.Normal(100, 3, seed: 2));
        return ["ranks", "--npy", _folder.File("table.npy"), "--labels", _folder.File("labels.npy"), "--queries", _folder.File("queries.npy"), "--networks", "--threads", "1"];
    }

    [GeneratedRegex(@"Total: 1, Errors: 0, Failed: 0, Skipped: 0")]
    private static partial Regex TestsPassed();

    [GeneratedRegex(@"rank 1 of 2 on .*, process (?<process>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex RankOne();

    [GeneratedRegex(@"ended (?<seconds>\d+) seconds after the cut", RegexOptions.ExplicitCapture)]
    private static partial Regex SecondsAfterCut();

    [GeneratedRegex(@"\b[0-9A-F]{16}$", RegexOptions.Multiline)]
    private static partial Regex Digests();
}
