using Engine.Collectives;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

/// <summary>Searches of rows that lie with several ranks: the lists of one process.</summary>
public sealed class SpreadIndexTests
{
    private const int RowCount = (3 * RankRows.RowsPerRun) + 777;

    private static readonly int[] s_sizes = [1, 2, 3, 7];

    private static readonly Lazy<SampleMatrix> s_ties = new(() => Tables.Integers(RowCount, 5, 4, seed: 3));

    public static TheoryData<int, Metric> SizesAndMetrics => [.. from size in s_sizes from metric in Enum.GetValues<Metric>() select (size, metric)];

    [Theory]
    [MemberData(nameof(SizesAndMetrics))]
    public void Search_TiesBetweenRanks_AreOrderedByTheRowOfTheWhole(int size, Metric metric) =>
        AssertSame(size, s_ties.Value, metric, new(), search => search.Search(Tables.Integers(60, 5, 4, seed: 4), 70, new() { Compute = Ranks.OneThread }));

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.L2)]
    public void Search_MasksAndWeights_MeanRowsOfTheWhole(Metric metric)
    {
        // Some ranks have no row of the mask at all, others fewer than k.
        var rows = RowMask.From(RowCount, row => row is 5 or 16_390 or 16_391 || row > 40_000);
        var among = RowMask.From(RowCount, row => row < 45_000 && row % 3 != 0);
        var options = new NeighborIndexOptions { Rows = rows, FeatureWeights = new float[] { 1, 0, 2, .5f, 3 } };
        AssertSame(3, s_ties.Value, metric, options, search => search.Search(Tables.Integers(60, 5, 4, seed: 4), 9, new() { Among = among, Compute = Ranks.OneThread }));
    }

    [Theory]
    [InlineData(Metric.L2, 1e-24f)]
    [InlineData(Metric.SquaredL2, 1e22f)]
    public void Search_ValuesOfAnySize_FindsRowsOfAllRanks(Metric metric, float scale)
    {
        var samples = Scaled(Tables.Normal(RankRows.RowsPerRun + 500, 4, seed: 8), scale);
        AssertSame(2, samples, metric, new(), search => search.Search(Scaled(Tables.Normal(40, 4, seed: 9), scale), 3, new() { Compute = Ranks.OneThread }));
    }

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.L2)]
    public void SearchSelf_RowsOfTwoRanks_FindsOthersAndDuplicates(Metric metric)
    {
        var samples = Tables.Normal(RankRows.RowsPerRun + 500, 4, seed: 8);
        samples.Row(100).CopyTo(samples.GetWritableRow(16_600));
        AssertSame(2, samples, metric, new(), search => search.SearchSelf(3, Ranks.OneThread));
    }

    [Fact]
    public void Search_L1BeyondFloat32_IsRefusedOnEveryRank()
    {
        var samples = SampleMatrix.Create(2 * RankRows.RowsPerRun, 2);
        for (var row = 0; row < samples.RowCount; row++)
            samples.GetWritableRow(row).Fill(3e38f);
        var queries = Tables.From([[-3e38, -3e38]]);
        foreach (var message in Ranks.Each(2, samples, spread => Assert.Throws<InvalidOperationException>(() => NearestNeighbors.Build(spread, Metric.L1).Search(queries, 1)).Message))
            Assert.Contains("divide the features", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SizesAndMetrics))]
    public void SearchWithin_RowsOfAllRanks_AreThoseOfOneProcess(int size, Metric metric) =>
        AssertSameWithin(size, s_ties.Value, metric, new(), search => search.SearchWithin(Tables.Integers(60, 5, 4, seed: 4), 2, new() { Compute = Ranks.OneThread }));

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.L2)]
    public void SearchWithin_MasksAndItself_MeanRowsOfTheWhole(Metric metric)
    {
        var samples = Tables.Integers(RankRows.RowsPerRun + 500, 4, 12, seed: 3);
        var rows = RowMask.From((int)samples.RowCount, row => row < 3000 || row > 16_300);
        var among = RowMask.From((int)samples.RowCount, row => row % 3 != 0);
        AssertSameWithin(2, samples, metric, new() { Rows = rows, FeatureWeights = new float[] { 1, 0, 2, .5f } }, search => search.SearchWithin(samples, 1, new() { Among = among, ExcludeSelf = true, Compute = Ranks.OneThread }));
    }

    /// <summary>Squares too small, too large, and of all sizes: the roots of many rows are one float.</summary>
    [Theory]
    [InlineData(Metric.L2, 1e-24f, 1.3f)]
    [InlineData(Metric.SquaredL2, 1e-17f, 1.3f)]
    [InlineData(Metric.L2, 1e22f, 1.3f)]
    [InlineData(Metric.SquaredL2, 1e18f, 1.3f)]
    [InlineData(Metric.L2, 1e-18f, 2f)]
    public void SearchWithin_ValuesOfAnySize_FindsRowsOfAllRanks(Metric metric, float scale, float distance)
    {
        var samples = Scaled(Tables.Normal(RankRows.RowsPerRun + 500, 4, seed: 8), scale);
        var radius = metric == Metric.L2 ? distance * scale : distance * scale * scale;
        AssertSameWithin(2, samples, metric, new(), search => search.SearchWithin(Scaled(Tables.Normal(40, 4, seed: 9), scale), radius, new() { Compute = Ranks.OneThread }));
    }

    [Fact]
    public void CountWithin_RowsOfAllRanks_CountsThem()
    {
        var (queries, expected) = (Tables.Integers(60, 5, 4, seed: 4), new long[60]);
        using var whole = NearestNeighbors.Build(s_ties.Value, Metric.L1);
        whole.CountWithin(queries, 3, expected);
        foreach (var counts in Ranks.Each(3, s_ties.Value, spread =>
        {
            using var search = NearestNeighbors.Build(spread, Metric.L1, new() { Compute = Ranks.OneThread });
            var counts = new long[60];
            search.CountWithin(queries, 3, counts, new() { Compute = Ranks.OneThread });
            return counts;
        }))
            Assert.Equal(expected, counts);
    }

    [Fact]
    public void Search_TooManyNeighbors_CountsRowsOfAllRanks()
    {
        foreach (var message in Ranks.Each(2, s_ties.Value, spread => Assert.Throws<ArgumentOutOfRangeException>(() => NearestNeighbors.Build(spread, Metric.L1).Search(Tables.Integers(1, 5, 4, seed: 4), RowCount + 1)).Message))
            Assert.Contains($"1 to {RowCount:N0}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_Queries_SendsTheirListsOnly() => RankThreads.Run(2, inner =>
    {
        var collective = new MeasuredCollective(inner);
        using var search = NearestNeighbors.Build(Ranks.Divide(s_ties.Value, collective), Metric.L2);
        var before = collective.BytesReceived;
        search.Search(Tables.Integers(60, 5, 4, seed: 4), 7, new() { Compute = Ranks.OneThread });
        // A row and a distance each, and how much work it was.
        Assert.Equal((60 * 7 * 16) + 24, collective.BytesReceived - before);
    });

    [Fact]
    public void NearestRealSample_GroupsAcrossRanks_AreTheSame()
    {
        var groups = Subgroups.From([.. Enumerable.Range(0, RowCount).Select(row => row % 5 == 0 ? "a" : row > 48_000 ? "b" : "c")]);
        var synthetic = Tables.Integers(50, 5, 4, seed: 12);
        var expected = NearestRealSample.Distances(synthetic, s_ties.Value, groups);
        foreach (var closest in Ranks.Each(3, s_ties.Value, spread => NearestRealSample.Distances(synthetic, spread, groups, Ranks.OneThread)))
        {
            Assert.Equal(expected.Groups, closest.Groups);
            Assert.Equal(expected.Distances.ToArray(), closest.Distances.ToArray());
            Assert.Equal(expected.Indices.ToArray(), closest.Indices.ToArray());
        }
    }

    private static SampleMatrix Scaled(SampleMatrix samples, float scale)
    {
        for (var row = 0; row < samples.RowCount; row++)
        {
            foreach (ref var value in samples.GetWritableRow(row))
                value *= scale;
        }

        return samples;
    }

    private static void AssertSameWithin(int size, SampleMatrix samples, Metric metric, NeighborIndexOptions options, Func<NearestNeighbors, RadiusTable> find)
    {
        using var whole = NearestNeighbors.Build(samples, metric, options);
        var expected = find(whole);
        Assert.Contains(Enumerable.Range(0, expected.QueryCount), query => expected.IndicesOf(query).Length > 3);
        foreach (var found in Ranks.Each(size, samples, spread =>
        {
            using var search = NearestNeighbors.Build(spread, metric, options with { Compute = Ranks.OneThread });
            return find(search);
        }))
        {
            for (var query = 0; query < expected.QueryCount; query++)
            {
                Assert.True(expected.IndicesOf(query).SequenceEqual(found.IndicesOf(query)));
                Assert.True(expected.DistancesOf(query).SequenceEqual(found.DistancesOf(query)));
            }
        }
    }

    private static void AssertSame(int size, SampleMatrix samples, Metric metric, NeighborIndexOptions options, Func<NearestNeighbors, NeighborTable> find)
    {
        using var whole = NearestNeighbors.Build(samples, metric, options);
        var expected = find(whole);
        foreach (var found in Ranks.Each(size, samples, spread =>
        {
            using var search = NearestNeighbors.Build(spread, metric, options with { Compute = Ranks.OneThread });
            return find(search);
        }))
        {
            Assert.True(expected.Indices.Span.SequenceEqual(found.Indices.Span));
            Assert.True(expected.Distances.Span.SequenceEqual(found.Distances.Span));
        }
    }
}
