using System.Collections.Concurrent;
using Engine.Compute;
using Engine.Data;
using Engine.Neighbors;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

public sealed class FarthestNeighborsTests
{
    public static TheoryData<DataKind> Kinds => [.. Enum.GetValues<DataKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_AnyData_EqualsFullSortByFallingDistanceThenIndex(DataKind kind)
    {
        foreach (var (rowCount, queryCount, featureCount, k) in new[] { (700, 150, 19, 5), (300, 600, 3, 3), (20, 1, 76, 20), (1, 9, 2, 1) })
        {
            using var reference = Tables.Of(kind, rowCount, featureCount, 81);
            using var queries = Tables.Of(kind, queryCount, featureCount, 82);
            var (indices, distances, _) = Search(reference, queries, k);
            for (var query = 0; query < queryCount; query++)
            {
                var expected = FullSort(reference, queries.Row(query)).Take(k).ToArray();
                Assert.Equal(expected.Select(pair => pair.Index), indices.AsSpan(query * k, k).ToArray());
                Assert.Equal(expected.Select(pair => pair.Square), distances.AsSpan(query * k, k).ToArray());
            }
        }
    }

    [Fact]
    public void Search_RowsOfTheReference_MayBeSearchedForThemselves()
    {
        var reference = Tables.Of(DataKind.LowRank, 500, 12, 83);
        var (indices, _, _) = Search(reference, reference, 4);
        for (var query = 0; query < 500; query++)
            Assert.Equal(FullSort(reference, reference.Row(query)).Take(4).Select(pair => pair.Index), indices.AsSpan(query * 4, 4).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Search_AnyThreadCountBatchAndView_SameBits(int threads)
    {
        var (reference, queries) = (Tables.Of(DataKind.Outliers, 900, 33, 84), Tables.Of(DataKind.Outliers, 300, 33, 85));
        var (indices, distances, _) = Search(reference, queries, 5);
        var view = reference.SelectRows(Enumerable.Range(0, 900).Select(row => (long)row).ToArray());
        foreach (var batch in Enumerable.Range(0, 300).Select(row => (long)row).Chunk(41))
        {
            var part = Search(view, queries.SelectRows(batch), 5, new ComputeOptions { MaxDegreeOfParallelism = threads });
            Assert.Equal(indices.AsSpan((int)batch[0] * 5, batch.Length * 5).ToArray(), part.Indices);
            Assert.Equal(distances.AsSpan((int)batch[0] * 5, batch.Length * 5).ToArray(), part.Distances);
        }
    }

    [Fact]
    public void Search_Results_HaveTheCommittedDigest()
    {
        using var digest = new Digest();
        foreach (var featureCount in new[] { 1, 15, 16, 17, 76, 300 })
        {
            var (indices, distances, _) = Search(Tables.Normal(400, featureCount, 95), Tables.Normal(100, featureCount, 96), 6);
            digest.Add<long>(indices);
            digest.Add<float>(Array.ConvertAll(distances, square => (float)square));
        }

        Assert.Equal("AFBB9EF6CD17F2CF", digest.ToString());
    }

    [Fact]
    public void Search_StructuredRows_RanksFewPairs()
    {
        var (reference, queries) = (Tables.Of(DataKind.Clusters, 2000, 20, 86), Tables.Of(DataKind.Clusters, 2000, 20, 87));
        Assert.InRange(Search(reference, queries, 3).Statistics.DiscardedShare, 0.8, 1);
    }

    [Fact]
    public void Search_Progress_EndsAtTheNumberOfQueries()
    {
        var reports = new ConcurrentBag<long>();
        Search(Tables.Normal(50, 4, 88), Tables.Normal(333, 4, 89), 2, new ComputeOptions { Progress = new Reports(reports.Add) });
        Assert.Equal(333, reports.Max());
    }

    [Fact]
    public void Search_Cancelled_Throws()
    {
        var canceled = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => Search(Tables.Normal(50, 4, 88), Tables.Normal(33, 4, 89), 2, canceled));
    }

    private static (long[] Indices, double[] Distances, SearchStatistics Statistics) Search(SampleMatrix reference, SampleMatrix queries, int k, ComputeOptions? compute = null)
    {
        var (indices, distances) = (new long[queries.RowCount * k], new double[queries.RowCount * k]);
        var statistics = FarthestNeighbors.Search(reference, queries, k, indices, distances, compute ?? ComputeOptions.Default);
        return (indices, distances, statistics);
    }

    private static IEnumerable<(long Index, double Square)> FullSort(SampleMatrix reference, float[] query) => Enumerable.Range(0, (int)reference.RowCount)
        .Select(row => (Index: (long)row, Square: ReferenceDistance.Wide(query, reference.Row(row))))
        .OrderByDescending(pair => pair.Square).ThenBy(pair => pair.Index);

    private sealed class Reports(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
