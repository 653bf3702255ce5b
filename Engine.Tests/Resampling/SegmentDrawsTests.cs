using Engine.Compute;
using Engine.Resampling;

namespace Engine.Tests.Resampling;

public sealed class SegmentDrawsTests
{
    private const int Count = 50_000;
    private const int Parts = 8;

    [Fact]
    public void Streams_SameIndex_AreIndependent()
    {
        var draws = new SegmentDraws(3, 40);
        var (bases, neighbors, factors) = (draws.Bases, draws.Neighbors, draws.Factors);
        AssertIndependent(i => bases.Below(i, Parts), i => neighbors.Below(i, Parts));
        AssertIndependent(i => bases.Below(i, Parts), i => factors.Below(i, Parts));
        AssertIndependent(i => neighbors.Below(i, Parts), i => factors.Below(i, Parts));
    }

    [Fact]
    public void Draw_ManyRows_NeighborSaysNothingOfTheFactor()
    {
        long[] neighbors = [.. Enumerable.Range(1, Parts)];
        var made = new SegmentDraws(4, 40).Draw(new int[Count], [0], neighbors, ComputeOptions.Default);
        AssertIndependent(i => (ulong)made[i].Neighbor - 1, i => (ulong)(made[i].Factor * Parts));
    }

    /// <summary>Asserts that all pairs of parts are about as frequent, by chi-square.</summary>
    private static void AssertIndependent(Func<ulong, ulong> first, Func<ulong, ulong> second)
    {
        var counts = new int[Parts * Parts];
        for (ulong i = 0; i < Count; i++)
            counts[(first(i) * Parts) + second(i)]++;
        const double Expected = (double)Count / (Parts * Parts);
        // 63 degrees of freedom: 63 on average, with a deviation of 11. Six of them; one stream for both comes to 350,000.
        Assert.InRange(counts.Sum(count => (count - Expected) * (count - Expected) / Expected), 0, 63 + (6 * 11.3));
    }
}
