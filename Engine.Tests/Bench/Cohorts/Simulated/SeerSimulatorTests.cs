using Bench.Cohorts;
using Bench.Cohorts.Seer;
using Bench.Cohorts.Simulated.Seer;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Simulated;

public sealed class SeerSimulatorTests : IDisposable
{
    private static readonly string[] s_middleAges = ["40s", "50s", "60s"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SeerSite.Breast)]
    [InlineData(SeerSite.Lung)]
    public void Write_ReadBack_IsTheSimulatedCohort(SeerSite site)
    {
        var recordCount = Write(_folder.Path, site, 5, 900);
        var cohort = Simulate(5, site, 900);

        var read = SeerReader.Read(
            _folder.File(SeerSimulator.FileOf(site)), _folder.File(SeerSimulator.CasesFile), site, cancellation: TestContext.Current.CancellationToken);

        Assert.True(recordCount > cohort.Labels.Count);
        Assert.Equal(recordCount * 363L, new FileInfo(_folder.File(SeerSimulator.FileOf(site))).Length);
        Assert.Equal(cohort.FeatureNames, read.FeatureNames);
        Assert.Equal(cohort.ContinuousColumns, read.ContinuousColumns);
        Assert.Equal(cohort.Labels.Values.ToArray(), read.Labels.Values.ToArray());
        Assert.Equal(cohort.Patients, read.Patients);
        Assert.Equal(cohort.Splits, read.Splits);
        Assert.Equal(cohort.Notes, read.Notes);
        Assert.True(read.IsSimulated);
        Assert.Contains("simulated, from seed 5", read.Notes[0], StringComparison.Ordinal);
        for (var row = 0; row < cohort.Labels.Count; row++)
            Assert.Equal(cohort.Samples.Row(row), read.Samples.Row(row));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(1001)]
    public void Simulate_TrainingRows_AreAsManyAsAskedFor(int rows) =>
        Assert.Equal(rows, Simulate(2, SeerSite.Breast, rows).RowsOf(CohortSplit.Train).Length);

    [Fact]
    public void Write_SmallCohort_IsTheBeginningOfALargeOne()
    {
        var (small, large) = (_folder.File("small"), _folder.File("large"));
        Directory.CreateDirectory(small);
        Directory.CreateDirectory(large);
        Write(small, SeerSite.Breast, 3, 200);
        Write(large, SeerSite.Breast, 3, 5000);

        foreach (var name in new[] { "BREAST.TXT", SeerSimulator.CasesFile })
            Assert.StartsWith(File.ReadAllText(Path.Combine(small, name)), File.ReadAllText(Path.Combine(large, name)), StringComparison.Ordinal);
    }

    [Fact]
    public void Simulate_OtherSeed_IsAnotherCohort() =>
        Assert.NotEqual(Simulate(1, SeerSite.Breast, 400).Labels.Values.ToArray(), Simulate(2, SeerSite.Breast, 400).Labels.Values.ToArray());

    [Fact]
    public void Simulate_Breast_HasPublishedShares()
    {
        var cohort = Simulate(11, SeerSite.Breast, 40_000);
        var count = (double)cohort.Labels.Count;

        Assert.Equal(0.127, cohort.Labels.PositiveCount / count, 0.006);
        AssertShare("white", 0.81, 0.008);
        AssertShare("male", 0.006, 0.002);
        AssertShare("<30", 0.006, 0.002);
        Assert.Equal(0.7, s_middleAges.Sum(name => cohort.Groups[name].Count) / count, 0.01);
        Assert.Equal(1418, cohort.FeatureNames.Count);
        // Some patients have two records.
        Assert.InRange(cohort.Patients!.Count - cohort.Patients.Distinct().Count(), 0.005 * count, 0.02 * count);

        void AssertShare(string group, double expected, double tolerance) => Assert.Equal(expected, cohort.Groups[group].Count / count, tolerance);
    }

    [Fact]
    public void Simulate_Lung_HasFewSurvivorsAndMoreAmongTheYoung()
    {
        var cohort = Simulate(11, SeerSite.Lung, 40_000);
        double RateIn(string group) => (double)cohort.Groups[group].And(cohort.Labels.ToMask(1)).Count / cohort.Groups[group].Count;

        Assert.Equal(0.175, RateIn("all"), 0.01);
        Assert.Equal(0.33, RateIn("30s"), 0.07);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(SeerSimulator.MaximumTrainingRows + 1)]
    public void Simulate_RowsOutside_NamesRange(int rows) =>
        Assert.Contains("1 to 50,000,000", Assert.Throws<ArgumentOutOfRangeException>(() => Simulate(1, SeerSite.Breast, rows)).Message, StringComparison.Ordinal);

    private static Cohort Simulate(ulong seed, SeerSite site, int rows) => SeerSimulator.Simulate(seed, site, rows, cancellation: TestContext.Current.CancellationToken);

    private static int Write(string folder, SeerSite site, ulong seed, int rows) =>
        SeerSimulator.Write(folder, site, seed, rows, cancellation: TestContext.Current.CancellationToken);
}
