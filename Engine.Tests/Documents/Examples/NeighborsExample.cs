using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

public sealed class NeighborsExample
{
    [Fact]
    public void Search()
    {
        var (reference, labels, queries) = (Ward.Samples, Ward.Labels, Tables.Normal(20, 8, 74));
        var (indices, distances) = (new long[100], new float[100]);

        // <example>
        using var search = NearestNeighbors.Build(reference, Metric.L2);
        var table = search.Search(queries, neighborCount: 5);
        var (closest, distance) = (table.IndicesOf(0)[0], table.DistancesOf(0)[0]);     // of query 0: a row of the reference
        var others = search.SearchSelf(neighborCount: 5);                               // of every row of the reference, itself left out by index
        var near = search.SearchWithin(queries, radius: 2.5f);                          // all at most so far away; a list a query

        using var ofClass1 = NearestNeighbors.Build(reference, Metric.L1, new() { Rows = labels.ToMask(1) });       // finds these alone; nothing is copied
        ofClass1.Search(queries, 5, indices, distances, new() { Compute = new() { MaxDegreeOfParallelism = 1 } });  // into your memory, on one thread
        // </example>

        Assert.Equal(distance, DistanceOf(queries.Row(0), reference.Row(closest)), 1e-5f);
        Assert.Equal(3_000, others.Indices.Length);
        Assert.All(near.DistancesOf(0).ToArray(), one => Assert.True(one <= 2.5f));
        Assert.All(indices, row => Assert.Equal(1, labels[(int)row]));
    }

    [Fact]
    public void Closest()
    {
        var (real, groups, synthetic, heldOut) = (Ward.Samples, Ward.Groups, Tables.Normal(50, 8, 75), Tables.Normal(80, 8, 76));

        // <example>
        var closest = NearestRealSample.Distances(synthetic, real, groups);
        var (median, copies) = (closest.SummaryOf("Black").Median, closest.SummaryOf("Black").ZeroCount);
        var audit = NearestRealSample.Audit(synthetic, heldOut, real, groups);          // the same of real rows that played no part, beside it
        // </example>

        Assert.True(median > 0);
        Assert.Equal(0, copies);
        Assert.Equal(["Black", "White"], audit.Select(row => row.Group));
    }

    private static float DistanceOf(float[] x, float[] y) => MathF.Sqrt(x.Zip(y).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
}
