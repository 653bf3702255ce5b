using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis;
using Bench.Comparisons.Prognosis.Cases;
using Bench.Comparisons.Prognosis.Rivals;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Prognosis;

public sealed class PrognosisComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("irls-15-2.4m", 5_000)]
    [InlineData("irls-76-2.4m", 5_000)]
    [InlineData("irls-714-2.4m", 22_000)]
    [InlineData("dp-2.4m", 60_000)]
    [InlineData("features-200h", 196)]
    [InlineData("features-2.4m", 2_000)]
    public void Run_FewRows_IsRightAndTimed(string name, int rowCount)
    {
        if (name is "dp-2.4m" or "irls-714-2.4m")
            Skip.WhereSumsAreSlow();
        var result = Run(name, rowCount, new AbsentRivals());
        Assert.Null(result.Skipped);
        Assert.Null(result.FirstDifference);
        Assert.NotEmpty(result.Checks);
        Assert.Equal((rowCount, 1), (result.RowCount, result.Engine!.Repetitions.Count));
        Assert.All(result.Engine.Rates, rate => Assert.True(rate.Rate > 0 && rate.Limit > 0));
        Assert.All(result.Rivals, other => Assert.NotNull(other.Median));
    }

    [Fact]
    public void Run_RivalThatAgrees_IsTimedAndJudged()
    {
        var result = Run("metrics-2.4m", 20_000, new FakePrognosisRivals(1_000, found => found));
        Assert.Null(result.FirstDifference);
        Assert.Equal(1_000 / result.Engine!.Median, result.RatioOf(Assert.Single(result.Rivals)));
        Assert.Equal(Verdict.Met, result.Bars[1].Verdict);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Run_RivalThatDisagrees_MakesTheTimeWorthNothing()
    {
        var result = Run("irls-15", 5_000, new FakePrognosisRivals(1_000, found => [.. found.Select(value => value * 1.001)]));
        Assert.StartsWith("numbers beside statsmodels's: number ", result.FirstDifference, StringComparison.Ordinal);
        Assert.Null(result.RatioOf(result.Rivals[0]));
        Assert.All(result.Bars, bar => Assert.Equal((Verdict.Missed, "the result is wrong"), (bar.Verdict, bar.Measured)));
    }

    [Fact]
    public void Run_RivalWithOtherNumbers_IsWrong() =>
        Assert.EndsWith("it has 1 where there are 9", Run("metrics-2.4m", 20_000, new FakePrognosisRivals(1, _ => [0.5])).FirstDifference, StringComparison.Ordinal);

    [Fact]
    public void Run_RivalsThatAreAbsent_AreNotBeaten()
    {
        var result = Run("irls-15", 5_000, new AbsentRivals());
        Assert.All(result.Bars, bar => Assert.Equal(Verdict.Unknown, bar.Verdict));
        Assert.Equal(["statsmodels: No module named 'statsmodels'", "scikit-learn: No module named 'scikit-learn'"], result.Bars.Select(bar => bar.Measured));
    }

    [Fact]
    public void Run_LittleMemory_SkipsTheCase()
    {
        Skip.Unless(OperatingSystem.IsLinux(), "other systems do not tell");
        var planned = PrognosisCases.All[0] with { NeededBytes = 1L << 60 };
        Assert.EndsWith(" GB are needed", Run(planned, new AbsentRivals()).Skipped, StringComparison.Ordinal);
    }

    private PrognosisResult Run(string name, int rowCount, IPrognosisRivals rivals) =>
        Run(PrognosisCases.All.Single(planned => planned.Name == name) with { RowCount = rowCount, NeededBytes = 0 }, rivals);

    private PrognosisResult Run(PrognosisCase planned, IPrognosisRivals rivals)
    {
        var results = new List<PrognosisResult>();
        new PrognosisComparison(new CohortShelf("absent"), rivals, new MeasureOptions { Repeats = 1, WarmUpSeconds = 0 }, _folder.Path)
            .Run([planned], null, results.Add, TestContext.Current.CancellationToken);
        return Assert.Single(results);
    }
}
