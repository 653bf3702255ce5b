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
    public void Threshold_FreePlaces_IsInfinite()
    {
        var list = new NearestList(new long[2], new float[2]);
        list.Offer(0, 4);
        Assert.Equal((1, float.PositiveInfinity), (list.Count, list.Threshold));
        list.Offer(1, 3);
        Assert.Equal((2, 4f), (list.Count, list.Threshold));
        list.Offer(2, 1);
        Assert.Equal((2, 3f), (list.Count, list.Threshold));
    }

    [Fact]
    public void Resume_ListPartlyFilled_GoesOnWhereItStopped()
    {
        var (indices, distances) = (new long[3], new float[3]);
        var list = new NearestList(indices, distances);
        list.Offer(0, 4);
        list.Offer(1, 2);
        var resumed = NearestList.Resume(indices, distances, list.Count);
        resumed.Offer(2, 3);
        resumed.Offer(3, 2);
        Assert.Equal([1, 3, 2], indices);
        Assert.Equal([2, 2, 3], distances);
    }

    private static (long[] Indices, float[] Distances) Offered(int k, ReadOnlySpan<float> offered)
    {
        var (indices, distances) = (new long[k], new float[k]);
        var list = new NearestList(indices, distances);
        for (var i = 0; i < offered.Length; i++)
            list.Offer(i, offered[i]);
        return (indices, distances);
    }
}
