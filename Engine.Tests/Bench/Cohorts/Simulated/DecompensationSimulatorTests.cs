using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;
using Bench.Cohorts.Simulated;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Cohorts.Simulated;

public sealed class DecompensationSimulatorTests
{
    private const ulong Seed = 7;
    private const long SmallSize = 2_000;

    // Large enough for deaths in many groups; the two deaths of 2,000 rows would not notice a change of how most groups die.
    private const long DigestSize = 30_000;

    // Of that cohort with seed 7: hours, classes, splits. A change of it is a change of every simulated cohort, and is said so in the commit.
    private const string CommittedDigest = "b323b010ca76d13aec0057cea161cd1626c93ed2ea4899f0d06bfcd2c6884f2c";

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2_000, 446, 440)]
    [InlineData(50_001, 11_159, 11_002)]
    public void Simulate_AnySize_GivesExactlyTheRowsAskedFor(long trainingRows, int validationRows, int testRows)
    {
        var cohort = Simulate(Seed, trainingRows);
        Assert.Equal([(int)trainingRows, validationRows, testRows], Enum.GetValues<CohortSplit>().Select(split => cohort.RowsOf(split).Length));
        Assert.Equal(cohort.Samples.RowCount, cohort.Labels.Count);
        Assert.Equal(cohort.Samples.RowCount, cohort.Groups.RowCount);
        Assert.Equal(cohort.Samples.RowCount, cohort.Prefixes!.Count);
        Assert.Equal(BenchmarkChannels.ColumnNames, cohort.FeatureNames);
        Assert.Equal(DemographicGroups.Names, cohort.Groups.Names);
        cohort.Samples.EnsureFinite("samples");
    }

    [Fact]
    public void SimulateEvery_TwelveHours_TakesTheSameHoursOfTheSameStays()
    {
        var every = DecompensationSimulator.SimulateEvery(Seed, 300, 12, null, TestContext.Current.CancellationToken);
        var all = DecompensationSimulator.Simulate(Seed, 300 * 12, null, TestContext.Current.CancellationToken);
        Assert.Equal(300, every.RowsOf(CohortSplit.Train).Length);
        Assert.Null(every.Episodes);
        var rowOf = Enumerable.Range(0, all.Prefixes!.Count).Where(row => all.Splits[row] == CohortSplit.Train).ToDictionary(row => all.Prefixes[row]);
        var compared = 0;
        foreach (var row in every.RowsOf(CohortSplit.Train).Select(row => (int)row))
        {
            var prefix = every.Prefixes![row];
            Assert.Equal(0, (prefix.Hours - 5) % 12);
            // The last stay of either may be cut short, and then ends alive.
            if (!rowOf.TryGetValue(prefix, out var same) || prefix.Stay >= all.Prefixes[rowOf.Values.Max()].Stay || prefix.Stay == every.Prefixes[299].Stay)
                continue;
            Assert.Equal(all.Samples.Row(same).ToArray(), every.Samples.Row(row).ToArray());
            Assert.Equal(all.Labels[same], every.Labels[row]);
            compared++;
        }

        Assert.InRange(compared, 200, 300);
        Assert.Throws<ArgumentOutOfRangeException>(() => DecompensationSimulator.SimulateEvery(Seed, 300, 25, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void PlanRows_PublishedSize_GivesPublishedValidationAndTestRows()
    {
        var plans = DecompensationSimulator.PlanRows(Seed, DecompensationSimulator.PublishedTrainingRows);
        var rows = Enum.GetValues<CohortSplit>().Select(split => plans.Where(plan => plan.Split == split).Sum(plan => plan.SampleCount));
        Assert.Equal([2_377_768, 530_646, 523_208], rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Build_AnyNumberOfThreads_GivesTheCommittedBits(int threads)
    {
        var plans = DecompensationSimulator.PlanRows(Seed, DigestSize);
        Assert.Equal(CommittedDigest, CohortDigest.Of(new CohortBuilder(Seed, plans, null).Build(threads, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Simulate_OtherSeed_GivesOtherBits() =>
        Assert.NotEqual(CohortDigest.Of(Simulate(Seed, SmallSize)), CohortDigest.Of(Simulate(Seed + 1, SmallSize)));

    [Fact]
    public void Simulate_LargerSize_BeginsWithTheSmallerCohort()
    {
        var small = Simulate(Seed, SmallSize);
        var large = Simulate(Seed, 2 * SmallSize);
        // The last training stay may be cut short, and then ends otherwise.
        var rows = small.RowsOf(CohortSplit.Train).TakeWhile(row => small.Prefixes![(int)row].Stay < small.Prefixes[(int)SmallSize - 1].Stay).ToArray();
        Assert.True(rows.Length > SmallSize / 2);
        foreach (var row in rows)
            Assert.Equal(Row(small, row), Row(large, row));
    }

    [Fact]
    public void Simulate_EveryStay_LiesInOneSplitAndIsAskedFromTheFifthHourOn()
    {
        var cohort = Simulate(Seed, SmallSize);
        foreach (var stay in cohort.Prefixes!.Select((prefix, row) => (prefix, row)).GroupBy(sample => sample.prefix.Stay))
        {
            Assert.Single(stay.Select(sample => cohort.Splits[sample.row]).Distinct());
            Assert.Equal(Enumerable.Range(5, cohort.Episodes!.HoursOf(stay.Key) - 4), stay.Select(sample => sample.prefix.Hours));
        }
    }

    [Fact]
    public void Simulate_ChannelNotObserved_KeepsItsPreviousValue()
    {
        var episodes = Simulate(Seed, SmallSize).Episodes!;
        var previous = new float[BenchmarkChannels.ColumnCount];
        var current = new float[BenchmarkChannels.ColumnCount];
        long changes = 0;
        for (var stay = 0; stay < episodes.StayCount; stay++)
        {
            for (var hour = 1; hour < episodes.HoursOf(stay); hour++)
            {
                episodes.Hours.CopyRow(episodes.RowOf(stay, hour - 1), previous);
                episodes.Hours.CopyRow(episodes.RowOf(stay, hour), current);
                foreach (var channel in BenchmarkChannels.All)
                {
                    var (from, to) = (channel.FirstColumn, channel.FirstColumn + channel.ColumnCount);
                    var same = previous.AsSpan(from..to).SequenceEqual(current.AsSpan(from..to));
                    var isObserved = current[BenchmarkChannels.ValueColumnCount + channel.Index] == 1;
                    Assert.True(same || isObserved, $"{channel.Name} changed unobserved in stay {stay}, hour {hour}");
                    changes += same ? 0 : 1;
                }
            }
        }

        Assert.True(changes > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Simulate_DozensOfDeaths_PutsBothClassesInEverySplit(ulong seed)
    {
        var cohort = Simulate(seed, 50_000);
        foreach (var split in Enum.GetValues<CohortSplit>())
            Assert.Equal(2, cohort.RowsOf(split).Select(row => cohort.Labels[(int)row]).Distinct().Count());
    }

    [Fact]
    public void Simulate_NearDeath_BreathesFasterAndIsLessAwake()
    {
        var cohort = Simulate(Seed, 100_000);
        Assert.True(MeanOf("Respiratory rate", 1) > MeanOf("Respiratory rate", 0) + 0.3);
        Assert.True(MeanOf("Glascow coma scale total->3", 1) > 2 * MeanOf("Glascow coma scale total->3", 0));

        double MeanOf(string column, byte label) => Enumerable.Range(0, cohort.Labels.Count)
            .Where(row => cohort.Labels[row] == label)
            .Average(row => (double)Row(cohort, row)[BenchmarkChannels.ColumnNames.IndexOf(column)]);
    }

    [Fact]
    public void CutAlive_StayThatEndsInDeath_ShowsNoDeath()
    {
        var plan = Enumerable.Range(0, 1_000).Select(number => StayPlanner.Draw(Seed, CohortSplit.Train, number)).First(plan => plan.LabelAt(plan.Hours) == 1);
        var cut = plan.CutAlive(plan.SampleCount - 1);
        Assert.Equal(plan.SampleCount - 1, cut.SampleCount);
        Assert.Equal(0, cut.LabelAt(cut.Hours));
    }

    [Fact]
    public void SimulateStays_SomeStays_GivesWholeStays()
    {
        var cohort = DecompensationSimulator.SimulateStays(Seed, 30, null, TestContext.Current.CancellationToken);
        Assert.Equal(30 + 7 + 7, cohort.Episodes!.StayCount);
        Assert.Equal(StayPlanner.Draw(Seed, CohortSplit.Train, 29).Hours, cohort.Episodes.HoursOf(29));
    }

    [Fact]
    public void Simulate_Notes_SayThatTheDataAreSimulatedAndFromWhichSeed()
    {
        var note = Assert.Single(Simulate(Seed, 1).Notes);
        Assert.Contains("simulated, from seed 7", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulate_Progress_EndsAtTheLastStayAndNeverRunsBackwards()
    {
        var reports = new ReportList();
        var cohort = DecompensationSimulator.Simulate(Seed, 50_000, reports, TestContext.Current.CancellationToken);
        Assert.Equal(reports.Done.Order(), reports.Done);
        Assert.Equal(cohort.Episodes!.StayCount, reports.Done[^1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(DecompensationSimulator.MaximumTrainingRows + 1)]
    public void Simulate_SizeOutOfRange_ThrowsNamingTheRange(long trainingRows)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Simulate(Seed, trainingRows));
        Assert.Contains("1 to 1,000,000,000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulate_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => DecompensationSimulator.Simulate(Seed, 2_000_000, null, new CancellationToken(canceled: true)));

    [Fact]
    public void WriteBenchmarkLayout_ReadBack_GivesTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var written = Simulate(Seed, SmallSize);
        DecompensationSimulator.WriteBenchmarkLayout(Seed, SmallSize, folder.Path, cancellation: TestContext.Current.CancellationToken);
        var read = Mimic3Reader.Read(folder.Path, Mimic3Task.Decompensation, folder.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(CohortDigest.Of(written), CohortDigest.Of(read));
        foreach (var group in written.Groups.Names)
            Assert.Equal(written.Groups[group].ToRows(), read.Groups[group].ToRows());
    }

    private static Cohort Simulate(ulong seed, long trainingRows) =>
        DecompensationSimulator.Simulate(seed, trainingRows, null, TestContext.Current.CancellationToken);

    private static float[] Row(Cohort cohort, long row)
    {
        var values = new float[cohort.Samples.FeatureCount];
        cohort.Samples.CopyRow(row, values);
        return values;
    }

    /// <summary>Keeps reports in the order in which they are made; Progress of the system would post them to other threads.</summary>
    private sealed class ReportList : IProgress<CohortProgress>
    {
        public List<long> Done { get; } = [];

        public void Report(CohortProgress value) => Done.Add(value.Done);
    }
}
