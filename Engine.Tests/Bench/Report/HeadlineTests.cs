using Bench.Cohorts;
using Bench.Report;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Engine.Metrics;

namespace Engine.Tests.Bench.Report;

public sealed class HeadlineTests
{
    [Fact]
    public void Of_Sample_GivesIntervalsAndTheBestOtherMethod()
    {
        var view = new ReportView(SampleResult.Result);
        var text = string.Join(' ', Headline.Of(view));
        var best = view.Methods.Where(method => method.Method is not (ResamplingMethod.None or ResamplingMethod.DoublePrioritized)).MaxBy(method => method.Tables[CohortSplit.Test]["black"].BalancedAccuracy)!;
        Assert.Contains($"Of the other methods, {view.TitleOf(best)} has the highest balanced accuracy", text, StringComparison.Ordinal);
        Assert.StartsWith("Black: ", text, StringComparison.Ordinal);
        var recall = view.IntervalOf(view.Methods.Single(method => method.Method == ResamplingMethod.DoublePrioritized), "black", ScoreMetric.RecallC1)!.Value;
        Assert.Contains($"finds {recall.Estimate:0.00} [{recall.Lower:0.00}, {recall.Upper:0.00}] of its C1 rows", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(.01, .2, ": more, by +0.10 [+0.01, +0.20]")]
    [InlineData(-.2, -.01, ": less, by +0.10 [-0.20, -0.01]")]
    [InlineData(-.01, .2, "; the difference of +0.10 [-0.01, +0.20] may be chance")]
    public void Of_Difference_SaysNoMoreThanItsIntervalAllows(double lower, double upper, string verdict)
    {
        var table = BootstrapTable.Summarize(2, .95, static _ => .1, (replicate, _) => replicate == 0 ? lower - (.0256410256 * (upper - lower)) : upper + (.0256410256 * (upper - lower)));
        var result = SampleResult.Result with
        {
            Methods = [.. SampleResult.Result.Methods.Select(method => method with { Differences = [new SubgroupIntervals("black", table)] })],
        };
        Assert.Contains(verdict, string.Join(' ', Headline.Of(new ReportView(result))), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NothingPredicted_SaysUndefined()
    {
        var result = SampleResult.With(new MainJobOptions { Methods = [ResamplingMethod.None, ResamplingMethod.DoublePrioritized], Units = [1, 2], Group = "black", Threshold = .9999f });
        var text = string.Join(' ', Headline.Of(new ReportView(result)));
        Assert.Contains("Its precision of C1 is undefined (nothing is predicted C1), no resampling undefined (nothing is predicted C1).", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GroupWithoutPositives_ClaimsNothing()
    {
        var result = SampleResult.WithoutTestPositives("black");
        Assert.Equal("Without rows of both classes nothing can be said of how well it is served.", Headline.Of(new ReportView(result))[^1]);
    }
}
