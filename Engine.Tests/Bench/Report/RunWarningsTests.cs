using Bench.Report;
using Bench.Studies.Arms;
using Bench.Studies.MainJob;
using Bench.Studies.Samples;
using Engine.Logistic;
using Engine.Prognosis;

namespace Engine.Tests.Bench.Report;

public sealed class RunWarningsTests
{
    [Fact]
    public void Of_SmallGroupNamed_SaysWhatTheAutomaticChoiceAsksFor()
    {
        var warning = Assert.Single(RunWarnings.Of(SampleResult.Result), warning => warning.StartsWith("Black has only", StringComparison.Ordinal));
        Assert.Contains("patients of C1 to be judged on; a group is taken without being named from 20 of each on", warning, StringComparison.Ordinal);
        var enough = SampleResult.Result with { Support = new GroupSupport("black", 20, 20, 20, 20) };
        Assert.DoesNotContain(RunWarnings.Of(enough), warning => warning.StartsWith("Black has only", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(18, true)]
    [InlineData(16, false)]
    public void Of_ChoiceAtTheEndOfTheGrid_SaysSo(int chosen, bool isEnd)
    {
        UnitScore[] scores = [new(1, .5, .5), new(16, .5, .5), new(18, .5, .5), new(20, .5, .5)];
        var warnings = RunWarnings.Of(SampleResult.Result with { UnitSearch = new UnitSearch(scores, chosen, SampleResult.Result.UnitSearch!.Chosen) });
        Assert.Equal(isEnd, warnings.Any(warning => warning.StartsWith($"DP chose {chosen} of at most 20 units", StringComparison.Ordinal)));
    }

    [Fact]
    public void IsEndOfGrid_FewNumbers_OnlyTheLargest()
    {
        UnitScore[] scores = [new(1, .5, .5), new(2, .5, .5), new(3, .5, .5)];
        var chosen = SampleResult.Result.UnitSearch!.Chosen;
        Assert.Equal((false, true, false), (new UnitSearch(scores, 2, chosen).IsEndOfGrid, new UnitSearch(scores, 3, chosen).IsEndOfGrid, new UnitSearch(scores[..1], 1, chosen).IsEndOfGrid));
    }

    [Fact]
    public void Of_SearchOverSeparatedFits_SaysSo()
    {
        UnitScore[] scores = [new(1, .5, .5, FitStatus.Converged), new(2, .5, .5, FitStatus.Separated), new(3, .5, .5, FitStatus.Separated)];
        var warnings = RunWarnings.Of(SampleResult.Result with { UnitSearch = new UnitSearch(scores, 1, SampleResult.Result.UnitSearch!.Chosen) });
        Assert.Contains(warnings, warning => warning.StartsWith("2 of 3 DP fits ended as Separated", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_SkippedDoublePrioritized_GivesTheReasonFirst()
    {
        var skipped = SampleResult.Result with { UnitSearch = null, Skipped = [new SkippedMethod(ResamplingMethod.DoublePrioritized, "no group has enough.")] };
        Assert.Equal("DP did not run: no group has enough.", RunWarnings.Of(skipped)[0]);
    }
}
