using Engine.Numerics.Distances;

namespace Engine.Tests.Numerics;

public sealed class NearestListTests
{
    [Fact]
    public void Offer_EqualDistances_KeepsTheLowerIndices()
    {
        var (indices, distances) = Offered(3, [2, 1, 1, 2, 1, 0, 1]);
        Assert.Equal([5, 1, 2], indices);
        Assert.Equal([0, 1, 1], distances);
    }

    [Fact]
    public void Offer_OnePlace_KeepsTheFirstNearest()
    {
        var (indices, distances) = Offered(1, [3, 2, 5, 2, 1, 1]);
        Assert.Equal([4], indices);
        Assert.Equal([1], distances);
    }

    [Fact]
    public void Offer_InfiniteDistances_FillFreePlacesInOrder()
    {
        var (indices, distances) = Offered(3, [float.PositiveInfinity, float.PositiveInfinity, 7, float.PositiveInfinity]);
        Assert.Equal([2, 0, 1], indices);
        Assert.Equal([7, float.PositiveInfinity, float.PositiveInfinity], distances);
    }

    [Fact]
    public void Offer_EverySequenceOfFiveSmallDistances_EqualsAStableSort()
    {
        for (var code = 0; code < 243; code++)
        {
            float[] offered = [code % 3, code / 3 % 3, code / 9 % 3, code / 27 % 3, code / 81];
            for (var k = 1; k <= 5; k++)
            {
                var expected = Enumerable.Range(0, 5).OrderBy(i => offered[i]).Take(k).Select(i => (long)i);
                Assert.Equal(expected, Offered(k, offered).Indices);
            }
        }
    }

    [Fact]
    public void Offer_EveryOrderOfFiveRows_EqualsASort()
    {
        foreach (var order in Permutations([0, 1, 2, 3, 4]))
        {
            for (var code = 0; code < 243; code++)
            {
                float[] offered = [code % 3, code / 3 % 3, code / 9 % 3, code / 27 % 3, code / 81];
                for (var k = 1; k <= 5; k++)
                {
                    var expected = Enumerable.Range(0, 5).OrderBy(row => offered[row]).ThenBy(row => row).Take(k).Select(row => (long)row);
                    Assert.Equal(expected, Offered(k, order, offered).Indices);
                }
            }
        }
    }

    [Fact]
    public void Offer_InfiniteDistancesInFallingOrder_KeepsTheLowerIndices()
    {
        var infinite = Enumerable.Repeat(float.PositiveInfinity, 4).ToArray();
        Assert.Equal([0, 1], Offered(2, [3, 2, 1, 0], infinite).Indices);
    }

    [Fact]
    public void Offer_EachRow_TellsWhetherItEntered()
    {
        var (indices, distances, count) = (new long[2], new float[2], 0);
        Assert.True(NearestList.Offer(indices, distances, ref count, 4, 2));
        Assert.True(NearestList.Offer(indices, distances, ref count, 7, 2));
        Assert.Equal(2, count);
        Assert.False(NearestList.Offer(indices, distances, ref count, 8, 2));
        Assert.True(NearestList.Offer(indices, distances, ref count, 6, 2));
        Assert.False(NearestList.Offer(indices, distances, ref count, 1, 3));
        Assert.Equal([4, 6], indices);
        Assert.Equal(2, count);
    }

    private static (long[] Indices, float[] Distances) Offered(int k, ReadOnlySpan<float> offered) =>
        Offered(k, Enumerable.Range(0, offered.Length).ToArray(), offered);

    private static (long[] Indices, float[] Distances) Offered(int k, ReadOnlySpan<int> order, ReadOnlySpan<float> distanceOf)
    {
        var (indices, distances, count) = (new long[k], new float[k], 0);
        foreach (var row in order)
            NearestList.Offer(indices, distances, ref count, row, distanceOf[row]);
        return (indices, distances);
    }

    private static IEnumerable<int[]> Permutations(int[] values) => values.Length == 0
        ? [[]]
        : values.SelectMany(first => Permutations([.. values.Where(value => value != first)]).Select(rest => (int[])[first, .. rest]));
}
