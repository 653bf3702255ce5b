using Bench.Cohorts.Equity.MimicEd;
using Bench.Cohorts.Equity.Simulated;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Equity;

public sealed class MimicEdFixtureTests
{
    private const ulong Seed = 4;
    private const int Rows = 200;

    private static string Fixture => Path.Combine(Repository.Root, "data-fixtures", "mimic-ed");

    [Fact]
    public void MimicEd_MadeAgain_HasTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        MimicEdSimulator.Write(folder.Path, Seed, Rows, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Files(Fixture), Files(folder.Path));
        Assert.All(Files(Fixture), name => Assert.Equal(File.ReadAllBytes(Path.Combine(Fixture, name)), File.ReadAllBytes(folder.File(name))));
    }

    [Fact]
    public void MimicEd_Read_EqualsTheSimulation()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var read = MimicEdReader.Read(Path.Combine(Fixture, MimicEdSimulator.MasterFile), cancellation: cancellation);
        EquityCohorts.AssertSound(read);
        Assert.Equal(EquityCohorts.DigestOf(MimicEdSimulator.Simulate(Seed, Rows, cancellation: cancellation)), EquityCohorts.DigestOf(read));
        Assert.True(read.IsSimulated);
        // By hand, of the third line of the file.
        var line = File.ReadLines(Path.Combine(Fixture, MimicEdSimulator.MasterFile)).ElementAt(2).Split(',');
        Assert.Equal(float.Parse(line[18], System.Globalization.CultureInfo.InvariantCulture), read.Column("age")[1]);
        Assert.Equal(line[24] == "True" ? 1f : 0f, read.Column("hospitalization")[1]);
    }

    private static string[] Files(string folder) => [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
