using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>Rows whose squared differences float32 does not hold.</content>
public abstract partial class ComputeBackendContract
{
    /// <summary>Gets the numbers of features of rows of any size.</summary>
    protected virtual int[] WideFeatureCounts => [1, 2, 5, 18];

    /// <summary>Gets the numbers of their neighbors.</summary>
    protected virtual int[] WideNeighborCounts => [1, 4, 60];

    public static TheoryData<int> Exponents => [-149, -140, -100, -80, -76, -75, -70, -63, -58, 40, 60, 62, 64, 90, 120];

    [Theory]
    [MemberData(nameof(Exponents))]
    public void Neighbors_RowsTimesAPowerOfTwo_AreThoseOfTheRows(int exponent)
    {
        var factor = MathF.ScaleB(1, exponent);
        foreach (var featureCount in WideFeatureCounts)
        {
            var (rows, queries) = (Tables.Integers(90, featureCount, 40, 111), Tables.Integers(30, featureCount, 40, 112));
            var among = RowMask.From(90, row => row % 4 != 1);
            using var expected = NearestNeighbors.Build(rows, Metric.L2);
            using var actual = NearestNeighbors.Build(Times(rows, factor), Metric.L2, new() { Compute = new() { Backend = Backend } });
            foreach (var k in WideNeighborCounts)
            {
                AssertTimes(factor, expected.SearchSelf(k), actual.SearchSelf(k));
                AssertTimes(factor, expected.Search(queries, k), actual.Search(Times(queries, factor), k));
                AssertTimes(factor, expected.Search(queries, k, new() { Among = among }), actual.Search(Times(queries, factor), k, new() { Among = among }));
            }

            // Below, distances are subnormal, and rounded before they are compared with a radius.
            foreach (var radius in exponent < -126 ? [] : new[] { 0, 5, 50f })
            {
                var (within, counts) = (actual.SearchWithin(Times(queries, factor), radius * factor), new long[30]);
                actual.CountWithin(Times(queries, factor), radius * factor, counts);
                var whole = expected.SearchWithin(queries, radius);
                for (var query = 0; query < 30; query++)
                {
                    Assert.Equal(whole.IndicesOf(query).ToArray(), within.IndicesOf(query).ToArray());
                    Assert.Equal(whole.DistancesOf(query).ToArray().Select(distance => distance * factor), within.DistancesOf(query).ToArray());
                    Assert.Equal(whole.IndicesOf(query).Length, counts[query]);
                }
            }
        }
    }

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.SquaredL2)]
    public void Neighbors_RowsOfEverySizeInOneTable_AreTheNearest(Metric metric)
    {
        foreach (var featureCount in WideFeatureCounts)
        {
            var (rows, queries) = (OfEverySize(120, featureCount, 113), OfEverySize(25, featureCount, 114));
            using var search = NearestNeighbors.Build(rows, metric, new() { Compute = new() { Backend = Backend } });
            foreach (var k in WideNeighborCounts)
            {
                AssertWide(metric, rows, rows, k, isSelf: true, search.SearchSelf(k));
                AssertWide(metric, rows, queries, k, isSelf: false, search.Search(queries, k));
            }

            foreach (var radius in new[] { 0, 1e-42f, 1e-30f, 1e-17f, 1, 1e17f, 1e20f, 1e30f, float.MaxValue })
            {
                var within = search.SearchWithin(queries, radius);
                for (var query = 0; query < 25; query++)
                {
                    var expected = ReferenceSearch.WithinWide(metric, rows, queries.Row(query), radius, static _ => true);
                    Assert.Equal(expected, within.IndicesOf(query).ToArray().Zip(within.DistancesOf(query).ToArray()));
                }
            }
        }
    }

    [Fact]
    public void Neighbors_TheirTrueDistances_NeverFall()
    {
        var rows = OfEverySize(150, 2, 117);
        using var search = NearestNeighbors.Build(rows, Metric.L2, new() { Compute = new() { Backend = Backend } });
        var found = search.SearchSelf(149);
        for (var query = 0; query < 150; query++)
        {
            var distances = found.IndicesOf(query).ToArray().Select(row => Math.Sqrt(BruteForce.SquaredL2(rows.Row(query), rows.Row(row)))).ToArray();
            Assert.All(Enumerable.Range(1, 148), place => Assert.True(distances[place] >= distances[place - 1] * (1 - 1e-6)));
            for (var place = 0; place < 149; place++)
            {
                // A true distance beyond float32 is at infinity.
                var expected = distances[place] > float.MaxValue ? double.PositiveInfinity : distances[place];
                Assert.True(expected == found.DistancesOf(query)[place] || Math.Abs((found.DistancesOf(query)[place] / expected) - 1) < 1e-6 || expected < 1e-38);
            }
        }
    }

    private static void AssertWide(Metric metric, SampleMatrix rows, SampleMatrix queries, int k, bool isSelf, NeighborTable found)
    {
        for (var query = 0; query < queries.RowCount; query++)
        {
            var expected = ReferenceSearch.NearestWide(metric, rows, queries.Row(query), k, row => !isSelf || row != query);
            Assert.Equal(expected, found.IndicesOf(query).ToArray().Zip(found.DistancesOf(query).ToArray()));
        }
    }

    private static void AssertTimes(float factor, NeighborTable expected, NeighborTable actual)
    {
        Assert.Equal(expected.Indices, actual.Indices);
        // The product rounds a second time where it is subnormal.
        Assert.All(expected.Distances.ToArray().Zip(actual.Distances.ToArray()), pair =>
            Assert.InRange(pair.Second, (pair.First * factor) - (factor < 1e-35f ? float.Epsilon : 0), (pair.First * factor) + (factor < 1e-35f ? float.Epsilon : 0)));
    }

    private static SampleMatrix Times(SampleMatrix samples, float factor)
    {
        var times = samples.Copy();
        for (var row = 0; row < samples.RowCount; row++)
        {
            foreach (ref var value in times.GetWritableRow(row))
                value *= factor;
        }

        return times;
    }

    /// <summary>Makes rows of which one in three is about as large in all columns, others differ by any power of two, and some are duplicates.</summary>
    private static SampleMatrix OfEverySize(int rowCount, int featureCount, ulong seed)
    {
        var stream = new RandomStream(seed, 7);
        var samples = SampleMatrix.Create(rowCount, featureCount);
        for (var row = 0; row < rowCount; row++)
        {
            var values = samples.GetWritableRow(row);
            var size = -149 + (int)stream.Below((ulong)row, 277);
            for (var column = 0; column < featureCount; column++)
            {
                var index = ((ulong)row << 20) + ((ulong)column << 2);
                if (row % 3 != 0)
                    size = -149 + (int)stream.Below(index, 277);
                values[column] = MathF.ScaleB(stream.UniformFloat(index + 1) * (stream.Below(index + 2, 2) == 0 ? 1 : -1), size);
            }

            if (row % 10 == 9)
                samples.Row(row - 5).CopyTo(values);
        }

        return samples;
    }
}
