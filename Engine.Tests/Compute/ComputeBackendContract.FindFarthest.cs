using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

/// <content>Farthest rows.</content>
public abstract partial class ComputeBackendContract
{
    [Theory]
    [InlineData(60, 25, 19, 4)]
    [InlineData(8, 3, 2, 8)]
    public void FindFarthest_SmallIntegers_AreOrderedByFallingDistanceThenIndex(int rowCount, int queryCount, int featureCount, int k)
    {
        using SampleMatrix reference = Tables.Integers(rowCount, featureCount, 4, 71), queries = Tables.Integers(queryCount, featureCount, 4, 72);
        var (indices, distances) = (new long[queryCount * k], new float[queryCount * k]);
        Backend.FindFarthest(reference, new NeighborRequest(queries, k), indices, distances, ComputeOptions.Default);
        for (var query = 0; query < queryCount; query++)
        {
            var expected = Enumerable.Range(0, rowCount)
                .Select(row => (Row: (long)row, Square: ReferenceDistance.Canonical(Metric.SquaredL2, queries.Row(query), reference.Row(row))))
                .OrderByDescending(pair => pair.Square).ThenBy(pair => pair.Row).Take(k).ToArray();
            Assert.Equal(expected.Select(pair => pair.Row), indices.AsSpan(query * k, k).ToArray());
            Assert.Equal(expected.Select(pair => pair.Square), distances.AsSpan(query * k, k).ToArray());
        }
    }
}
