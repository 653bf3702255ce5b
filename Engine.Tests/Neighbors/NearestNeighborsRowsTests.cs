using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Compute;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

public sealed class NearestNeighborsRowsTests
{
    private const int RowCount = 250;

    public static TheoryData<Metric> Metrics => [Metric.L1, Metric.L2, Metric.SquaredL2];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_RowsOfTheIndexAndOfTheSearch_AgreeWithASearchOfTheSelectedRows(Metric metric)
    {
        // Among, Rows, and a matrix of the selected rows are three ways to the same neighbors.
        var (reference, queries) = (Tables.Integers(RowCount, 5, 3, 1), Tables.Integers(40, 5, 3, 2));
        var mask = RowMask.From(RowCount, row => row % 4 == 1);
        using var all = NearestNeighbors.Build(reference, metric);
        using var some = NearestNeighbors.Build(reference, metric, new NeighborIndexOptions { Rows = mask });
        using var selected = NearestNeighbors.Build(reference.SelectRows(mask.ToRows()), metric);
        var expected = selected.Search(queries, 6);
        var rows = mask.ToRows();
        foreach (var found in new[] { all.Search(queries, 6, new NeighborOptions { Among = mask }), some.Search(queries, 6) })
        {
            Assert.Equal(expected.Indices.ToArray().Select(index => rows[index]), found.Indices.ToArray());
            Assert.Equal(expected.Distances.ToArray(), found.Distances.ToArray());
        }
    }

    [Fact]
    public void RowCount_IndexOfSomeRows_CountsThese()
    {
        var reference = Tables.Normal(RowCount, 3, 3);
        using var all = NearestNeighbors.Build(reference, Metric.L1);
        using var some = NearestNeighbors.Build(reference, Metric.L1, new NeighborIndexOptions { Rows = RowMask.From(RowCount, row => row < 7) });
        Assert.Equal((RowCount, 7), (all.RowCount, some.RowCount));
    }

    [Fact]
    public void SearchSelf_IndexOfSomeRows_SearchesForEveryRow()
    {
        var reference = Tables.Integers(RowCount, 4, 3, 4);
        var mask = RowMask.From(RowCount, row => row % 3 == 0);
        using var search = NearestNeighbors.Build(reference, Metric.L1, new NeighborIndexOptions { Rows = mask });
        var found = search.SearchSelf(3);
        for (var query = 0; query < RowCount; query++)
        {
            var expected = ReferenceSearch.Nearest(Metric.L1, reference, reference.Row(query), 3, row => row != query && mask[row]);
            Assert.Equal(expected.Select(pair => pair.Index), found.IndicesOf(query).ToArray());
        }
    }

    [Fact]
    public void Search_NotEnoughRowsInTheMasks_NamesTheRange()
    {
        var reference = Tables.Normal(RowCount, 3, 5);
        using var search = NearestNeighbors.Build(reference, Metric.L1, new NeighborIndexOptions { Rows = RowMask.From(RowCount, row => row < 9) });
        var among = new NeighborOptions { Among = RowMask.From(RowCount, row => row > 4) };
        Assert.Contains("1 to 9", Assert.Throws<ArgumentOutOfRangeException>(() => search.Search(reference, 10)).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 8", Assert.Throws<ArgumentOutOfRangeException>(() => search.SearchSelf(9)).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => search.Search(reference, 5, among)).Message, StringComparison.Ordinal);
        var apart = new NeighborOptions { Among = RowMask.From(RowCount, row => row > 8) };
        Assert.Contains("no row in common", Assert.Throws<ArgumentException>(() => search.Search(reference, 1, apart)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_BadMasks_SaysWhatIsWrong()
    {
        var reference = Tables.Normal(RowCount, 3, 6);
        using var search = NearestNeighbors.Build(reference, Metric.L1);
        var longer = new NeighborOptions { Among = RowMask.All(RowCount + 1) };
        Assert.Contains("251", Assert.Throws<ArgumentException>(() => search.Search(reference, 1, longer)).Message, StringComparison.Ordinal);
        var empty = new NeighborOptions { Among = RowMask.From(RowCount, _ => false) };
        Assert.Contains("no row", Assert.Throws<ArgumentException>(() => search.Search(reference, 1, empty)).Message, StringComparison.Ordinal);
        Assert.Contains("249", BuildMessage(RowMask.All(RowCount - 1)), StringComparison.Ordinal);
        Assert.Contains("no row", BuildMessage(RowMask.From(RowCount, _ => false)), StringComparison.Ordinal);

        string BuildMessage(RowMask rows) =>
            Assert.Throws<ArgumentException>(() => NearestNeighbors.Build(reference, Metric.L1, new NeighborIndexOptions { Rows = rows })).Message;
    }
}
