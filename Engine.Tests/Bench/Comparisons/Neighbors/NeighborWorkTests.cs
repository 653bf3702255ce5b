using Bench.Comparisons.Arrays;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Neighbors;
using Engine.Numerics.Distances;

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
