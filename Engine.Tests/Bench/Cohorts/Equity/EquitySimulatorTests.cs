using Bench.Cohorts.Equity;
using Bench.Cohorts.Equity.MimicEd;
using Bench.Cohorts.Equity.Simulated;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Equity;

/// <summary>Simulated visits and participants against what is published of the real ones.</summary>
public sealed class EquitySimulatorTests : IDisposable
{
    private const double StandardErrors = 5;

    // Of 1,000 visits with seed 7, and of the participants with seed 7: values, groups, patients. A change of one is a change of every simulated cohort, and is said so in the commit.
    private const string CommittedVisits = "2F94904E957E9D4E";
    private const string CommittedParticipants = "F85247AB1930B267";

    // A third of the published visits: enough for every share, and a second's work.
    private static readonly EquityCohort s_visits = MimicEdSimulator.Simulate(2024, 140_000);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Divide_PublishedTotal_GivesPublishedCounts()
    {
        Assert.Equal([3, 5, 2], GroupSizes.Divide([3, 5, 2], 10));
        Assert.Equal([1, 2, 1], GroupSizes.Divide([3, 5, 2], 4));
        Assert.Equal(1_000_001, GroupSizes.Divide([244_093, 92_168, 35_205], 1_000_001).Sum());
    }

    [Fact]
    public void Plan_PublishedSize_HasPublishedGroupsAndPatients()
    {
        var plan = new MimicEdPlan(3, MimicEdSimulator.PublishedRows);
        var counts = Enumerable.Range(0, plan.RowCount).CountBy(plan.GroupOf).ToDictionary();
        Assert.Equal([244_093, 92_168, 35_205, 18_321, 28_313], Enumerable.Range(0, 5).Select(group => counts[(byte)group]));
        Assert.Equal(MimicEdSimulator.PublishedPatients, plan.Patients[^1] + 1);
        Assert.All(Enumerable.Range(1, plan.RowCount - 1), row => Assert.InRange(plan.Patients[row] - plan.Patients[row - 1], 0, 1));
        // Some come dozens of times, nobody hundreds of times.
        Assert.InRange(Enumerable.Range(0, plan.RowCount).Max(plan.EarlierVisits), 50, 400);
    }

    [Theory]
    [InlineData("White", 0.067, 0.033, 0.533)]
    [InlineData("Black", 0.039, 0.047, 0.393)]
    [InlineData("Hispanic", 0.029, 0.039, 0.349)]
    [InlineData("Asian", 0.050, 0.031, 0.389)]
    public void Simulate_Visits_HavePublishedSharesOfOutcomes(string group, double critical, double revisit, double hospitalization)
    {
        AssertShare(s_visits, "critical", group, critical);
        AssertShare(s_visits, "ed_revisit_3d", group, revisit);
        AssertShare(s_visits, "hospitalization", group, hospitalization);
    }

    [Theory]
    // Values that are left of 418,100 after the published processing.
    [InlineData("triage_temperature", 401_184)]
    [InlineData("triage_heartrate", 407_990)]
    [InlineData("triage_resprate", 404_731)]
    [InlineData("triage_o2sat", 404_450)]
    [InlineData("triage_sbp", 406_780)]
    [InlineData("triage_dbp", 405_601)]
    [InlineData("triage_pain", 386_851)]
    [InlineData("triage_acuity", 418_100)]
    public void Simulate_VitalSigns_AreMissingAsOftenAsPublished(string name, int publishedCount) => Assert.Equal(
        1 - ((double)publishedCount / MimicEdSimulator.PublishedRows), s_visits.Column(name).Average(value => float.IsNaN(value) ? 1.0 : 0), 0.004);

