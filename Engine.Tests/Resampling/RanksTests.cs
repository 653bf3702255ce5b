using Engine.Data;
using Engine.Prognosis;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Resampling;

/// <summary>Plans over rows that lie with several ranks: those of one process.</summary>
public sealed class RanksTests
{
    private const int RowCount = RankRows.RowsPerRun + 500;

    private static readonly Lazy<(SampleMatrix Samples, Labels Labels)> s_problem = new(() =>
    {
        var samples = Tables.Normal(RowCount, 3, seed: 21);
        return (samples, Labels.From([.. Enumerable.Range(0, RowCount).Select(row => row % 3 == 1 && samples.Row(row)[0] > 1)]));
    });

    private static readonly Dictionary<string, ISampler> s_samplers = new()
    {
        ["SMOTE"] = new Smote { Seed = 5 },
        ["Borderline-SMOTE"] = new BorderlineSmote { Seed = 5 },
        ["ADASYN"] = new Adasyn { Seed = 5 },
        ["Gamma"] = new GammaSampler { Seed = 5 },
        ["random under"] = new RandomUnder { Seed = 5 },
        ["random over"] = new RandomOver { Seed = 5 },
        ["Tomek links"] = new TomekLinks(),
        ["edited nearest neighbors"] = new EditedNearestNeighbors(),
        ["NearMiss-1"] = new NearMiss(),
        ["NearMiss-2"] = new NearMiss { Version = 2 },
        ["NearMiss-3"] = new NearMiss { Version = 3 },
        ["Distant"] = new Distant(),
    };

    public static TheoryData<string> Samplers => [.. s_samplers.Keys];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Plan_RowsOfTwoRanks_IsThePlanOfOneProcess(string name)
    {
        var (samples, labels) = s_problem.Value;
        var expected = s_samplers[name].Plan(samples, labels);
        var made = expected.SyntheticRows(samples).Copy();
        foreach (var (plan, rows) in Ranks.Each(2, samples, spread =>
        {
            var plan = s_samplers[name].Plan(spread, labels, Ranks.OneThread);
            return (plan, plan.SyntheticRows(spread).Copy());
        }))
        {
            Assert.True(expected.Synthetic.SequenceEqual(plan.Synthetic));
            Assert.Equal(expected.KeptRows?.ToArray(), plan.KeptRows?.ToArray());
            Assert.Equal(Enumerable.Range(0, RowCount).Select(expected.MultiplicityOf), Enumerable.Range(0, RowCount).Select(plan.MultiplicityOf));
            for (var row = 0L; row < made.RowCount; row++)
                Assert.Equal(made.Row(row), rows.Row(row));
        }
    }

    /// <summary>More rows of one kind than k: a row is not among the nearest of its own list.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Smote_ManyDuplicates_LeavesOutEachRowByItsIndex(int size)
    {
        var samples = Tables.Integers(RowCount, 2, 3, seed: 21);
        var labels = Labels.From([.. Enumerable.Range(0, RowCount).Select(static row => row % 80 == 1)]);
        var (expected, expectedInGroup) = (Smote().Plan(samples, labels), Balance().Plan(new LabeledSamples(labels, samples)));
        foreach (var (plan, inGroup) in Ranks.Each(size, samples, spread => (Smote().Plan(spread, labels, Ranks.OneThread), Balance().Plan(new LabeledSamples(labels, spread), Ranks.OneThread))))
        {
            Assert.True(expected.Synthetic.SequenceEqual(plan.Synthetic));
            Assert.True(expectedInGroup.Synthetic.SequenceEqual(inGroup.Synthetic));
        }

        static Smote Smote() => new() { Seed = 5, NeighborCount = 4 };
        GroupBalance Balance() => new() { Seed = 5, Group = RowMask.From(RowCount, static row => row % 80 is 1 or 3), Majority = RowMask.From(RowCount, static row => row % 80 is not (1 or 3)), Method = GroupBalanceMethod.Smote, TargetRatio = .1 };
    }

    [Fact]
    public void SmoteNominal_RowsOfRanks_AreCheckedAndMadeAsByOneProcess()
    {
        const int ManyRows = (3 * RankRows.RowsPerRun) + 77;
        var samples = Tables.Normal(ManyRows, 3, seed: 22);
        for (var row = 0; row < ManyRows; row++)
            samples.GetWritableRow(row)[1] = row % 2;
        var labels = Labels.From([.. Enumerable.Range(0, ManyRows).Select(static row => row % 90 == 1)]);
        var smote = new SmoteNominal { Seed = 5, Schema = ColumnSchema.Continuous(3).WithMasks(1) };
        var expected = smote.Plan(samples, labels);
        foreach (var plan in Ranks.Each(3, samples, spread => smote.Plan(new LabeledSamples(labels, spread), Ranks.OneThread)))
            Assert.True(expected.Synthetic.SequenceEqual(plan.Synthetic));

        samples.GetWritableRow(20_000)[1] = .5f;
        samples.GetWritableRow(45_000)[1] = 2;
        foreach (var message in Ranks.Each(3, samples, spread => Assert.Throws<ArgumentException>(() => smote.Plan(new LabeledSamples(labels, spread), Ranks.OneThread)).Message))
            Assert.Contains("contradicts the schema at row 20,000", message, StringComparison.Ordinal);
    }

    [Fact]
    public void SmoteThenCleaning_RowsOfRanks_SaysWhatToDoInstead()
    {
        const int ManyRows = (3 * RankRows.RowsPerRun) + 77;
        var labels = Labels.From([.. Enumerable.Range(0, ManyRows).Select(static row => row % 90 == 1)]);
        foreach (var message in Ranks.Each(3, Tables.Normal(ManyRows, 2, seed: 23), spread => Assert.Throws<ArgumentException>(() => new SmoteTomek { Smote = new Smote { Seed = 5 } }.Plan(new LabeledSamples(labels, spread), Ranks.OneThread)).Message))
            Assert.Contains("take SMOTE or the cleaning rule alone", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DoublePrioritized_RowsOfTwoRanks_ChoosesTheSameModel()
    {
        var (samples, labels) = s_problem.Value;
        var groups = Subgroups.From([.. Enumerable.Range(0, RowCount).Select(row => row % 4 == 0 ? "a" : "b")]);
        var expected = Search(samples);
        foreach (var found in Ranks.Each(2, samples, Search))
            Assert.Equal(expected.Scores, found.Scores);

        Engine.Prognosis.UnitSearch Search(SampleMatrix rows)
        {
            var train = new LabeledSamples(labels, rows, groups: groups);
            return DoublePrioritized.Search(new LogisticPrognosis(), new TrainingTask(train), selection: train, "a");
        }
    }
}
