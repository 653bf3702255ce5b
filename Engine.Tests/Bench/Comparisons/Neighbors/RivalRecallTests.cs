using Bench.Comparisons.Neighbors;
using Engine.Numerics.Distances;

namespace Engine.Tests.Bench.Comparisons.Neighbors;

public sealed class RivalRecallTests
{
    [Theory]
    [InlineData(new long[] { 1, 4 }, 1)]
    [InlineData(new long[] { 5, 1 }, 1)]
    [InlineData(new long[] { 1, 2 }, 0.5)]
    [InlineData(new long[] { 1, 1 }, 0.5)]
    [InlineData(new long[] { -1, 6 }, 0)]
    public void Of_NeighborsOfARival_CountsThoseNoFartherThanTheLast(long[] indices, double recall)
    {
        // Rows 1, 4 and 5 are equally far.
        var arrays = SmallArrays.OnALine([0, 3, 10, 20, 7, 3], [5]);
        var engine = new FoundNeighbors(2, [1, 4], [2, 2]);
        Assert.Equal(recall, RivalRecall.Of(arrays, Metric.L2, engine, indices, TestContext.Current.CancellationToken));
    }
}
