using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Resampling;
using Bench.Comparisons.Resampling.Cases;
using Bench.Comparisons.Resampling.Methods;
using Bench.Comparisons.Resampling.Rivals;
using Bench.Comparisons.Rivals;
using Engine.Compute;
using Engine.Data;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Resampling;

public sealed class SamplerComparisonTests : IDisposable
{
    private static readonly FakeSamplerRival s_unasked = new(_ => throw new InvalidOperationException("it was not asked for"));

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Methods => [.. SamplerMethods.All.Select(method => method.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public void Run_AnyMethod_IsRightAndTimed(string name)
    {
        var method = SamplerMethods.All.Single(known => known.Name == name);
        var result = Run(SmallRows.Case(method), s_unasked);
        Assert.Null(result.Skipped);
        Assert.Null(result.FirstDifference);
        Assert.Equal(method.Checks.Count, result.Checks.Count);
        Assert.Equal((2_000, 100, 6, 2), (result.RowCount, result.MinorityCount, result.FeatureCount, result.Engine!.Repetitions.Count));
        Assert.True(result.ResampledCount > 0);
        Assert.Equal(result.MadeCount > 0, result.Engine.MakingRate is not null);
        Assert.Equal(result.MadeCount * 6 * 12, result.Engine.MadeBytes);
    }

    [Fact]
    public void Run_RivalThatAgrees_IsTimedAndJudged()
    {
        var rival = new FakeSamplerRival(rows => Took(1_000, new NearMiss().Plan(rows.Rows, rows.Labels).KeptRows!.Value.ToArray()));
        var result = Run(BesideRival(SamplerMethods.NearMiss1), rival);
        Assert.Equal(1_000 / result.Engine!.Median.Total, result.TimesTheEngine);
        Assert.Equal(Verdict.Met, Assert.Single(result.Bars).Verdict);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Run_RivalThatDisagrees_MakesTheTimeWorthNothing()
    {
        var result = Run(BesideRival(SamplerMethods.NearMiss1), new FakeSamplerRival(_ => Took(1_000, [0, 1])));
        Assert.Null(result.TimesTheEngine);
        Assert.StartsWith("kept rows beside imbalanced-learn's: row ", result.FirstDifference, StringComparison.Ordinal);
        Assert.Equal(new BarOutcome(">= 5x imbalanced-learn", Verdict.Missed, "the result is wrong"), Assert.Single(result.Bars));
    }

    [Fact]
    public void Run_RivalThatIsAbsent_IsNotBeaten()
    {
        var absent = new FakeSamplerRival(_ => new RivalMeasurement(ImbalancedLearn.Name, RivalStatus.Absent, "No module named 'imblearn'"));
        var result = Run(BesideRival(SamplerMethods.Adasyn), absent);
        Assert.Equal((Verdict.Unknown, "imbalanced-learn: No module named 'imblearn'"), (result.Bars[0].Verdict, result.Bars[0].Measured));
        Assert.Null(result.TimesTheEngine);
    }

    [Fact]
    public void Run_MethodThatCannotBeUsed_IsSkippedByItsReasonAndMeetsNothing()
    {
        var method = new SamplerMethod("no", _ => throw new ArgumentException("the class is empty."));
        var result = Run(SmallRows.Case(method) with { Bars = [new WithinSeconds(1)] }, s_unasked);
        Assert.Equal("the class is empty.", result.Skipped);
        Assert.Equal(new BarOutcome("<= 1 s", Verdict.Missed, "the class is empty."), Assert.Single(result.Bars));
    }

    [Fact]
    public void Run_MethodThatTakesTooLong_IsStopped()
    {
        // Only the case itself has all rows; the first small run ends.
        var method = new SamplerMethod("slow", _ => new Slow());
        var result = Run(SmallRows.Case(method) with { Bars = [new WithinSeconds(1)] }, s_unasked, timeoutSeconds: 1);
        Assert.Equal(("not done in 1 s", Verdict.Missed), (result.Skipped, Assert.Single(result.Bars).Verdict));
    }

    [Fact]
    public void Run_LittleMemory_SkipsTheCase()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "other systems do not tell");
        Assert.EndsWith(" GB are needed", Run(SmallRows.Case(SamplerMethods.Smote) with { NeededBytes = 1L << 60 }, s_unasked).Skipped, StringComparison.Ordinal);
    }

    private static SamplerCase BesideRival(SamplerMethod method) =>
        SmallRows.Case(method) with { HasRival = true, Bars = [new TimesAsFast(5, [ImbalancedLearn.Name])] };

    private static RivalMeasurement Took(double seconds, long[] found) =>
        new(ImbalancedLearn.Name, RivalStatus.Measured, null) { Repetitions = [seconds], Found = found };

    private SamplerResult Run(SamplerCase planned, ISamplerRival rival, double timeoutSeconds = 120)
    {
        var results = new List<SamplerResult>();
        var options = new MeasureOptions { Repeats = 2, WarmUpSeconds = 0, TimeoutSeconds = timeoutSeconds };
        new SamplerComparison(SmallRows.Shelf(), rival, options, _folder.Path).Run([planned], null, results.Add, TestContext.Current.CancellationToken);
        return Assert.Single(results);
    }

    private sealed class Slow : ISampler
    {
        public ResamplingPlan Plan(LabeledSamples training, ComputeOptions? compute = null)
        {
            if (training.Count == 2_000)
                compute!.CancellationToken.WaitHandle.WaitOne();
            compute!.CancellationToken.ThrowIfCancellationRequested();
            return ResamplingPlan.KeepAll(training.Count);
        }
    }
}
