using Bench.Cohorts.Channels;
using Bench.Cohorts.Simulated;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Data;
using Engine.Features;
using Engine.Tests.Bench.Cohorts.Mimic3;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Channels;

public sealed class PrefixCohortTests
{
    [Fact]
    public void From_SimulatedCohort_HasTheFeaturesOfEachPrefixAndKeepsTheRest()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var cohort = DecompensationSimulator.Simulate(4, 300, cancellation: cancellation);
        var summarized = PrefixCohort.From(cohort, cancellation: cancellation);
        Assert.Equal((cohort.Samples.RowCount, 714), (summarized.Samples.RowCount, summarized.Samples.FeatureCount));
        Assert.Equal("pH|last50|len", summarized.FeatureNames[^1]);
        Assert.Equal(Imputation.Mean, summarized.Imputation);
        Assert.Same(cohort.Labels, summarized.Labels);
        var (stay, expected) = (new StayMeasurements(BenchmarkChannels.Count), new float[714]);
        for (var row = 0; row < cohort.Samples.RowCount; row += 17)
        {
            stay.Clear();
            cohort.Measurements!.Read(cohort.Prefixes![row].Stay, stay);
            PrefixFeatures.Compute(stay, cohort.Prefixes[row].Hours, expected);
            Assert.Equal(expected, summarized.Samples.Row(row));
        }
    }

    [Fact]
    public void From_SmallBenchmarkFiles_CountsTheMeasurementsOfThePrefix()
    {
        using var files = new SmallBenchmark();
        var summarized = PrefixCohort.From(files.Read(Mimic3Task.Decompensation), cancellation: TestContext.Current.CancellationToken);
        var count = summarized.FeatureNames.ToList().IndexOf("Heart Rate|first100|len");
        for (var row = 0; row < summarized.Samples.RowCount; row++)
            Assert.Equal(Math.Min(10, summarized.Prefixes![row].Hours), summarized.Samples.Row(row)[count]);
    }

    [Fact]
    public void From_CohortWithoutMeasurements_SaysWhatToDo()
    {
        var cohort = DecompensationSimulator.Simulate(4, 100, cancellation: TestContext.Current.CancellationToken) with { Measurements = null };
        Assert.Contains("take the last hour", Assert.Throws<ArgumentException>(() => PrefixCohort.From(cohort, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_SimulatedCohort_CarriesThroughTheMainJob()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var cohort = PrefixCohort.From(DecompensationSimulator.Simulate(4, 2_000, cancellation: cancellation), cancellation: cancellation);
        var result = MainJobRunner.Run(cohort, new MainJobOptions { Methods = [ResamplingMethod.None] }, null, cancellation);
        Assert.Equal("Converged", result.Methods.Single().FitStatus);
        Assert.Equal(715, result.BaselineCoefficients!.Count);
    }
}
