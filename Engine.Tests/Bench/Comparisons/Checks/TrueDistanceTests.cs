using Bench.Comparisons.Checks;
using Engine.Numerics.Distances;

namespace Engine.Tests.Bench.Comparisons.Checks;

public sealed class TrueDistanceTests
{
    [Fact]
    public void NearestAndFarthest_RowsOnALine_AreOrderedAndLeaveTheRowItselfOut()
    {
        var arrays = SmallArrays.OnALine([0, 1, 3, 7], [1], [1]);
        Assert.Equal([1.0, 2.0], new TrueDistance(Metric.L2).NearestTo(arrays, 0, 2));
        Assert.Equal([6.0, 2.0], new TrueDistance(Metric.L1).FarthestFrom(arrays, 0, 2));
    }
}