    [Fact]
    public void Simulate_Visits_AreOfAKind()
    {
        EquityCohorts.AssertSound(s_visits);
        Assert.True(s_visits.IsSimulated);
        Assert.Contains("simulated, from seed 2024", Assert.Single(s_visits.Notes), StringComparison.Ordinal);
        // Who is in danger is admitted; counts of a longer time are not smaller, and nobody was in intensive care more often than in hospital.
        AssertNowhereAbove("critical", "hospitalization");
        foreach (var place in new[] { "ed", "hosp", "icu" })
        {
            AssertNowhereAbove($"n_{place}_30d", $"n_{place}_90d");
            AssertNowhereAbove($"n_{place}_90d", $"n_{place}_365d");
        }

        AssertNowhereAbove("n_icu_365d", "n_hosp_365d");
        Assert.InRange(s_visits.Column("n_ed_365d").Average(count => count == 0 ? 1.0 : 0), 0.4, 0.7);
        Assert.InRange(s_visits.Column("n_icu_365d").Average(count => count == 0 ? 1.0 : 0), 0.85, 0.97);
        Assert.InRange(Correlation("triage_sbp", "triage_dbp"), 0.4, 0.75);
        Assert.InRange(Correlation("age", "cci_CHF"), 0.1, 0.5);
        Assert.InRange(Correlation("cci_CHF", "cci_Renal"), 0.15, 0.6);
        Assert.InRange(Correlation("triage_acuity", "hospitalization"), -0.5, -0.2);
        // A patient has one sex and one set of illnesses in all visits.
        var (sex, illness) = (s_visits.Column("gender_M"), s_visits.Column("cci_CHF"));
        Assert.All(Enumerable.Range(1, sex.Length - 1).Where(row => s_visits.Patients![row] == s_visits.Patients[row - 1]), row => Assert.Equal((sex[row - 1], illness[row - 1]), (sex[row], illness[row])));
    }

