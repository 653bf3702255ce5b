using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Neighbors;
using Bench.Comparisons.Rivals;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Tests.Bench.Comparisons;

/// <summary>Arrays of a case that a test can see through.</summary>
internal static class SmallArrays
{
    /// <summary>Values on a line: row i of the reference and query i are one number each.</summary>
    public static CaseArrays OnALine(float[] reference, float[] queries, long[]? ownRows = null) =>
        new(SampleMatrix.Wrap(reference, reference.Length, 1), SampleMatrix.Wrap(queries, queries.Length, 1), ownRows);

    /// <summary>A case of random rows that takes no time.</summary>
    public static ComparisonCase Case(params string[] rivals) => NeighborCases.Of("tiny", new UniformRows(3), new ArraySize(300, 50), Metric.L2, 2) with
    {
        Rivals = rivals,
        Bars = [.. rivals.Select(rival => Bar.TimesAsFast(1, [rival]))],
    };

    /// <summary>What a rival of <see cref="Case"/> should find.</summary>
    public static long[] Answer(RivalTask task) => Find(
        new CaseArrays(NpyFile.ReadSamples(Path.Combine(task.Folder, "reference.npy")), NpyFile.ReadSamples(Path.Combine(task.Folder, "queries.npy"))), Metric.L2, 2).Indices;

    /// <summary>Measures all pairs.</summary>
    public static FoundNeighbors Find(CaseArrays arrays, Metric metric, int neighborCount)
    {
        var truth = new TrueDistance(metric);
        var (indices, distances) = (new List<long>(), new List<float>());
        for (var query = 0; query < arrays.Queries.RowCount; query++)
        {
            var values = TrueDistance.RowOf(arrays.Queries, query);
            var nearest = Enumerable.Range(0, (int)arrays.Reference.RowCount)
                .Where(row => row != arrays.OwnRows?[query])
                .Select(row => (Distance: truth.Between(values, TrueDistance.RowOf(arrays.Reference, row)), Row: row))
                .Order()
                .Take(neighborCount)
                .ToArray();
            indices.AddRange(nearest.Select(pair => (long)pair.Row));
            distances.AddRange(nearest.Select(pair => (float)pair.Distance));
        }

        return new FoundNeighbors(neighborCount, [.. indices], [.. distances]);
    }
}
