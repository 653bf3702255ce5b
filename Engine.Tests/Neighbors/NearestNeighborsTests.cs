using Engine.Compute;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

public sealed class NearestNeighborsTests
{
    public static TheoryData<Metric> Metrics => [Metric.L1, Metric.L2, Metric.SquaredL2];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_AnyData_EqualsFullSortByDistanceThenIndex(Metric metric)
    {
        foreach (var (reference, queries) in new[]
        {
            (Tables.Normal(700, 19, 1), Tables.Normal(70, 19, 2)),
            (Tables.Integers(700, 3, 4, 3), Tables.Integers(70, 3, 4, 4)),
            (Tables.Integers(300, 76, 2, 5), Tables.Integers(9, 76, 2, 6)),
        })
        {
            var found = NearestNeighbors.Build(reference, metric).Search(queries, 10);
            for (var query = 0; query < queries.RowCount; query++)
            {
                var expected = FullSort(metric, reference, queries.Row(query), excluded: -1).Take(10).ToArray();
                Assert.Equal(expected.Select(pair => pair.Index), found.IndicesOf(query).ToArray());
                Assert.Equal(expected.Select(pair => pair.Distance), found.DistancesOf(query).ToArray());
            }
        }
    }

    [Fact]
    public void Search_FewerNeighbors_IsPrefixOfMore()
    {
        var reference = Tables.Integers(500, 5, 3, 7);
        var search = NearestNeighbors.Build(reference, Metric.L1);
        var (ten, hundred) = (search.SearchSelf(10), search.SearchSelf(100));
        for (var query = 0; query < 500; query++)
            Assert.Equal(hundred.IndicesOf(query)[..10], ten.IndicesOf(query));
    }

    [Fact]
    public void SearchSelf_Duplicates_ExcludesByIndexOnly()
    {
        var search = NearestNeighbors.Build(Tables.From([[1, 1], [1, 1], [1, 1], [5, 5]]), Metric.L2);
        var found = search.SearchSelf(2);
        Assert.Equal([1, 2], found.IndicesOf(0).ToArray());
        Assert.Equal([0, 2], found.IndicesOf(1).ToArray());
        Assert.Equal([0, 1], found.IndicesOf(2).ToArray());
        Assert.Equal([0, 1], found.IndicesOf(3).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Search_AnyThreadCountAndBatch_SameBits(int threads)
    {
        var (reference, queries) = (Tables.Normal(1000, 33, 8), Tables.Normal(300, 33, 9));
        var search = NearestNeighbors.Build(reference, Metric.L2);
        var whole = search.Search(queries, 5);
        var options = new NeighborOptions { Compute = new ComputeOptions { MaxDegreeOfParallelism = threads } };
        foreach (var batch in Enumerable.Range(0, 300).Select(row => (long)row).Chunk(41))
        {
            var part = search.Search(queries.SelectRows(batch), 5, options);
            for (var i = 0; i < batch.Length; i++)
            {
                Assert.Equal(whole.IndicesOf((int)batch[i]), part.IndicesOf(i));
                Assert.Equal(whole.DistancesOf((int)batch[i]), part.DistancesOf(i));
            }
        }
    }

    [Fact]
    public void Search_ZeroPaddedFeatures_SameBits()
    {
        var narrow = Tables.Normal(200, 21, 10);
        var wide = SampleMatrix.Create(200, 40);
        for (var row = 0; row < 200; row++)
            narrow.Row(row).CopyTo(wide.GetWritableRow(row));
        var (fromNarrow, fromWide) = (NearestNeighbors.Build(narrow, Metric.L2).SearchSelf(5), NearestNeighbors.Build(wide, Metric.L2).SearchSelf(5));
        Assert.Equal(fromNarrow.Indices.Span, fromWide.Indices.Span);
        Assert.Equal(fromNarrow.Distances.Span, fromWide.Distances.Span);
    }

    [Fact]
    public void Search_Golden_AgreesWithSciPy()
    {
        var golden = Golden.Load("knn.json");
        foreach (var set in golden["cases"]!.AsArray())
        {
            var data = golden["data"]![(string)set!["data"]!]!;
            var metric = (string)set["metric"]! == "l2" ? Metric.L2 : Metric.L1;
            var found = NearestNeighbors.Build(Tables.From(data["X"].Rows()), metric).Search(Tables.From(data["Q"].Rows()), (int)set["k"]!);
            var (distances, indices) = (set["distances"].Rows(), set["indices_lowest_index_tiebreak"].As<long[][]>());
            for (var query = 0; query < distances.Length; query++)
            {
                // Float32 ties that are no ties in float64 could reorder rows; on these data there are none.
                Assert.Equal(indices[query], found.IndicesOf(query).ToArray());
                for (var i = 0; i < distances[query].Length; i++)
                    Assert.Equal(distances[query][i], found.DistancesOf(query)[i], Math.Max(1e-12, 2e-6 * distances[query][i]));
            }
        }
    }

    [Fact]
    public void SearchSelf_GoldenDuplicates_AgreesWithExclusionByIndex()
    {
        var golden = Golden.Load("knn.json")["leave_one_out"]!;
        var found = NearestNeighbors.Build(Tables.From(golden["X"].Rows()), Metric.L2).SearchSelf((int)golden["k"]!);
        var expected = golden["distances_excluding_self_by_index"].Rows();
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.DoesNotContain(row, found.IndicesOf(row).ToArray());
            for (var i = 0; i < expected[row].Length; i++)
                Assert.Equal(expected[row][i], found.DistancesOf(row)[i], 2e-6 * (1 + expected[row][i]));
        }
    }

    [Fact]
    public void Search_GoldenFarFromOrigin_FindsTrueNeighbors()
    {
        var golden = Golden.Load("knn.json")["cancellation"]!;
        var found = NearestNeighbors.Build(Tables.From(golden["X"].Rows()), Metric.L2).Search(Tables.From(golden["Q"].Rows()), 3);
        var expected = golden["true_indices"].As<long[][]>();
        for (var query = 0; query < expected.Length; query++)
            Assert.Equal(expected[query], found.IndicesOf(query).ToArray());
    }

    [Fact]
    public void Search_Results_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        foreach (var metric in Enum.GetValues<Metric>())
        {
            foreach (var featureCount in new[] { 1, 7, 15, 16, 17, 33, 64, 76, 100, 257 })
            {
                var found = NearestNeighbors.Build(Tables.Normal(600, featureCount, 11), metric).Search(Tables.Normal(40, featureCount, 12), 7);
                digest.Add(found.Indices.Span);
                digest.Add(found.Distances.Span);
            }
        }

        Assert.Equal("E0A764BA4C04CF20", digest.ToString());
    }

