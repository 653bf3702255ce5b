using Bench.Cohorts;
using Bench.Studies.MainJob;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies.Journal;

public sealed class MainJobJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("mlp")]
    [InlineData("logistic")]
    public void Run_StoppedAnywhere_GoesOnToTheSameResult(string model)
    {
        var options = new MainJobOptions { Model = model, Epochs = 3, Methods = ["none", "smote", "random-under", "dp"], Units = [1, 2, 4], Group = "black" };
        var expected = Run(options, null, stopAt: int.MaxValue);
        var steps = 0;
        for (var stopAt = 1; ; stopAt += 3)
        {
            try
            {
                steps++;
                var result = Run(options with { JournalFolder = _folder.File("work") }, null, stopAt);
                AssertSame(expected, result);
                break;
            }
            catch (OperationCanceledException)
            {
            }
        }

        Assert.InRange(steps, 3, 200);
    }

    [Fact]
    public void Run_OtherSettings_FindNothingOfTheJournal()
    {
        var options = new MainJobOptions { Model = "mlp", Epochs = 2, Methods = ["none"], JournalFolder = _folder.File("work") };
        Run(options, null, int.MaxValue);
        var entries = Directory.GetFiles(_folder.File("work")).Length;
        AssertSame(Run(options with { Epochs = 3, JournalFolder = null }, null, int.MaxValue), Run(options with { Epochs = 3 }, null, int.MaxValue));
        Assert.InRange(Directory.GetFiles(_folder.File("work")).Length, entries + 1, 100);
    }

    public void Dispose() => _folder.Dispose();

    private static MainJobResult Run(MainJobOptions options, IProgress<CohortProgress>? progress, int stopAt)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var told = 0;
        progress ??= new SynchronousReports(() =>
        {
            if (++told == stopAt)
                stop.Cancel();
        });
        return MainJobRunner.Run(SmallCohort.Create(), options, progress, stop.Token);
    }

    private static void AssertSame(MainJobResult expected, MainJobResult actual)
    {
        Assert.Equal(expected.Methods.Select(method => method.FitStatus), actual.Methods.Select(method => method.FitStatus));
        Assert.Equal(expected.UnitSearch?.Scores, actual.UnitSearch?.Scores);
        Assert.Equal(expected.UnitSearch?.ChosenUnits, actual.UnitSearch?.ChosenUnits);
        foreach (var (one, other) in expected.Methods.Zip(actual.Methods))
        {
            Assert.Equal(one.TrainingRowCount, other.TrainingRowCount);
            Assert.Equal(one.Models.SelectMany(model => model.Epochs), other.Models.SelectMany(model => model.Epochs));
            Assert.Equal(one.Tables[CohortSplit.Test]["all"].Require(ScoreMetric.Auroc), other.Tables[CohortSplit.Test]["all"].Require(ScoreMetric.Auroc));
            Assert.Equal(one.Tables[CohortSplit.Test]["all"].Require(ScoreMetric.Brier), other.Tables[CohortSplit.Test]["all"].Require(ScoreMetric.Brier));
        }
    }

    private sealed class SynchronousReports(Action report) : IProgress<CohortProgress>
    {
        public void Report(CohortProgress value) => report();
    }
}
