using System.Text.Json;
using System.Text.RegularExpressions;
using Engine.Gpu;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

public sealed partial class KernelsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Kernels_OneNetwork_TimesWhatThereIsAndWritesATable()
    {
        Skip.WhereSumsAreSlow();
        var run = await BenchProcess.RunAsync("kernels", "--filter", "*LstmPrediction*", "--iterations", "1", "--out", _folder.File("out"));
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        var rows = RowsOf("LstmPrediction");
        Assert.Contains(rows, row => row.Contains("Managed", StringComparison.Ordinal) && ATime().IsMatch(row));
        // A rival that is absent is told of, and has no row.
        var isAbsent = Accelerators.WhyNoLibTorch() is not null;
        Assert.Equal(isAbsent, run.Error.Contains("libtorch is absent", StringComparison.Ordinal));
        Assert.Equal(!isAbsent, rows.Any(row => row.Contains("LibTorch", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Kernels_OneFormOfAKernel_TellsItsRatesInEveryFile()
    {
        Skip.WhereSumsAreSlow();
        var run = await BenchProcess.RunAsync("kernels", "--filter", "*.Interpolation.Engine*", "--iterations", "1", "--out", _folder.File("out"));
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        var rows = RowsOf("Interpolation");
        var names = Cells(rows[0]);
        var values = Cells(Assert.Single(rows, row => row.Contains("Engine", StringComparison.Ordinal)));
        Assert.DoesNotContain(rows, row => row.Contains("Scalar", StringComparison.Ordinal));
        Assert.Equal($"{Simd.Level}", values[Array.IndexOf(names, "SIMD")]);
        Assert.All(["ns/row", "GB/s", "Roof"], name => Assert.Matches(@"^[\d.]+( %)?$", values[Array.IndexOf(names, name)]));
        Assert.Contains("Allocated", names);
        Assert.Contains("ns/row", File.ReadLines(Assert.Single(Directory.GetFiles(_folder.File("out", "results"), "*Interpolation*.csv"))).First(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.File("out", "results"), "*Interpolation*.json"))));
        Assert.Equal(1, json.RootElement.GetProperty("Benchmarks").GetArrayLength());
    }

    [Fact]
    public async Task Kernels_List_NamesWhatMatchesAndRunsNothing()
    {
        var run = await BenchProcess.RunAsync("kernels", "--list", "--filter", "*FitPass*,*.RankedScores.*", "--out", _folder.File("out"));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["FitPass.Scalar", "FitPass.TensorPrimitives", "FitPass.Engine", "RankedScores.Scalar", "RankedScores.Engine"],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Replace("Bench.Kernels.", "", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task Kernels_NothingMatches_SaysSo()
    {
        var run = await BenchProcess.RunAsync("kernels", "--filter", "*FitPas.*", "--out", _folder.File("out"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nothing is named like *FitPas.*", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string[] RowsOf(string suite) =>
        [.. File.ReadLines(Assert.Single(Directory.GetFiles(_folder.File("out", "results"), $"*{suite}-report-github.md"))).Where(line => line.StartsWith("| ", StringComparison.Ordinal))];

    private static string[] Cells(string row) => row.Split('|', StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"\d (ms|s) ")]
    private static partial Regex ATime();
}
