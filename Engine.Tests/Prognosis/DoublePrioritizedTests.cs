using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Prognosis;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Prognosis;

public sealed class DoublePrioritizedTests
{
    private const string Group = "group";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Choose_PublishedUnitTable_PicksThreeUnits()
    {
        // Afrose et al., dp_unit_choice.ipynb: in-hospital mortality, age [30, 40); units, balanced accuracy, PR_C1.
        (int Units, double BalancedAccuracy, double Pr)[] published =
        [
            (1, .660, .390), (2, .617, .414), (3, .681, .393), (4, .681, .374), (5, .681, .380), (6, .674, .316), (7, .677, .373), (8, .681, .323),
            (9, .650, .404), (10, .684, .374), (12, .677, .382), (14, .611, .347), (16, .687, .358), (18, .644, .369), (20, .637, .340),
        ];
        Assert.Equal(DoublePrioritized.PaperUnits, published.Select(row => row.Units));
        Assert.Equal(3, DoublePrioritized.Choose([.. published.Select(row => new UnitScore(row.Units, row.BalancedAccuracy, row.Pr))]));
    }

    [Fact]
    public void Choose_FourthByBalancedAccuracy_IsNoFinalist() =>
        Assert.Equal(3, DoublePrioritized.Choose([new(1, .9, .1), new(4, .6, .9), new(2, .8, .2), new(3, .7, .3)]));

    [Fact]
    public void Plan_Units_RepeatsOnlyPositivesOfTheGroup()
    {
        var labels = Labels.From([1, 0, 1, 0, 1]);
        var plan = DoublePrioritized.Plan(labels, RowMask.From(5, row => row < 3), units: 4);
        Assert.Equal([4, 1, 4, 1, 1], Enumerable.Range(0, 5).Select(plan.MultiplicityOf));
        Assert.Equal(11, plan.TotalRowCount);
    }