    [Theory]
    // Of logistic regression on all visits, and of paper E's baseline in two groups, which had 1,100 rows to learn from.
    [InlineData("critical", null, 0.864)]
    [InlineData("ed_revisit_3d", null, 0.683)]
    [InlineData("hospitalization", null, 0.806)]
    [InlineData("critical", "Black", 0.856)]
    [InlineData("hospitalization", "Asian", 0.813)]
    public void Simulate_Visits_ArePredictedAboutAsWellAsPublished(string outcome, string? group, double published)
    {
        var estimate = EquityCohorts.Auroc(s_visits, outcome, group);
        // Chance of the rows that are judged on, and a hundredth, to which the weights were set.
        Assert.Equal(published, estimate.Auroc, (StandardErrors * estimate.StandardError) + 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Build_AnyNumberOfThreads_GivesTheCommittedBits(int threads) =>
        Assert.Equal(CommittedVisits, EquityCohorts.DigestOf(MimicEdSimulator.Build(7, 1000, threads, null, TestContext.Current.CancellationToken)));

    [Fact]
    public void Write_ReadBack_IsTheSimulatedCohort()
    {
        const int Rows = 9000;
        MimicEdSimulator.Write(_folder.Path, 5, Rows, cancellation: TestContext.Current.CancellationToken);
        var (read, simulated) = (MimicEdReader.Read(_folder.File(MimicEdSimulator.MasterFile), cancellation: TestContext.Current.CancellationToken), MimicEdSimulator.Simulate(5, Rows, cancellation: TestContext.Current.CancellationToken));

        Assert.Equal(EquityCohorts.DigestOf(simulated), EquityCohorts.DigestOf(read));
        Assert.Equal(simulated.Notes, read.Notes);
        Assert.Equal((simulated.Name, simulated.Subject, simulated.Majority, true), (read.Name, read.Subject, read.Majority, read.IsSimulated));
        Assert.Equal(simulated.Minorities, read.Minorities);
        // Slips of the pen are written, and so are cleaned.
        Assert.Contains(File.ReadLines(_folder.File(MimicEdSimulator.MasterFile)), line => line.Contains(",13.0,", StringComparison.Ordinal));
        Assert.Equal(117, MimicEdMasterFile.Header.Count);
        Assert.Equal(117, MimicEdMasterFile.Header.Distinct().Count());
    }

    [Theory]
    [InlineData(MimicEdSimulator.MinimumRows - 1)]
    [InlineData(MimicEdSimulator.MaximumRows + 1)]
    public void Simulate_RowsOutside_NamesRange(int rows) =>
        Assert.Contains("200 to 50,000,000", Assert.Throws<ArgumentOutOfRangeException>(() => MimicEdSimulator.Simulate(1, rows, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void Simulate_OtherSeed_IsAnotherCohort() =>
        Assert.NotEqual(DigestOf(seed: 1), DigestOf(seed: 2));

    [Fact]
    public void Simulate_Participants_HavePublishedSizesAndTheCommittedBits()
    {
        var cohort = FraminghamSimulator.Simulate(7, cancellation: TestContext.Current.CancellationToken);
        EquityCohorts.AssertSound(cohort);
        Assert.Equal([2927, 170, 215, 111], cohort.Groups.Names.Select(name => cohort.Groups[name].Count));
        Assert.Equal(15, cohort.Table.Schema.Features.Count);
        Assert.Equal(["CHD", "CHF", "CVD"], cohort.Table.Schema.Outcomes.Select(column => cohort.Table.Schema.Columns[column].Name));
        Assert.All(cohort.Column("CHD").Zip(cohort.Column("CVD")), pair => Assert.True(pair.First <= pair.Second));
        Assert.Equal(CommittedParticipants, EquityCohorts.DigestOf(cohort));
    }

    [Theory]
    [InlineData("White", 0.020, 0.015, 0.027)]
    [InlineData("Black", 0.106, 0.071, 0.206)]
    [InlineData("Hispanic", 0.079, 0.042, 0.116)]
    [InlineData("Asian", 0.117, 0.027, 0.144)]
    public void Simulate_ManyParticipants_HavePublishedSharesOfOutcomes(string group, double coronary, double failure, double cardiovascular)
    {
        var cohort = FraminghamSimulator.Simulate(11, 100_000, TestContext.Current.CancellationToken);
        AssertShare(cohort, "CHD", group, coronary);
        AssertShare(cohort, "CHF", group, failure);
        AssertShare(cohort, "CVD", group, cardiovascular);
    }

    [Theory]
    [InlineData("CHD")]
    [InlineData("CHF")]
    [InlineData("CVD")]
    public void Simulate_ManyParticipants_ArePredictedAboutAsWellAsPublished(string outcome)
    {
        var cohort = FraminghamSimulator.Simulate(11, 100_000, TestContext.Current.CancellationToken);
        foreach (var estimate in cohort.Minorities.Select(group => EquityCohorts.Auroc(cohort, outcome, group)))
            Assert.InRange(estimate.Auroc, 0.65 - (StandardErrors * estimate.StandardError), 0.76 + (StandardErrors * estimate.StandardError));
    }

    private static string DigestOf(ulong seed) => EquityCohorts.DigestOf(MimicEdSimulator.Simulate(seed, 500, cancellation: TestContext.Current.CancellationToken));

    private static void AssertShare(EquityCohort cohort, string outcome, string group, double published)
    {
        var (share, count) = cohort.ShareIn(outcome, group);
        Assert.Equal(published, share, StandardErrors * Math.Sqrt(published * (1 - published) / count));
    }

    private static void AssertNowhereAbove(string lower, string upper) => Assert.All(s_visits.Column(lower).Zip(s_visits.Column(upper)), pair => Assert.True(pair.First <= pair.Second));

    private static double Correlation(string first, string second)
    {
        var pairs = s_visits.Column(first).Zip(s_visits.Column(second)).Where(pair => !float.IsNaN(pair.First) && !float.IsNaN(pair.Second)).ToArray();
        var (meanX, meanY) = (pairs.Average(pair => (double)pair.First), pairs.Average(pair => (double)pair.Second));
        return pairs.Average(pair => (pair.First - meanX) * (pair.Second - meanY))
            / Math.Sqrt(pairs.Average(pair => (pair.First - meanX) * (pair.First - meanX)) * pairs.Average(pair => (pair.Second - meanY) * (pair.Second - meanY)));
    }
}
