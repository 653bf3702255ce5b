using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Engine.Data;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

/// <summary>Tables larger than <c>--memory-limit</c>, in processes that the system ends where they take more.</summary>
public sealed partial class MemoryLimitTests : IDisposable
{
    private const int FeatureCount = 150;

    /// <summary>The runtime, its code and threads take most of this.</summary>
    private const long Limit = 160_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ranks_TableOfThreeTimesTheMemory_HasTheSameDigests()
    {
        using var group = MemoryCgroup.TryCreate(Limit);
        Skip.When(group is null, "no control group of memory can be made here");
        const int RowCount = 800_000;
        Write(RowCount, FeatureCount);
        var files = $"--npy {_folder.File("rows.npy")} --labels {_folder.File("labels.npy")} --queries {_folder.File("queries.npy")}";

        var whole = await BenchProcess.RunShellAsync($"bench ranks {files}");
        var limited = await BenchProcess.RunShellAsync($"echo $BASHPID > {group.Processes}; bench ranks {files} --memory-limit {Limit / 1_000_000}MB");
        Assert.DoesNotContain("error", whole.Error + limited.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (whole.ExitCode, limited.ExitCode));
        Assert.InRange(DigestsOf(whole.Output).Length, 6, int.MaxValue);
        Assert.Equal(DigestsOf(whole.Output), DigestsOf(limited.Output));
        // Without the limit the process, which copies the table, is ended.
        Assert.NotEqual(0, (await BenchProcess.RunShellAsync($"echo $BASHPID > {group.Processes}; bench ranks {files}")).ExitCode);
    }

    [Fact]
    public async Task Ranks_LimitBelowWhatAFitKeeps_NamesNeedAndLimit()
    {
        const int RowCount = 3_000_000;
        Write(RowCount, featureCount: 1);
        var (exitCode, _, error) = await BenchProcess.RunAsync("ranks", "--npy", _folder.File("rows.npy"), "--labels", _folder.File("labels.npy"), "--memory-limit", "0.2GB");
        Assert.Equal(1, exitCode);
        Assert.Contains("error: 2 coefficients of 3,000,000 rows need 102,0", error, StringComparison.Ordinal);
        Assert.Contains("the limit is 100,000,000", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CohortThatNeedsMore_SaysSoBeforeItIsMade()
    {
        var (exitCode, _, error) = await BenchProcess.RunAsync("run", "--simulate", "2377768", "--memory-limit", "200MB", "--out", _folder.File("results"));
        Assert.Equal(1, exitCode);
        Assert.Matches("error: the hours of [0-9,]+ simulated stays need [0-9.]+ GB of memory, and 0.15 GB are there", error);
        Assert.False(Directory.Exists(_folder.File("results")));
    }

    [Theory]
    [InlineData("4", "is no size")]
    [InlineData("4 bananas", "is no size")]
    [InlineData("GB", "is no size")]
    [InlineData("1MB", "it must be 150 MB or more")]
    [InlineData("-1GB", "it must be 150 MB or more")]
    [InlineData("nanGB", "it must be 150 MB or more")]
    public async Task Ranks_NoLimit_SaysWhatOneIs(string limit, string rule)
    {
        var (exitCode, _, error) = await BenchProcess.RunAsync("ranks", "--memory-limit", limit);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(rule, error, StringComparison.Ordinal);
    }

    private static string[] DigestsOf(string output) => [.. Digest().Matches(output).Select(static match => match.Value)];

    [GeneratedRegex("[0-9A-F]{16}$", RegexOptions.Multiline)]
    private static partial Regex Digest();

    /// <summary>Writes rows that say something of their labels, a few of which are 1; the same 10,000 again and again, with a column apart.</summary>
    private void Write(int rowCount, int featureCount)
    {
        const int Repeated = 10_000;
        var (some, stream) = (Tables.Normal(Repeated, featureCount, seed: 1), new RandomStream(seed: 2, 1));
        var labels = new byte[rowCount];
        using (var file = File.Create(_folder.File("rows.npy")))
        {
            file.Write(NpyHeader.Format(NpyElement.Float32, rowCount, featureCount));
            for (var row = 0; row < rowCount; row++)
            {
                var values = some.GetWritableRow(row % Repeated);
                values[0] = (float)stream.Normal((ulong)row);
                labels[row] = values[0] + values[^1] + stream.Normal((ulong)(rowCount + row)) > 4 ? (byte)1 : (byte)0;
                file.Write(MemoryMarshal.AsBytes(values));
            }
        }

        NpyFile.Write(_folder.File("labels.npy"), labels);
        NpyFile.Write(_folder.File("queries.npy"), Tables.Normal(100, featureCount, seed: 3));
    }
}
