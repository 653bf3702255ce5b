using Bench.Comparisons.Arrays;
using Bench.Comparisons.Checks;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Neighbors;

/// <summary>How many of a rival's neighbors are as near as the engine's last one, which was checked.</summary>
internal static class RivalRecall
{
    /// <summary>What a rival may be farther by and still count: float32 distances by norms are not better than this.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Counts over all queries.</summary>
    /// <param name="arrays">Reference and queries.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="engine">The engine's neighbors.</param>
    /// <param name="rivalIndices">m x k rows; what is no row counts as not found.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>0 to 1; 1 says that all k are right for every query, rows equally far exchanged or not.</returns>
    public static double Of(CaseArrays arrays, Metric metric, FoundNeighbors engine, long[] rivalIndices, CancellationToken cancellation)
    {
        var truth = new TrueDistance(metric);
        var hits = new int[arrays.Queries.RowCount];
        Parallel.For(0, hits.Length, new ParallelOptions { CancellationToken = cancellation }, query =>
        {
            var values = TrueDistance.RowOf(arrays.Queries, query);
            var farthest = engine.DistancesOf(query)[^1] * (1 + Tolerance);
            hits[query] = rivalIndices.AsSpan(query * engine.NeighborCount, engine.NeighborCount).ToArray()
                .Where(row => row >= 0 && row < arrays.Reference.RowCount)
                .Distinct()
                .Count(row => truth.Between(values, TrueDistance.RowOf(arrays.Reference, row)) <= farthest);
        });
        return (double)hits.Sum() / rivalIndices.Length;
    }
}
