using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Neighbors;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Comparisons.Neighbors;

public sealed class NeighborWorkTests
{
    [Fact]
    public void Run_SmallArrays_FindsNeighborsInTwoPhases()
    {
        var arrays = new UniformRows(5).Make(new ArraySize(300, 40), SmallComparison.Shelf(), TestContext.Current.CancellationToken);
        var (work, clock) = (new NeighborWork(arrays, Metric.L1, 3), new PhaseClock());
        work.Run(SmallComparison.Context(), clock);
        Assert.Equal(SmallArrays.Find(arrays, Metric.L1, 3).Indices, work.Found.Indices);
        Assert.All(clock.Seconds, seconds => Assert.True(seconds > 0));
        Assert.Equal((2, 300 * 40), (clock.Seconds.Length, work.Facts[NeighborWork.Pairs]));
        Assert.All(work.RatesAt(clock.Seconds, SmallComparison.Context()), rate => Assert.True(rate.Rate > 0 && rate.Limit > 0 && double.IsFinite(rate.Limit)));
    }

    [Theory]
    [InlineData("l2-paths-48k", 900, 900)]
    [InlineData("l1-paths-2.4m", 5_000, 30)]
    public void Run_RowsOnEveryPath_HaveTheSameNeighbors(string name, int rowCount, int queryCount)
    {
        var result = SmallComparison.Run(NeighborCases.Family.Cases.Single(planned => planned.Name == name) with { Size = new ArraySize(rowCount, queryCount), NeededBytes = 0 });
        Assert.Null(result.Skipped);
        Assert.Null(result.FirstDifference);
        Assert.Equal(5, result.Checks.Count);
        Assert.Equal(["wrapped", "selected", "scaled", "wrapped, scaled, selected", "mapped"], result.Rivals.Select(path => path.Name));
        Assert.All(result.Bars, bar => Assert.NotEqual(Verdict.Unknown, bar.Verdict));
    }

    [Fact]
    public void AlsoOnPlainArrays_OtherWay_FindsTheSame()
    {
        var arrays = new UniformRows(5).Make(new ArraySize(300, 40), SmallComparison.Shelf(), TestContext.Current.CancellationToken);
        var (work, expected) = (new NeighborWork(arrays, Metric.L2, 3).AlsoOnPlainArrays(), new NeighborWork(arrays, Metric.L2, 3));
        expected.Run(SmallComparison.Context(), new PhaseClock());
        Assert.Single(work.OtherWays).Run(SmallComparison.Context());
        Assert.Equal(expected.Found.Indices, work.Found.Indices);
        Assert.Equal(expected.Found.Distances, work.Found.Distances);
        Assert.Single(work.MakeSmall(SmallComparison.Context()).OtherWays);
    }

    [Fact]
    public void Compare_EngineFromPython_MustFindTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var work = new NeighborWork(SmallArrays.OnALine([0, 3, 10, 20], [1, 12]), Metric.L2, 2);
        work.Run(SmallComparison.Context(), new PhaseClock());
        long Bits(float distance) => BitConverter.SingleToInt32Bits(distance);
        Assert.Null(DifferenceOf(0, 1, Bits(1), Bits(2), 2, 3, Bits(2), Bits(8)));
        Assert.Equal("query 1", DifferenceOf(0, 1, Bits(1), Bits(2), 2, 3, Bits(2), Bits(MathF.BitIncrement(8))));
        Assert.Equal("query 0", DifferenceOf(1, 0, Bits(1), Bits(2), 2, 3, Bits(2), Bits(8)));
        Assert.Throws<InvalidDataException>(() => DifferenceOf(0, 1, 2, 3));

        string? DifferenceOf(params long[] lists)
        {
            var answer = folder.File("found.npy");
            NpyFile.Write<long>(answer, lists);
            return Assert.Single(work.Compare(NeighborCases.EngineFromPython, answer, SmallComparison.Context()).Checks).FirstDifference;
        }
    }

    [Fact]
    public void Run_QueriesAmongTheReference_FindOthers()
    {
        var work = new NeighborWork(SmallArrays.OnALine([0, 0, 0, 0, 5, 6], [0, 6], [3, 5]), Metric.L2, 2);
        work.Run(SmallComparison.Context(), new PhaseClock());
        Assert.Equal([0, 1, 4, 0], work.Found.Indices);
        Assert.Equal([0, 0, 1, 6], work.Found.Distances);
        Assert.All(work.Check(SmallComparison.Context()), check => Assert.True(check.Holds));
    }
}
