using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Bench.Kernels.Scaling;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Kernels.Scaling;

public sealed class ScaleRunTests
{
    private static readonly ScaleSizes s_sizes = ScaleSizes.Quick(threads: 1) with { MostRepetitions = 2 };

    [Fact]
    public void Run_RightWork_IsMeasuredAtEverySize()
    {
        var curve = Assert.Single(Run(Work(wrong: null), TimeSpan.FromMinutes(10)));
        Assert.Null(curve.Ended);
        Assert.Equal(s_sizes.Values[ScaleAxis.Rows], curve.Points.Select(static point => (int)point.Size));
        Assert.All(curve.Points, static point => Assert.True(point.Seconds > 0 && point.Repetitions == 2 && point.Rows == point.Size));
    }

    [Fact]
    public void Run_WrongResult_IsNotTimed()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Run(Work("row 3 is not a row"), TimeSpan.FromMinutes(10)));
        Assert.Contains("some work: the sum: row 3 is not a row", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoTime_MeasuresTheSmallestAndSaysWhyNoOther()
    {
        var curve = Assert.Single(Run(Work(wrong: null), TimeSpan.FromTicks(1)));
        Assert.Single(curve.Points);
        Assert.Contains("would take about", curve.Ended, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MoreMemoryThanFree_SaysSo()
    {
        Skip.When(ProcessMemory.Available() is null, "the system does not tell its free memory.");
        var curve = Assert.Single(Run(Work(wrong: null) with { NeededBytes = static size => size.Rows > 2_000 ? 1e15 : 0 }, TimeSpan.FromMinutes(10)));
        Assert.Single(curve.Points);
        Assert.Contains("would need 1000000.0 GB", curve.Ended, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => new ScaleRun(s_sizes, TimeSpan.FromMinutes(10), null, new CancellationToken(canceled: true)).Run([Work(wrong: null)]));

    [Fact]
    public void All_EveryWork_SaysHowItGrowsAlongEveryAxisOnce()
    {
        Assert.All(ScaleWorks.All, static work => Assert.Equal(work.Growth.Count, work.Growth.DistinctBy(static growth => growth.Axis).Count()));
        Assert.Equal(Enum.GetValues<ScaleAxis>(), ScaleWorks.All.SelectMany(static work => work.Growth).Select(static growth => growth.Axis).Distinct().Order());
    }

    private static IReadOnlyList<ScaleCurve> Run(ScaleWork work, TimeSpan budget) => new ScaleRun(s_sizes, budget, null, TestContext.Current.CancellationToken).Run([work]);

    private static ScaleWork Work(string? wrong) => new("some work", "numbers", 1_000, (size, _, _) => new Sum(size.Rows, wrong))
    {
        Growth = [new ExpectedGrowth(ScaleAxis.Rows, 1, 1, "a walk")],
        NeededBytes = static _ => 0,
    };

    private sealed class Sum(int rows, string? wrong) : PreparedWork
    {
        private double _sum;

        public override long RowCount => rows;

        public override int FeatureCount => 1;

        public override PreparedWork MakeSmall(WorkContext context) => this;

        public override void Run(WorkContext context, PhaseClock clock) => _sum = Enumerable.Range(0, rows).Sum(static row => Math.Sqrt(row));

        public override IEnumerable<CheckResult> Check(WorkContext context) => [CheckResult.Of("the sum", rows, _sum > 0 ? wrong : "it did not run")];
    }
}
