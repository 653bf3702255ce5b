using Bench.Comparisons.Neighbors;
namespace Engine.Tests.Bench.Comparisons.Neighbors;

public sealed class FoundNeighborsTests
{
    [Fact]
    public void Without_OwnRows_LeavesTheOthersInOrder()
    {
        // First, in the middle, and kept out by rows equally far.
        var found = new FoundNeighbors(3, [7, 1, 2, 3, 8, 4, 5, 6, 0], [0, 1, 2, 0, 0, 4, 0, 0, 0]);
        var rest = found.Without([7, 8, 9]);
        Assert.Equal(2, rest.NeighborCount);
        Assert.Equal([1, 2, 3, 4, 5, 6], rest.Indices);
        Assert.Equal([1, 2, 0, 4, 0, 0], rest.Distances);
    }
}
