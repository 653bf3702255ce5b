using System.Text.RegularExpressions;
using Engine.Gpu;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Commands;

public sealed partial class KernelsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Kernels_OneSuite_TimesWhatThereIsAndWritesATable()
    {
        Skip.WhereSumsAreSlow();
        var run = await BenchProcess.RunAsync("kernels", "--only", "LstmPrediction", "--iterations", "1", "--out", _folder.File("out"));
        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        var table = Assert.Single(Directory.GetFiles(_folder.File("out", "results"), "*-report-github.md"));
        var rows = File.ReadAllLines(table).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToArray();
        Assert.Contains(rows, row => row.Contains("Managed", StringComparison.Ordinal) && ATime().IsMatch(row));
        // A rival that is absent is told of, and has no row.
        var isAbsent = Accelerators.WhyNoLibTorch() is not null;
        Assert.Equal(isAbsent, run.Error.Contains("libtorch is absent", StringComparison.Ordinal));
        Assert.Equal(!isAbsent, rows.Any(row => row.Contains("LibTorch", StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex(@"\d (ms|s) ")]
    private static partial Regex ATime();
}
