using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Neighbors;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Tests.Bench.Comparisons;

public sealed class ComparisonTests
{
    [Fact]
    public void Run_TinyCase_MeasuresEngineAndRivals()
    {
        var result = SmallComparison.Run(
            SmallArrays.Case("slow", "wrong"), FakeRival.Answers("slow", 1_000, SmallArrays.Answer), FakeRival.Answers("wrong", 1, _ => new long[100]));
        Assert.Null(result.Skipped);
        Assert.Equal((300, 50, 3, 3_600), (result.RowCount, result.Facts[NeighborWork.Queries], result.FeatureCount, result.DataBytes));
        Assert.Equal((true, 50), (result.Checks[0].Holds, result.Checks[0].Checked));
        Assert.All(result.Engine!.Repetitions, phases => Assert.Equal(2, phases.Length));
        Assert.Equal(2, result.Engine.Repetitions.Count);
        Assert.Equal(1, result.Rivals[0].Recall);
        Assert.InRange(result.Rivals[1].Recall!.Value, 0, 0.1);
        Assert.Equal(1_000 / result.Engine.Seconds, result.RatioOf(result.Rivals[0]));
        Assert.Equal(Verdict.Met, result.Bars[0].Verdict);
    }

    [Fact]
    public void Run_RivalsThatAreNotThereOrFail_KeepTheirReasonsAndAreNotBeaten()
    {
        var result = SmallComparison.Run(
            SmallArrays.Case("absent", "unknown", "short", "silent"),
            FakeRival.Absent("absent"),
            FakeRival.Answers("short", 9, _ => new long[] { 1 }),
            new FakeRival("silent", _ => new Contender("silent", ContenderStatus.Measured) { Repetitions = [[9]] }));
        Assert.Equal(
            [
                ("absent", ContenderStatus.Absent, "No module named 'absent'"),
                ("unknown", ContenderStatus.Absent, "this build does not run it"),
                ("short", ContenderStatus.Failed, "it found 1 rows where 100 were asked for"),
            ],
            result.Rivals.Take(3).Select(rival => (rival.Name, rival.Status, rival.Reason)));
        // What the rival before it left is not taken for its answer.
        Assert.Equal(ContenderStatus.Failed, result.Rivals[3].Status);
        Assert.All(result.Bars, bar => Assert.Equal(Verdict.Unknown, bar.Verdict));
        Assert.All(result.Rivals, rival => Assert.Null(result.RatioOf(rival)));
    }

    [Fact]
    public void Run_CasesThatCannotRun_AreSkippedByReasonAndTheNextIsRun()
    {
        var large = SmallArrays.Case() with { Name = "large", NeededBytes = 1L << 60 };
        var absent = NeighborCases.Of("absent", new LastHours(CohortSource.PhysioNet2012), new ArraySize(300, 50), Metric.L2, 2);
        var results = SmallComparison.Run([large, absent, SmallArrays.Case()], []);
        Assert.Equal(["large", "absent", "tiny"], results.Select(result => result.Name));
        if (OperatingSystem.IsLinux())
            Assert.EndsWith(" GB are needed", results[0].Skipped, StringComparison.Ordinal);
        Assert.Equal("PhysioNet 2012 is absent; name its folder with --physionet2012", results[1].Skipped);
        Assert.Null(results[2].Skipped);
    }

    [Fact]
    public void Run_WorkThatCannotBeDone_IsStoppedByItsReasonAndMeetsNothing()
    {
        var result = SmallComparison.Run(Case(new FakeWork((_, _) => throw new ArgumentException("the class is empty."))));
        Assert.Equal("the class is empty.", result.Skipped);
        Assert.Equal(new BarOutcome("<= 1 s", Verdict.Missed, "the class is empty."), Assert.Single(result.Bars));
    }

    [Fact]
    public void Run_WorkThatTakesTooLong_IsStopped()
    {
        var work = new FakeWork((context, isSmall) =>
        {
            if (!isSmall)
                context.Cancellation.WaitHandle.WaitOne();
            context.Cancellation.ThrowIfCancellationRequested();
        });
        var result = Assert.Single(SmallComparison.Run([Case(work)], [], timeoutSeconds: 1));
        Assert.Equal(("not done in 1 s", Verdict.Missed), (result.Skipped, Assert.Single(result.Bars).Verdict));
    }

    [Fact]
    public void Run_OneWayAndAnother_AreBothTimed()
    {
        var result = SmallComparison.Run(Case(new FakeWork((_, _) => { })));
        Assert.Equal((3, 1), (result.Engine!.Repetitions.Count + result.Rivals.Count, Assert.Single(result.Engine.Repetitions[0].Select(_ => 1))));
        Assert.Equal(("another way", ContenderStatus.Measured), (result.Rivals[0].Name, result.Rivals[0].Status));
    }

    [Fact]
    public void Run_RivalThatReadsFiles_FindsTheArraysAndItsArguments()
    {
        var reader = new FakeRival("reader", task =>
        {
            var queries = NpyFile.Read<float>(Path.Combine(task.Folder, "queries.npy"));
            Assert.Equal((50, 3), (queries.RowCount, queries.ColumnCount));
            Assert.Equal(["search", "l2", "2"], task.Arguments);
            return new Contender("reader", ContenderStatus.Failed, "on purpose");
        });
        Assert.Equal("on purpose", SmallComparison.Run(SmallArrays.Case("reader"), reader).Rivals[0].Reason);
    }

    [Fact]
    public void Run_CancelledByTheRivalsEnd_ReportsNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var killed = new FakeRival("killed", _ =>
        {
            cancellation.Cancel();
            return new Contender("killed", ContenderStatus.Failed, "killed by signal 2");
        });
        Assert.Throws<OperationCanceledException>(() => SmallComparison.Run([SmallArrays.Case("killed")], [killed], cancellation: cancellation.Token));
    }

    private static ComparisonCase Case(PreparedWork work) => new("fake", "work", "rows", new ArraySize(1), (_, _) => work) { Bars = [Bar.WithinSeconds(1)] };

    private sealed class FakeWork(Action<WorkContext, bool> run, bool isSmall = false) : PreparedWork
    {
        public override long RowCount => 1;

        public override int FeatureCount => 1;

        public override IReadOnlyList<(string Name, Action<WorkContext> Run)> OtherWays => [("another way", _ => { })];

        public override PreparedWork MakeSmall(WorkContext context) => new FakeWork(run, isSmall: true);

        public override void Run(WorkContext context, PhaseClock clock) => run(context, isSmall);

        public override IEnumerable<CheckResult> Check(WorkContext context) => [];
    }
}
