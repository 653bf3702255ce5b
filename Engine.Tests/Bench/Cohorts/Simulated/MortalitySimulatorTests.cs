using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Simulated;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Data;
using Engine.Networks;
using Engine.Prognosis;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Simulated;

public sealed class MortalitySimulatorTests
{
    private const ulong Seed = 7;
    private const int Hours = 48;
    private const double StandardErrors = 5;

    // Of 300 training stays with seed 7: hours, classes, splits. A change of it is a change of every simulated cohort, and is said so in the commit.
    private const string CommittedDigest = "584fa37ea9bbbc5e919062a044f8c74470e5d32ab39ee0db64d93501730c4461";

    [Fact]
    public void Plan_PublishedSize_GivesPublishedSplitsAndLongStays()
    {
        var plans = MortalitySimulator.Plan(Seed, MortalitySimulator.PublishedTrainingStays);
        Assert.Equal([14_681, 3_222, 3_236], Enum.GetValues<CohortSplit>().Select(split => plans.Count(plan => plan.Split == split)));
        Assert.All(plans, plan => Assert.Equal((Hours, 1, plan.DiesInHospital ? 1 : 0), (plan.Hours, plan.SampleCount, plan.LabelAt(Hours))));
        Assert.All(plans.Where(plan => double.IsFinite(plan.DeathTime)), plan => Assert.True(plan.DiesInHospital && plan.DeathTime >= Hours));
        // Over half of the deaths are in the unit, and most of those after the hours that are seen: death is not read off the last hour.
        var inUnit = plans.Where(plan => double.IsFinite(plan.DeathTime)).ToArray();
        Assert.InRange(inUnit.Length / (double)plans.Count(plan => plan.DiesInHospital), 0.52, 0.62);
        Assert.InRange(inUnit.Count(plan => plan.DeathTime > 72) / (double)inUnit.Length, 0.6, 0.9);
    }

    [Theory]
    // Stays and deaths of the 14,681 training stays of the double prioritized study.
    [InlineData(Cohort.Everyone, 14_681, 1_987)]
    [InlineData("female", 6_622, 914)]
    [InlineData("black", 1_407, 126)]
    [InlineData("hispanic", 471, 40)]
    [InlineData("asian", 348, 52)]
    [InlineData("<30", 587, 39)]
    [InlineData("90+", 765, 164)]
    public void Plan_ManyStays_HavePublishedGroupSharesAndDeathRates(string group, int publishedStays, int publishedDeaths)
    {
        const int Stays = 60_000;
        var plans = MortalitySimulator.Plan(Seed, Stays).Take(Stays).ToArray();
        var members = DemographicGroups.Build([.. plans.Select(plan => plan.Patient)], [.. Enumerable.Range(0, Stays)])[group];
        AssertShare(publishedStays / (double)MortalitySimulator.PublishedTrainingStays, members.Count, Stays);
        AssertShare(publishedDeaths / (double)publishedStays, plans.Where((plan, stay) => plan.DiesInHospital && members[stay]).Count(), members.Count);
    }

    [Fact]
    public void Simulate_Cohort_IsWhatTheReaderOfTheTaskGives()
    {
        var cohort = Simulate(300);
        Assert.Equal([300, 66, 66], Enum.GetValues<CohortSplit>().Select(split => cohort.RowsOf(split).Length));
        Assert.Equal(Enumerable.Range(0, 432).Select(stay => new PrefixSample(stay, Hours)), cohort.Prefixes);
        Assert.Equal("death in hospital", cohort.PositiveMeaning);
        Assert.True(cohort.IsSimulated);
        Assert.Contains("simulated, from seed 7", Assert.Single(cohort.Notes), StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 432), stay => Assert.Equal(cohort.Episodes!.Hours.Row(cohort.Episodes.RowOf(stay, Hours - 1)).ToArray(), cohort.Samples.Row(stay).ToArray()));

        using var folder = new TemporaryFolder();
        Assert.Equal(432, MortalitySimulator.WriteBenchmarkLayout(Seed, 300, folder.Path, cancellation: TestContext.Current.CancellationToken));
        var read = Mimic3Reader.Read(folder.Path, Mimic3Task.InHospitalMortality, folder.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(CohortDigest.Of(cohort), CohortDigest.Of(read));
        Assert.Equal(cohort.Prefixes, read.Prefixes);
        Assert.Equal((cohort.PositiveMeaning, cohort.RidgePenalty, true), (read.PositiveMeaning, read.RidgePenalty, read.IsSimulated));
        Assert.Equal(cohort.Notes, read.Notes);
        foreach (var group in cohort.Groups.Names)
            Assert.Equal(cohort.Groups[group].ToRows(), read.Groups[group].ToRows());
        var (summaries, summariesRead) = (PrefixCohort.From(cohort, cancellation: TestContext.Current.CancellationToken), PrefixCohort.From(read, cancellation: TestContext.Current.CancellationToken));
        Assert.All(Enumerable.Range(0, 432), stay => Assert.Equal(summaries.Samples.Row(stay).ToArray(), summariesRead.Samples.Row(stay).ToArray()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Build_AnyNumberOfThreads_GivesTheCommittedBits(int threads) =>
        Assert.Equal(CommittedDigest, CohortDigest.Of(new CohortBuilder(Seed, MortalitySimulator.Plan(Seed, 300), null).Build(threads, TestContext.Current.CancellationToken)));

    [Fact]
    public void Simulate_SmallCohort_IsTheBeginningOfALargerOne()
    {
        var (small, large) = (Simulate(50), Simulate(80));
        Assert.All(Enumerable.Range(0, 50), stay => Assert.Equal(small.Samples.Row(stay).ToArray(), large.Samples.Row(stay).ToArray()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(MortalitySimulator.MaximumTrainingStays + 1)]
    public void Simulate_SizeOutOfRange_ThrowsNamingTheRange(int stays) =>
        Assert.Contains("1 to 10,000,000", Assert.Throws<ArgumentOutOfRangeException>(() => Simulate(stays)).Message, StringComparison.Ordinal);

    [Fact]
    public void Lstm_Cohort_IsThePublishedNetworkOfTheTask()
    {
        var model = Assert.IsType<Lstm>(StudyModel.Create("lstm", Simulate(20), new ModelChoices()).Kind);
        Assert.Equal(LstmArchitecture.PaperMortality, model.Architecture);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_LogisticRegression_DistinguishesAsWellAsPublishedAndSmoteHelpsRecall(ulong seed)
    {
        // On the last hour alone; the 714 summaries, which take longer, come to .85 of the published .848.
        var cohort = MortalitySimulator.Simulate(seed, MortalitySimulator.PublishedTrainingStays, null, TestContext.Current.CancellationToken);
        var result = MainJobRunner.Run(cohort, new MainJobOptions { Methods = [ResamplingMethod.None, "smote"] }, null, TestContext.Current.CancellationToken);
        var (plain, smote) = (result.Methods[0].Tables[CohortSplit.Test][Cohort.Everyone], result.Methods[1].Tables[CohortSplit.Test][Cohort.Everyone]);
        Assert.InRange(plain.Auroc!.Value, 0.79, 0.85);
        Assert.True(smote.RecallC1 > plain.RecallC1 + 0.2);
    }

    private static Cohort Simulate(int trainingStays) => MortalitySimulator.Simulate(Seed, trainingStays, null, TestContext.Current.CancellationToken);

    private static void AssertShare(double published, int count, int all) =>
        Assert.Equal(published, count / (double)all, StandardErrors * Math.Sqrt(published * (1 - published) / all));
}
