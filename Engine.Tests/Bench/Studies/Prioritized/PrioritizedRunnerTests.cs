using Bench.Cohorts;
using Bench.Studies;
using Bench.Studies.Arms;
using Bench.Studies.Prioritized;
using Engine.Data;
using Engine.Metrics;
using Engine.Networks;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies.Prioritized;

public sealed class PrioritizedRunnerTests : IDisposable
{
    private static readonly int[] s_units = [1, 2, 4];

    private static readonly PrioritizedOptions s_short = new()
    {
        Model = StudyModel.Logistic,
        Methods = [ResamplingMethod.None, "random-under", "smote", ResamplingMethod.DoublePrioritized, "dp-smote", ResamplingMethod.GroupAlone],
        Units = s_units,
        Groups = ["Black", "white"],
        Repeats = 2,
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_TwoGroupsTwoRepeats_TrainsEveryArmOfEachRepeat()
    {
        var result = Run(SmallCohort.Create(), s_short);
        ArmName[] names =
        [
            new("none", null), new("random-under", null), new("smote", null), new("dp", "white"), new("dp", "black"), new("dp-smote", "white"), new("dp-smote", "black"),
            new("group-alone", "white"), new("group-alone", "black"),
        ];
        Assert.Empty(result.Skipped);
        Assert.Equal(["white", "black"], result.Served);
        Assert.Equal(names.Concat(names), result.Arms.Select(arm => arm.Name));
        Assert.All(result.Arms, arm => Assert.Equal(arm.Name.Method.StartsWith("dp", StringComparison.Ordinal), arm.Search is not null));
        Assert.Equal(3, result.Arms[1].Models.Count);
        Assert.All(result.Arms, arm => Assert.Equal(["all", "white", "black"], arm.Tables[CohortSplit.Test].Select(row => row.Group)));
        Assert.Equal(300, result.Arms[0].MetricsOf("all")!.RowCount);
    }

    [Fact]
    public void Run_SameAndOtherSeed_RepeatsDifferByTheirDrawsOnly()
    {
        var (first, second) = (Run(SmallCohort.Create(), s_short), Run(SmallCohort.Create(), s_short));
        Assert.Equal(Briers(first), Briers(second));
        foreach (var name in first.Names)
        {
            var repeats = first.RepeatsOf(name).Select(arm => arm.ValueOf("all", ScoreMetric.Brier)!.Value).ToArray();
            var isDrawn = name.Method is "random-under" or "smote" or "dp-smote";
            Assert.True(isDrawn || repeats[0] == repeats[1], $"{name} has {repeats[0]} and {repeats[1]}.");
            Assert.Equal(repeats.Average(), first.MeanOf(name, "all", ScoreMetric.Brier)!.Value, 1e-15);
            Assert.Equal(Math.Abs(repeats[0] - repeats[1]) / 2, first.DeviationOf(name, "all", ScoreMetric.Brier)!.Value, 1e-15);
        }

        Assert.Contains(first.Names, name => first.DeviationOf(name, "all", ScoreMetric.Brier) > 0);
        // The second repeat is the first of the next seed.
        var next = Run(SmallCohort.Create(), s_short with { Seed = 2, Repeats = 1 });
        Assert.Equal(Briers(first).Skip(first.Names.Count), Briers(next));

        static double?[] Briers(PrioritizedResult result) => [.. result.Arms.Select(arm => arm.ValueOf("black", ScoreMetric.Brier))];
    }

    [Fact]
    public void Run_Differences_AreThoseOfTheMeansOfBothArms()
    {
        var result = Run(SmallCohort.Create(), s_short);
        Assert.Contains(result.Differences, pair => pair.Name.Method == "smote" && pair.Against == new ArmName("dp", "black"));
        Assert.DoesNotContain(result.Differences, pair => pair.Name.Served is { } served && pair.Against.Served is { } other && served != other);
        foreach (var pair in result.Differences)
        {
            foreach (var (group, table) in pair.Groups)
            {
                foreach (var metric in new[] { ScoreMetric.RecallC1, ScoreMetric.Auroc, ScoreMetric.DivergenceDual })
                {
                    var expected = result.MeanOf(pair.Name, group, metric)!.Value - result.MeanOf(pair.Against, group, metric)!.Value;
                    var interval = table[metric]!.Value;
                    Assert.Equal(expected, interval.Estimate, 1e-12);
                    Assert.InRange(expected, interval.Lower, interval.Upper);
                    Assert.Equal(interval, result.DifferenceOf(pair.Name, pair.Against, group, metric));
                }
            }
        }

        var recall = result.IntervalOf(new ArmName("dp", "black"), "black", ScoreMetric.RecallC1)!.Value;
        Assert.Equal(result.MeanOf(new ArmName("dp", "black"), "black", ScoreMetric.RecallC1)!.Value, recall.Estimate, 1e-12);
        Assert.True(recall.Lower < recall.Upper);
    }

    [Fact]
    public void Run_GroupAlone_IsTheModelOfItsRows()
    {
        var cohort = SmallCohort.Create();
        var result = Run(cohort, s_short with { Methods = [ResamplingMethod.GroupAlone], Groups = ["black"], Repeats = 1 });
        var black = cohort.RowsOf(CohortSplit.Train).Count(row => cohort.Groups["black"][(int)row]);
        Assert.Equal(black, result.Arms.Single().TrainingRowCount);
        // Of rows that need the second feature the other way round, the model of the group alone knows nothing.
        Assert.True(result.Arms[0].ValueOf("black", ScoreMetric.Auroc) > .65);
        Assert.True(result.Arms[0].ValueOf("white", ScoreMetric.Auroc) < .65);
    }

    [Fact]
    public void Run_GroupWithoutClassOne_LeavesOutItsArmsWithCounts()
    {
        var cohort = SmallCohort.Create();
        var groups = cohort.Groups.Only("all", "black");
        var isWell = RowMask.From(SmallCohort.RowCount, row => row % 10 < 4 && cohort.Labels[row] == 0);
        groups.Add("well", isWell);
        var result = Run(cohort with { Groups = groups }, s_short with { Groups = ["well", "black"] });
        Assert.Equal([new ArmName("dp", "well"), new ArmName("dp-smote", "well"), new ArmName("group-alone", "well")], result.Skipped.Select(one => one.Name));
        Assert.All(result.Skipped, one => Assert.Matches("class 1", one.Reason));
        // A group of one class has no recall of the other, and no area: undefined, not a number.
        var none = new ArmName("none", null);
        Assert.Null(result.MeanOf(none, "well", ScoreMetric.RecallC1));
        Assert.Null(result.IntervalOf(none, "well", ScoreMetric.RecallC1));
        Assert.Equal(0, result.Arms[0].MetricsOf("well")!.PositiveCount);
        Assert.NotNull(result.MeanOf(new ArmName("dp", "black"), "black", ScoreMetric.RecallC1));
    }

    [Fact]
    public void Run_NoGroupsNamed_ServesThoseOfThePaperOrTheSmallOnes()
    {
        var methods = s_short with { Groups = null, Methods = ["none"], Repeats = 1 };
        Assert.Equal(["black"], Run(SmallCohort.Create(), methods).Served);
        var cohort = SmallCohort.Create();
        var groups = cohort.Groups.Only("all", "white");
        groups.Add("rare", RowMask.From(SmallCohort.RowCount, row => row % 50 < 2));
        Assert.Equal(["rare"], Run(cohort with { Groups = groups }, methods).Served);
        Assert.Equal(["white"], Run(cohort with { Groups = cohort.Groups.Only("all", "white") }, methods).Served);
    }

    [Fact]
    public void Run_GroupChoosesEpoch_TakesTheGroupsEpochInItsOwnArmsOnly()
    {
        var options = s_short with { Model = "mlp", Epochs = 12, BatchSize = 32, Methods = ["none", "dp"], Units = [1, 2], Groups = ["black"], Repeats = 1 };
        var (everyone, group) = (Run(SmallCohort.Create(), options), Run(SmallCohort.Create(), options with { GroupChoosesEpoch = true }));
        Assert.Equal(CurveOf(everyone.Arms[0]).Select(epoch => epoch.BalancedAccuracy), CurveOf(group.Arms[0]).Select(epoch => epoch.BalancedAccuracy));
        Assert.Equal(everyone.Arms[0].Models[0].ChosenEpoch, group.Arms[0].Models[0].ChosenEpoch);
        var curve = CurveOf(group.Arms[1]);
        // As the notebook for cancer records has it: of the group's three epochs of highest balanced accuracy, the one of the highest area.
        var expected = curve.OrderByDescending(epoch => epoch.GroupBalancedAccuracy).Take(3).MaxBy(epoch => epoch.GroupTrapezoidPrC1)!.Epoch;
        Assert.Equal(expected, group.Arms[1].Models[0].ChosenEpoch);
        Assert.NotEqual(everyone.Arms[1].Models[0].ChosenEpoch, group.Arms[1].Models[0].ChosenEpoch);

        static IReadOnlyList<EpochReport> CurveOf(TrainedArm arm) => arm.Models[0].Epochs;
    }

    [Fact]
    public void Run_StoppedAndBegunAgain_EndsWithTheSameBits()
    {
        var options = s_short with { Model = "mlp", Epochs = 2, BatchSize = 64, Methods = ["none", "random-under", "dp", "group-alone"], Groups = ["black"], JournalFolder = _folder.File("work") };
        var whole = Run(SmallCohort.Create(), options with { JournalFolder = null });
        using var stop = new CancellationTokenSource();
        var told = 0;
        var progress = new Told(value =>
        {
            if (value.Step.Contains("dp for black", StringComparison.Ordinal) && ++told > 3)
                stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => PrioritizedRunner.Run(SmallCohort.Create(), options, progress, stop.Token));
        Assert.True(told > 3);
        var resumed = Run(SmallCohort.Create(), options);
        Assert.Equal(whole.Arms.Select(arm => arm.ValueOf("all", ScoreMetric.Brier)), resumed.Arms.Select(arm => arm.ValueOf("all", ScoreMetric.Brier)));
        Assert.Equal(whole.Arms.Select(arm => arm.Search?.ChosenUnits), resumed.Arms.Select(arm => arm.Search?.ChosenUnits));
        Assert.All(whole.Arms.Zip(resumed.Arms), pair => Assert.Equal(pair.First.Models.Select(one => one.ChosenEpoch), pair.Second.Models.Select(one => one.ChosenEpoch)));
    }

    [Fact]
    public void Run_UnknownMethodOrGroup_SaysWhatThereIs()
    {
        Assert.Contains("the methods are none", Assert.Throws<ArgumentException>(() => Run(SmallCohort.Create(), s_short with { Methods = ["forest"] })).Message, StringComparison.Ordinal);
        Assert.Contains("white, black", Assert.Throws<KeyNotFoundException>(() => Run(SmallCohort.Create(), s_short with { Groups = ["green"] })).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static PrioritizedResult Run(Cohort cohort, PrioritizedOptions options) => PrioritizedRunner.Run(cohort, options, progress: null, TestContext.Current.CancellationToken);

    private sealed class Told(Action<CohortProgress> tell) : IProgress<CohortProgress>
    {
        public void Report(CohortProgress value) => tell(value);
    }
}