    [Fact]
    public void Plan_GroupWithoutPositives_SaysSo() =>
        Assert.Contains("none of class 1", Assert.Throws<ArgumentException>(() => DoublePrioritized.Plan(Labels.From([1, 0, 0]), RowMask.From(3, row => row > 0), 2)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public void Plan_Maker_MakesFurtherUnitsInsideTheGroup(int units)
    {
        var training = Rows(600, 43);
        var group = training.Groups[Group];
        var unit = training.Labels.ToMask(1).And(group).Count;
        Func<RowMask, int, ISampler>[] makers =
        [
            (rows, count) => new Smote { Seed = 1, Rows = rows, RowsToMake = count },
            (rows, count) => new Adasyn { Seed = 1, Rows = rows, RowsToMake = count },
            (rows, count) => new GammaSampler { Seed = 1, Rows = rows, RowsToMake = count },
        ];
        foreach (var maker in makers)
        {
            var plan = DoublePrioritized.Plan(training, group, units, maker);
            Assert.All(plan.ToMultiplicities(), times => Assert.Equal(1, times));
            // ADASYN rounds the count of each row.
            Assert.InRange(plan.Synthetic.Length, ((units - 1) * unit) - unit, ((units - 1) * unit) + unit);
            Assert.All(plan.Synthetic.ToArray(), made => Assert.True(group[(int)made.Row] && group[(int)made.Neighbor] && training.Labels[(int)made.Row] == 1));
            Assert.All(Enumerable.Range(0, plan.Synthetic.Length), place => Assert.Equal(1, plan.SyntheticLabelOf(place)));
        }

        Assert.Equal((units - 1) * unit, DoublePrioritized.Plan(training, group, units, makers[0]).Synthetic.Length);
        Assert.Equal((units - 1) * unit, DoublePrioritized.Plan(training, group, units, makers[2]).Synthetic.Length);
    }

    [Fact]
    public void Plan_MakerWhereClassOneIsNotTheRarer_SaysSo()
    {
        var training = new LabeledSamples(Labels.From([1, 1, 1, 0, 0]), Tables.Normal(5, 2, 1));
        var message = Assert.Throws<ArgumentException>(() => DoublePrioritized.Plan(training, RowMask.All(5), 2, (rows, count) => new Smote { Seed = 1, Rows = rows, RowsToMake = count })).Message;
        Assert.Contains("of the group's 5 rows, 3 are of class 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_MakerWhereTheClassesAreEqual_Makes()
    {
        var training = new LabeledSamples(Labels.From([1, 0, 1, 0]), Tables.Normal(4, 2, 2));
        var plan = DoublePrioritized.Plan(training, RowMask.All(4), 2, (rows, count) => new Smote { Seed = 1, NeighborCount = 1, Rows = rows, RowsToMake = count });
        Assert.Equal(2, plan.Synthetic.Length);
    }

    [Fact]
    public void Plan_NegativeRowsToMake_SaysSo() => Assert.Contains(
        "RowsToMake",
        Assert.Throws<ArgumentOutOfRangeException>(() => new Smote { Seed = 1, RowsToMake = -1 }.Plan(Rows(600, 44))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Search_WarmStarts_EqualsEveryModelFittedAlone()
    {
        var (train, selection) = (Rows(1500, 41), Rows(900, 42));
        var model = new LogisticPrognosis { RidgePenalty = 1 };
        var search = Search(model, train, selection, [1, 2, 5, 20]);
        Assert.Equal([1, 2, 5, 20], search.Scores.Select(score => score.Units));
        foreach (var score in search.Scores)
        {
            var alone = Search(model, train, selection, [score.Units]).Scores.Single();
            Assert.Equal(alone.BalancedAccuracy, score.BalancedAccuracy);
            Assert.Equal(alone.TrapezoidPrC1, score.TrapezoidPrC1, 1e-9);
        }

        Assert.Equal(DoublePrioritized.Choose(search.Scores), search.ChosenUnits);
    }

    [Fact]
    public void Search_AnyThreshold_ScoresTheRowsOfTheGroupAtIt()
    {
        var (train, selection) = (Rows(600, 44), Rows(500, 45));
        var search = DoublePrioritized.Search(new LogisticPrognosis(), TaskOf(train), selection, Group, new() { Units = [3], Threshold = 0.2 });
        var members = selection.Select(selection.Groups[Group].ToRows());
        var probabilities = new double[members.Count];
        search.Chosen.Predict(members, probabilities);
        var metrics = MetricSet.Compute(probabilities, members.Labels, 0.2);
        Assert.NotEqual(MetricSet.Compute(probabilities, members.Labels).BalancedAccuracy, metrics.BalancedAccuracy);
        var score = Assert.Single(search.Scores);
        Assert.Equal((3, metrics.BalancedAccuracy, metrics.TrapezoidPrC1), (score.Units, score.BalancedAccuracy, score.TrapezoidPrC1));
    }

    [Fact]
    public void Search_BadInput_SaysWhatIsWrong()
    {
        var rows = Rows(200, 46);
        Assert.Contains("each once", Error(rows, [1, 2, 2]), StringComparison.Ordinal);
        Assert.Contains("each once", Error(rows, []), StringComparison.Ordinal);
        Assert.Contains("1 (the original data) or more", Error(rows, [0, 1]), StringComparison.Ordinal);
        Assert.Contains("no subgroup 'nobody'", Assert.Throws<KeyNotFoundException>(() => DoublePrioritized.Search(new LogisticPrognosis(), TaskOf(rows), rows, "nobody")).Message, StringComparison.Ordinal);

        string Error(LabeledSamples train, int[] units) => Assert.ThrowsAny<ArgumentException>(() => Search(new LogisticPrognosis(), train, rows, units)).Message;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Search_SelectionGroupOfOneClass_SaysSo(byte label)
    {
        var rows = Rows(200, 43);
        var oneClass = WithGroup(rows.Rows, rows.Labels, rows.Labels.ToMask(label));
        Assert.Contains("needs both classes", Assert.Throws<ArgumentException>(() => DoublePrioritized.Search(new LogisticPrognosis(), TaskOf(rows), oneClass, Group)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_SeparatedFits_SaySo()
    {
        // No ridge, and a column that tells the classes apart: no fit has an optimum.
        var samples = Tables.Normal(200, 3, 44);
        var labels = Labels.From([.. Enumerable.Range(0, 200).Select(row => samples.Row(row)[0] > 0)]);
        var rows = WithGroup(samples, labels, RowMask.From(200, row => row % 2 == 0));
        Assert.All(Search(new LogisticPrognosis(), rows, rows, [1, 3]).Scores, score => Assert.Equal(FitStatus.Separated, score.Status));
        Assert.All(Search(new LogisticPrognosis { RidgePenalty = 1 }, rows, rows, [1, 3]).Scores, score => Assert.Equal(FitStatus.Converged, score.Status));
    }

    [Fact]
    public void Fit_StartThatDidNotConverge_IsNotStartedFrom()
    {
        var rows = Rows(400, 45);
        var model = new LogisticPrognosis { RidgePenalty = 1 };
        var good = (LogisticPrognosis.Fitted)model.Fit(TaskOf(rows));
        // Separated and far away: one step from there ends nowhere near where one step from 0 does.
        var other = new LabeledSamples(Labels.From([.. Enumerable.Range(0, 400).Select(row => rows.Rows.Row(row)[1] > 0)]), rows.Rows);
        var separated = new LogisticPrognosis().Fit(TaskOf(other));
        Assert.Equal(FitStatus.Separated, separated.Summary.Status);
        var fit = (LogisticPrognosis.Fitted)model.Fit(TaskOf(rows) with { Start = separated });
        Assert.Equal(good.Fit.Coefficients.ToArray(), fit.Fit.Coefficients.ToArray());
        Assert.Equal(good.Fit.Iterations, fit.Fit.Iterations);
        // Nor has it standard errors that mean anything.
        Assert.Null(separated.ClusteredErrors(other));
        Assert.NotNull(good.ClusteredErrors(rows));
    }

    [Fact]
    public void Fit_SampleWeights_AreThoseOfTheFit()
    {
        var rows = Rows(300, 47);
        double[] weights = [.. Enumerable.Range(0, 300).Select(row => 0.5 + (row % 3))];
        var fit = (LogisticPrognosis.Fitted)new LogisticPrognosis { RidgePenalty = 1 }.Fit(TaskOf(rows) with { SampleWeights = weights });
        var expected = LogisticRegression.Fit(rows.Rows, rows.Labels, new() { RidgePenalty = 1, SampleWeights = weights });
        Assert.Equal(expected.Coefficients.ToArray(), fit.Fit.Coefficients.ToArray());
    }

    private static UnitSearch Search(IPrognosisModel model, LabeledSamples train, LabeledSamples selection, int[] units) =>
        DoublePrioritized.Search(model, TaskOf(train), selection, Group, new() { Units = units });

    private static TrainingTask TaskOf(LabeledSamples samples) => new(samples) { Compute = new() { CancellationToken = Cancellation } };

    private static LabeledSamples WithGroup(SampleMatrix samples, Labels labels, RowMask mask)
    {
        var groups = new Subgroups(labels.Count);
        groups.Add(Group, mask);
        return new LabeledSamples(labels, samples, groups: groups);
    }

    private static LabeledSamples Rows(int count, ulong seed)
    {
        var samples = Tables.Normal(count, 6, seed);
        var noise = Tables.Normal(count, 1, seed + 100);
        var labels = Labels.From([.. Enumerable.Range(0, count).Select(row => samples.Row(row)[1] + noise.Row(row)[0] > 1)]);
        return WithGroup(samples, labels, RowMask.From(count, row => row % 4 == 0));
    }
}
