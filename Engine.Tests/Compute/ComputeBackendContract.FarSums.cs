using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>Rows whose sums of absolute differences float32 does not hold.</content>
public abstract partial class ComputeBackendContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Neighbors_SumsBeyondFloat_AreTheNearest(int featureCount)
    {
        var (rows, queries) = (FarRows(90, featureCount, 121), FarRows(30, featureCount, 122));
        var among = RowMask.From(90, row => row % 4 != 1);
        using var search = NearestNeighbors.Build(rows, Metric.L1, new() { Compute = new() { Backend = Backend } });
        using var some = NearestNeighbors.Build(rows, Metric.L1, new() { Rows = among, Compute = new() { Backend = Backend } });
        foreach (var k in new[] { 1, 60 })
        {
            AssertFar(rows, rows, k, (query, row) => row != query, search.SearchSelf(k));
            AssertFar(rows, queries, k, (_, _) => true, search.Search(queries, k));
            AssertFar(rows, queries, k, (_, row) => among[row], search.Search(queries, k, new() { Among = among }));
            AssertFar(rows, queries, k, (_, row) => among[row], some.Search(queries, k));
        }
    }

    [Fact]
    public void NearestRealSample_SumsBeyondFloat_AreTheClosestOfEachGroup()
    {
        var (real, synthetic) = (FarRows(120, 6, 123), FarRows(25, 6, 124));
        var groups = new Subgroups(120);
        groups.Add("even", RowMask.From(120, row => row % 2 == 0));
        groups.Add("late", RowMask.From(120, row => row > 70));
        groups.Add("ordinary", RowMask.From(120, row => row % 3 == 0));
        var found = NearestRealSample.Distances(synthetic, real, groups, new() { Backend = Backend });
        for (var query = 0; query < 25; query++)
        {
            foreach (var (group, name) in found.Groups.Index())
                Assert.Equal(groups[name].ToRows().MinBy(row => (SumOf(synthetic.Row(query), real.Row(row)), row)), found.Indices.Span[(query * 3) + group]);
        }
    }

    private static void AssertFar(SampleMatrix rows, SampleMatrix queries, int k, Func<int, int, bool> isAllowed, NeighborTable found)
    {
        for (var query = 0; query < queries.RowCount; query++)
        {
            var expected = Enumerable.Range(0, (int)rows.RowCount).Where(row => isAllowed(query, row))
                .Select(row => (Sum: SumOf(queries.Row(query), rows.Row(row)), Row: (long)row)).Order().Take(k).ToArray();
            Assert.Equal(expected.Select(pair => pair.Row), found.IndicesOf(query).ToArray());
            Assert.Equal(expected.Select(pair => float.IsInfinity((float)pair.Sum)), found.DistancesOf(query).ToArray().Select(float.IsInfinity));
        }
    }

    // Far enough apart that no two differ by what float32 rounds away.
    private static double SumOf(float[] one, float[] other) => one.Zip(other, (x, y) => Math.Abs((double)x - y)).Sum();

    /// <summary>Makes rows of which one in three is ordinary, and the others go to the ends of float32.</summary>
    private static SampleMatrix FarRows(int rowCount, int featureCount, ulong seed)
    {
        var stream = new RandomStream(seed, 8);
        var samples = SampleMatrix.Create(rowCount, featureCount);
        for (var row = 0; row < rowCount; row++)
        {
            foreach (var (column, _) in samples.Row(row).Index())
            {
                var value = (2 * stream.UniformFloat((ulong)((row * featureCount) + column))) - 1;
                samples.GetWritableRow(row)[column] = value * (row % 3 == 0 ? 100 : 3.4e38f);
            }
        }

        return samples;
    }
}
