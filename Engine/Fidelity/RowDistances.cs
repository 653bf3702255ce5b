using Engine.Compute;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Fidelity;

/// <summary>Distances to the nearest rows, in double: the search decides which rows are nearest, then each distance is measured anew.</summary>
/// <remarks><b>Error</b>: float32 decides among rows whose distances differ by less than its rounding; a distance that is reported is that of the row found, rounded as double.</remarks>
internal static class RowDistances
{
    private const int QueriesPerStep = 256;

    /// <summary>Finds the distances of rows to their nearest reference rows.</summary>
    /// <param name="index">The search.</param>
    /// <param name="reference">The rows that it was built on.</param>
    /// <param name="queries">m x p.</param>
    /// <param name="neighborCount">k.</param>
    /// <param name="excludeSelf">Whether the queries are the reference, and a row may not find itself.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <returns>m x k reference rows, the float32 distances by which the search ranks them, nearest first, and their distances in double.</returns>
    public static (long[] Indices, float[] Ranked, double[] Distances) Find(
        NearestNeighbors index, SampleMatrix reference, SampleMatrix queries, int neighborCount, bool excludeSelf, ComputeOptions compute)
    {
        var count = checked((int)(queries.RowCount * neighborCount));
        var (indices, ranked) = (new long[count], new float[count]);
        index.Search(queries, neighborCount, indices, ranked, new NeighborOptions { ExcludeSelf = excludeSelf, Compute = compute });
        return (indices, ranked, Measure(reference, queries, indices, neighborCount, index.Metric, compute.ToParallelOptions()));
    }

    /// <summary>Measures pairs of rows.</summary>
    /// <param name="reference">n x p.</param>
    /// <param name="queries">m x p.</param>
    /// <param name="indices">m x k rows of the reference.</param>
    /// <param name="perQuery">k.</param>
    /// <param name="metric">L1 or L2.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>m x k distances.</returns>
    public static double[] Measure(SampleMatrix reference, SampleMatrix queries, long[] indices, int perQuery, Metric metric, ParallelOptions options)
    {
        var distances = new double[indices.Length];
        using var hold = reference.Hold();
        using var holdQueries = queries.Hold();
        ParallelLoop.For(
            0L,
            (queries.RowCount + QueriesPerStep - 1) / QueriesPerStep,
            options,
            () => (Rows: new RowReader(reference), Queries: new RowReader(queries)),
            (step, _, readers) =>
            {
                for (var query = step * QueriesPerStep; query < Math.Min(queries.RowCount, (step + 1) * QueriesPerStep); query++)
                {
                    var values = readers.Queries.Read(query);
                    for (var entry = query * perQuery; entry < (query + 1) * perQuery; entry++)
                        distances[entry] = Of(values, readers.Rows.Read(indices[entry]), metric);
                }

                return readers;
            },
            static _ => { });
        return distances;
    }

    /// <summary>Measures the distances of rows to a point.</summary>
    public static double[] ToPoint(SampleMatrix rows, double[] point, ParallelOptions options)
    {
        var distances = new double[rows.RowCount];
        RowLoop.For(rows, options, (row, values) =>
        {
            var sum = 0.0;
            for (var column = 0; column < values.Length; column++)
                sum += (values[column] - point[column]) * (values[column] - point[column]);
            distances[row] = Math.Sqrt(sum);
        });
        return distances;
    }

    private static double Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Metric metric)
    {
        y = y[..x.Length];
        var sum = 0.0;
        if (metric == Metric.L1)
        {
            for (var column = 0; column < x.Length; column++)
                sum += Math.Abs((double)x[column] - y[column]);
            return sum;
        }

        for (var column = 0; column < x.Length; column++)
            sum += ((double)x[column] - y[column]) * ((double)x[column] - y[column]);
        return Math.Sqrt(sum);
    }
}
