using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Rivals;
using Engine.Data;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Prognosis;

public sealed class PrognosisWorkTests
{
    [Theory]
    [InlineData("irls-15-2.4m", 5_000)]
    [InlineData("irls-76-2.4m", 5_000)]
    [InlineData("irls-714-2.4m", 22_000)]
    [InlineData("irls-76-paths", 5_000)]
    [InlineData("dp-2.4m", 60_000)]
    [InlineData("features-200h", 196)]
    [InlineData("features-2.4m", 2_000)]
    public void Run_FewRows_IsRightAndTimed(string name, int rowCount)
    {
        if (name is "dp-2.4m" or "irls-714-2.4m")
            Skip.WhereSumsAreSlow();
        var result = Run(name, rowCount);
        Assert.Null(result.Skipped);
        Assert.Null(result.FirstDifference);
        Assert.NotEmpty(result.Checks);
        Assert.Equal(rowCount, result.RowCount);
        Assert.All(result.Rates, rate => Assert.True(rate.Rate > 0 && rate.Limit > 0));
        Assert.All(result.Rivals, other => Assert.NotNull(other.Median));
    }

    [Fact]
    public void Run_RivalThatAgrees_IsTimedAndJudged()
    {
        var result = Run("metrics-2.4m", 20_000, FakeRival.Answers(PrognosisCases.ScikitLearn, 1_000, Expected));
        Assert.Null(result.FirstDifference);
        Assert.Equal(1_000 / result.Engine!.Seconds, result.RatioOf(Assert.Single(result.Rivals)));
        Assert.Equal(Verdict.Met, result.Bars[1].Verdict);
    }

    [Fact]
    public void Run_RivalThatDisagrees_MakesTheTimeWorthNothing()
    {
        var result = Run(
            "irls-15",
            5_000,
            FakeRival.Answers<double>(PrognosisCases.StatsModels, 1_000, task => [.. Expected(task).Select(value => value * 1.001)]),
            FakeRival.Absent(PrognosisCases.ScikitLearn));
        Assert.StartsWith("numbers beside statsmodels's: number ", result.FirstDifference, StringComparison.Ordinal);
        Assert.Null(result.RatioOf(result.Rivals[0]));
        Assert.All(result.Bars, bar => Assert.Equal((Verdict.Missed, "the result is wrong"), (bar.Verdict, bar.Measured)));
    }

    [Fact]
    public void Run_RivalWithOtherNumbers_IsWrong() => Assert.EndsWith(
        "it has 1 where there are 9",
        Run("metrics-2.4m", 20_000, FakeRival.Answers(PrognosisCases.ScikitLearn, 1, task => Expected(task)[..1])).FirstDifference,
        StringComparison.Ordinal);

    private static double[] Expected(RivalTask task) => NpyFile.Read<double>(Path.Combine(task.Folder, "expected.npy")).Values;

    private static CaseResult Run(string name, int rowCount, params IRival[] rivals) => SmallComparison.Run(
        PrognosisCases.Family.Cases.Single(planned => planned.Name == name) with { Size = new ArraySize(rowCount), NeededBytes = 0 }, rivals);
}
