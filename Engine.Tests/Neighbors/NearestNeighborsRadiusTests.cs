using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Compute;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

public sealed class NearestNeighborsRadiusTests
{
    [Theory]
    [InlineData(Metric.L1, 6)]
    [InlineData(Metric.L2, 3)]
    [InlineData(Metric.SquaredL2, 9)]
    public void SearchWithin_AnyData_EqualsTheFullSort(Metric metric, float radius)
    {
        var (reference, queries) = (Tables.Integers(300, 8, 4, 1), Tables.Integers(50, 8, 4, 2));
        using var search = NearestNeighbors.Build(reference, metric);
        var found = search.SearchWithin(queries, radius);
        Assert.Equal(50, found.QueryCount);
        Assert.Equal(50 * 300, found.Statistics.PairCount);
        for (var query = 0; query < 50; query++)
        {
            var expected = ReferenceSearch.WithinWide(metric, reference, queries.Row(query), radius, _ => true);
            Assert.Equal(expected, found.IndicesOf(query).ToArray().Zip(found.DistancesOf(query).ToArray()));
        }
    }

    [Fact]
    public void CountWithin_AnyOptions_CountsWhatSearchWithinFinds()
    {
        var samples = Tables.Integers(300, 6, 3, 3);
        using var search = NearestNeighbors.Build(samples, Metric.L2, new NeighborIndexOptions { Rows = RowMask.From(300, row => row > 20) });
        foreach (var options in new NeighborOptions?[] { null, new() { ExcludeSelf = true }, new() { Among = RowMask.From(300, row => row % 2 == 0) } })
        {
            // Longer than needed: the rest stays as it is.
            var counts = Enumerable.Repeat(-7L, 302).ToArray();
            search.CountWithin(samples, 1.5f, counts, options);
            var found = search.SearchWithin(samples, 1.5f, options);
            Assert.Equal(Enumerable.Range(0, 300).Select(query => (long)found.IndicesOf(query).Length).Append(-7).Append(-7), counts);
        }
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void SearchWithin_BadRadius_NamesTheRange(float radius)
    {
        var samples = Tables.Normal(5, 3, 4);
        using var search = NearestNeighbors.Build(samples, Metric.L1);
        Assert.Contains("0 to", Assert.Throws<ArgumentOutOfRangeException>(() => search.SearchWithin(samples, radius)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => search.CountWithin(samples, radius, new long[5]));
    }

    [Fact]
    public void CountWithin_BadInput_SaysWhatIsWrong()
    {
        var samples = Tables.Normal(5, 3, 5);
        using var search = NearestNeighbors.Build(samples, Metric.L1);
        Assert.Contains("5 are needed", Assert.Throws<ArgumentException>(() => search.CountWithin(samples, 1, new long[4])).Message, StringComparison.Ordinal);
        Assert.Contains("2 features", Assert.Throws<ArgumentException>(() => search.SearchWithin(Tables.Normal(1, 2, 6), 1)).Message, StringComparison.Ordinal);
        var self = new NeighborOptions { ExcludeSelf = true };
        var other = Tables.Normal(4, 3, 7);
        Assert.Contains("ExcludeSelf", Assert.Throws<ArgumentException>(() => search.SearchWithin(other, 1, self)).Message, StringComparison.Ordinal);
        var masked = new NeighborOptions { Among = RowMask.All(6) };
        Assert.Throws<ArgumentException>(() => search.SearchWithin(samples, 1, masked));
        var bad = Tables.From([[0, double.NaN, 0]]);
        Assert.Contains("row 0, column 1", Assert.Throws<ArgumentException>(() => search.SearchWithin(bad, 1)).Message, StringComparison.Ordinal);
    }
}
