using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Simulated;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Simulated;

public sealed class FixtureTests
{
    private const ulong Seed = 4;
    private const long TrainingRows = 600;

    private static string Fixture => Path.Combine(Repository.Root, "data-fixtures", "mimic3-benchmark");

    [Fact]
    public void Mimic3Benchmark_MadeAgain_HasTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        DecompensationSimulator.WriteBenchmarkLayout(Seed, TrainingRows, folder.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Files(Fixture), Files(folder.Path));
        Assert.All(Files(Fixture), name => Assert.Equal(File.ReadAllBytes(Path.Combine(Fixture, name)), File.ReadAllBytes(Path.Combine(folder.Path, name))));
    }

    [Fact]
    public void Mimic3Benchmark_Read_EqualsTheSimulation()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var read = Mimic3Reader.Read(Fixture, Mimic3Task.Decompensation, Fixture, cancellation: cancellation);
        var simulated = DecompensationSimulator.Simulate(Seed, TrainingRows, cancellation: cancellation);
        Assert.Equal(simulated.Labels.Values, read.Labels.Values);
        Assert.True(read.IsSimulated);
        Assert.Equal(simulated.Notes, read.Notes);
        Assert.Equal(simulated.Splits, read.Splits);
        for (var row = 0; row < simulated.Labels.Count; row++)
            Assert.Equal(simulated.Samples.Row(row), read.Samples.Row(row));
        Assert.All(simulated.Groups.Names, name => Assert.Equal(simulated.Groups[name].ToRows(), read.Groups[name].ToRows()));
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
