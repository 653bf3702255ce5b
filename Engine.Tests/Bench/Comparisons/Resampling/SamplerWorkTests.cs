using Bench.Comparisons.Cases;
using Bench.Comparisons.Resampling;
using Engine.Data;
using Engine.Resampling;

namespace Engine.Tests.Bench.Comparisons.Resampling;

public sealed class SamplerWorkTests
{
    public static TheoryData<string> Methods => [.. SamplerMethods.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Run_AnyMethod_IsRightAndTimed(string name)
    {
        var method = SamplerMethods.All.Single(known => known.Name == name);
        var result = SmallComparison.Run(SmallRows.Case(method));
        Assert.Null(result.Skipped);
        Assert.Null(result.FirstDifference);
        Assert.Equal(method.Checks.Count, result.Checks.Count);
        Assert.Equal((2_000, 100, 6, 2), (result.RowCount, result.Facts[SamplerWork.MinorityRows], result.FeatureCount, result.Engine!.Repetitions.Count));
        Assert.True(result.Facts[SamplerWork.ResampledRows] > 0);
        Assert.All(result.Engine.Repetitions, phases => Assert.Equal(result.Facts[SamplerWork.MadeRows] > 0, phases[1] > 0));
        Assert.Equal(
            result.Facts[SamplerWork.MadeRows] > 0 ? [result.Facts[SamplerWork.MadeRows] * 6 * 12 / result.Engine.Median![1]] : Array.Empty<double>(),
            result.Rates.Select(rate => rate.Rate));
    }

    [Fact]
    public void Run_RivalThatAgrees_IsTimedAndJudged()
    {
        var rival = FakeRival.Answers(SamplerCases.ImbalancedLearn, 1_000, task => new NearMiss()
            .Plan(NpyFile.ReadSamples(Path.Combine(task.Folder, "samples.npy")), Labels.From(NpyFile.Read<byte>(Path.Combine(task.Folder, "labels.npy")).Values))
            .KeptRows!.Value.ToArray());
        var result = SmallComparison.Run(BesideRival(), rival);
        Assert.Equal(1_000 / result.Engine!.Seconds, result.RatioOf(Assert.Single(result.Rivals)));
        Assert.Equal(Verdict.Met, Assert.Single(result.Bars).Verdict);
    }

    [Fact]
    public void Run_RivalThatDisagrees_MakesTheTimeWorthNothing()
    {
        var result = SmallComparison.Run(BesideRival(), FakeRival.Answers(SamplerCases.ImbalancedLearn, 1_000, _ => new long[] { 0, 1 }));
        Assert.Null(result.RatioOf(result.Rivals[0]));
        Assert.StartsWith("kept rows beside imbalanced-learn's: row ", result.FirstDifference, StringComparison.Ordinal);
        Assert.Equal(new BarOutcome(">= 5x imbalanced-learn", Verdict.Missed, "the result is wrong"), Assert.Single(result.Bars));
    }

    private static ComparisonCase BesideRival() => SmallRows.Case(SamplerMethods.NearMiss1) with
    {
        Rivals = [SamplerCases.ImbalancedLearn],
        Bars = [Bar.TimesAsFast(5, [SamplerCases.ImbalancedLearn])],
    };
}
