using Engine.Compute.Search;
using Engine.Data;
using Engine.Numerics.Distances;
using Engine.Tests.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Compute.Search;

public sealed unsafe class FarthestTileTests
{
    [Fact]
    public void Search_DistancesRoundedAsFarAsTheyMayBe_LosesNoRow()
    {
        // Squares of the queries come to half a unit in the last place of a sum, or a little less: to the pivot, amid the two queries, all are lost.
        // The last row of the reference, next to the pivot, makes them a little more: to it all count double. It is truly hardly further than the pivot,
        // canonically the farthest of all, and nearer to the pivot than the sixteen rows that are ranked without being asked.
        const int FeatureCount = 1024, SeedCount = 16;
        using SampleMatrix queries = SampleMatrix.Create(2, FeatureCount), reference = SampleMatrix.Create(SeedCount + 1, FeatureCount);
        queries.GetWritableRow(0).Fill((1 - (1 / 1048576f)) / 4096);
        queries.GetWritableRow(0)[..16].Fill(1);
        for (var column = 0; column < FeatureCount; column++)
            queries.GetWritableRow(1)[column] = -queries.GetWritableRow(0)[column];
        for (var seed = 0; seed < SeedCount; seed++)
            reference.GetWritableRow(seed)[0] = -(31 - seed) / 524_288f;
        reference.GetWritableRow(SeedCount)[16..].Fill(-1 / 2_147_483_648f);

        var (indices, distances) = (new long[2], new float[2]);
        fixed (long* indicesStart = indices)
        fixed (float* distancesStart = distances)
            new FarthestTile<SquaredDifference>(reference, queries, 1, indicesStart, distancesStart).Search([0, 1]);

        Assert.Equal(SeedCount, indices[0]);
        for (var query = 0; query < 2; query++)
        {
            var canonical = Enumerable.Range(0, SeedCount + 1).Select(row => ReferenceDistance.Canonical(Metric.SquaredL2, queries.Row(query), reference.Row(row))).ToArray();
            Assert.Equal(canonical.Max(), distances[query]);
            Assert.Equal(Array.IndexOf(canonical, canonical.Max()), indices[query]);
        }
    }
}
