using Bench.Comparisons;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Rivals;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons;

public sealed class NeighborComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_TinyCase_MeasuresEngineAndRivals()
    {
        var result = Assert.Single(Run([SmallArrays.Case("slow", "wrong")], FakeRival.Right("slow", 1_000), FakeRival.Wrong("wrong")));
        Assert.Null(result.Skipped);
        Assert.Equal((300, 50, 3), (result.RowCount, result.QueryCount, result.FeatureCount));
        Assert.True(result.Equality is { Holds: true, CheckedQueries: 50 });
        Assert.Equal(1, result.Rivals[0].Recall);
        Assert.InRange(result.Rivals[1].Recall!.Value, 0, 0.1);
        Assert.Equal(1_000 / result.Engine!.Median.Total, result.RatioOf(result.Rivals[0]));
        Assert.Equal(Verdict.Met, result.Bars[0].Verdict);
    }

    [Fact]
    public void Run_RivalsThatAreNotThereOrFail_KeepTheirReasonsAndAreNotBeaten()
    {
        var result = Assert.Single(Run(
            [SmallArrays.Case("absent", "unknown", "short")],
            new FakeRival("absent", _ => RivalResult.Without("absent", RivalStatus.Absent, "No module named 'absent'")),
            new FakeRival("short", _ => new RivalResult("short", RivalStatus.Measured, null) { Repetitions = [new Timing(0, 9)], Indices = [1] })));
        Assert.Equal(
            [
                ("absent", RivalStatus.Absent, "No module named 'absent'"),
                ("unknown", RivalStatus.Absent, "this build does not run it"),
                ("short", RivalStatus.Failed, "it found 1 rows where 100 were asked for"),
            ],
            result.Rivals.Select(rival => (rival.Name, rival.Status, rival.Reason)));
        Assert.All(result.Bars, bar => Assert.Equal(Verdict.Unknown, bar.Verdict));
        Assert.All(result.Rivals, rival => Assert.Null(result.RatioOf(rival)));
    }

    [Fact]
    public void Run_CasesThatCannotRun_AreSkippedByReasonAndTheNextIsRun()
    {
        var large = SmallArrays.Case() with { Name = "large", NeededBytes = 1L << 60 };
        var absent = SmallArrays.Case() with { Name = "absent", Data = new LastHours(CohortSource.PhysioNet2012) };
        var results = Run([large, absent, SmallArrays.Case()]);
        Assert.Equal(["large", "absent", "tiny"], results.Select(result => result.Name));
        if (OperatingSystem.IsLinux())
            Assert.EndsWith(" GB are needed", results[0].Skipped, StringComparison.Ordinal);
        Assert.Equal("PhysioNet 2012 is absent; name its folder with --physionet2012", results[1].Skipped);
        Assert.Null(results[2].Skipped);
    }

    [Fact]
    public void Run_RivalThatReadsFiles_FindsTheArraysAndLeavesNothing()
    {
        var reader = new FakeRival("reader", task =>
        {
            var (npy, raw) = (task.Files.Npy, task.Files.Raw);
            var queries = NpyFile.Read<float>(npy.Queries);
            Assert.Equal((50, 3), (queries.RowCount, queries.ColumnCount));
            Assert.Equal(300 * 3 * sizeof(float), new FileInfo(raw.Reference).Length);
            Assert.Equal(queries.Values[..3], TrueRow(task.Files.Arrays.Queries));
            return RivalResult.Without("reader", RivalStatus.Failed, "on purpose");
        });
        Run([SmallArrays.Case("reader")], reader);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Run_CancelledByTheRivalsEnd_ReportsNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var killed = new FakeRival("killed", _ =>
        {
            cancellation.Cancel();
            return RivalResult.Without("killed", RivalStatus.Failed, "killed by signal 2");
        });
        var results = new List<CaseResult>();
        Assert.Throws<OperationCanceledException>(() => Comparison(killed).Run([SmallArrays.Case("killed")], null, results.Add, cancellation.Token));
        Assert.Empty(results);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private List<CaseResult> Run(NeighborCase[] cases, params IRival[] rivals)
    {
        var results = new List<CaseResult>();
        Comparison(rivals).Run(cases, null, results.Add, TestContext.Current.CancellationToken);
        return results;
    }

    private NeighborComparison Comparison(params IRival[] rivals) =>
        new(new CohortShelf("absent"), rivals, new MeasureOptions { Repeats = 2, WarmUpSeconds = 0 }, _folder.Path);

    private static float[] TrueRow(SampleMatrix samples)
    {
        var row = new float[samples.FeatureCount];
        samples.CopyRow(0, row);
        return row;
    }
}