    [Fact]
    public void Search_NotEnoughRows_NamesTheRange()
    {
        var search = NearestNeighbors.Build(Tables.Normal(4, 3, 13), Metric.L2);
        Assert.Contains("1 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => search.Search(Tables.Normal(2, 3, 14), 5)).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => search.SearchSelf(4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => search.SearchSelf(0));
    }

    [Fact]
    public void Search_BadInput_SaysWhatIsWrong()
    {
        var reference = Tables.Normal(10, 3, 15);
        var search = NearestNeighbors.Build(reference, Metric.L2);
        Assert.Contains("4 features where the reference has 3", Assert.Throws<ArgumentException>(() => search.Search(Tables.Normal(2, 4, 16), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("10 are needed", Assert.Throws<ArgumentException>(() => search.Search(reference, 1, new long[9], new float[10])).Message, StringComparison.Ordinal);
        Assert.Contains("row 1, column 1", Assert.Throws<ArgumentException>(() => NearestNeighbors.Build(Tables.From([[0, 0], [0, double.NaN]]), Metric.L2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NearestNeighbors.Build(SampleMatrix.Create(0, 3), Metric.L2));
    }

    [Fact]
    public void Search_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var options = new NeighborOptions { Compute = new ComputeOptions { CancellationToken = source.Token } };
        Assert.ThrowsAny<OperationCanceledException>(() => NearestNeighbors.Build(Tables.Normal(10, 3, 17), Metric.L2).Search(Tables.Normal(10, 3, 18), 1, options));
    }

    private static IEnumerable<(long Index, float Distance)> FullSort(Metric metric, SampleMatrix reference, float[] query, long excluded) =>
        Enumerable.Range(0, (int)reference.RowCount)
            .Where(row => row != excluded)
            .Select(row => (Index: (long)row, Squared: ReferenceDistance.Canonical(metric == Metric.L2 ? Metric.SquaredL2 : metric, query, reference.Row(row))))
            .OrderBy(pair => pair.Squared).ThenBy(pair => pair.Index)
            .Select(pair => (pair.Index, metric == Metric.L2 ? MathF.Sqrt(pair.Squared) : pair.Squared));
}
