using Engine.Compute;
using Engine.Compute.Search;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Neighbors;

/// <summary>Exact k farthest neighbors in squared L2, on the processor.</summary>
/// <remarks>
/// <para><b>Ties</b>: neighbors are ordered by (falling distance, rising row index).</para>
/// <para><b>Determinism</b>: the same bits for any number of threads, order of queries and SIMD level; the canonical distance decides.</para>
/// <para><b>Cost</b>: queries go in tiles of up to 64 that lie close together. One distance a tile and reference row, then those pairs of a query and a row that the
/// triangle inequality does not rule out: few for clinical rows, all m x n for rows without structure. Memory: 4 bytes a reference row and thread; no distance matrix.</para>
/// </remarks>
internal static class FarthestNeighbors
{
    /// <summary>Finds the farthest reference rows of every query.</summary>
    /// <param name="reference">n x p, finite; fastest with memory of its own.</param>
    /// <param name="queries">m x p, finite.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="indices">Receives m x k reference rows, row-major, farthest first.</param>
    /// <param name="distances">Receives m x k squared L2 distances, likewise.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>How much work the search was spared.</returns>
    /// <exception cref="OperationCanceledException">The search was stopped; the destinations then hold nothing of use.</exception>
    public static unsafe SearchStatistics Search(
        SampleMatrix reference, SampleMatrix queries, int neighborCount, Span<long> indices, Span<float> distances, ComputeOptions options)
    {
        var parallel = options.ToParallelOptions();
        using var held = reference.Hold();
        using var heldQueries = queries.Hold();
        using var filter = RotatedFilter.Build(reference, null, parallel);
        using var order = filter.OrderQueries(queries, parallel);
        var workers = ParallelLoop.WorkersOf(parallel);
        var perTile = (int)Math.Clamp(queries.RowCount / (4 * workers), 1, FarthestTile.LargestCount);
        var tiles = (queries.RowCount + perTile - 1) / perTile;
        long next = -1, ranked = 0, done = 0;
        fixed (long* indicesStart = indices)
        fixed (float* distancesStart = distances)
        {
            // Tiles write to disjoint parts of the caller's memory, which stays pinned while they run.
            var (indicesAddress, distancesAddress) = ((nint)indicesStart, (nint)distancesStart);
            ParallelLoop.For(0, (int)Math.Min(workers, tiles), parallel, _ =>
            {
                var search = new FarthestTile(reference, queries, neighborCount, (long*)indicesAddress, (float*)distancesAddress);
                for (var tile = Interlocked.Increment(ref next); tile < tiles; tile = Interlocked.Increment(ref next))
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                    var first = tile * perTile;
                    var count = (int)Math.Min(perTile, queries.RowCount - first);
                    search.Search(new ReadOnlySpan<int>(order.Pointer + first, count));
                    options.Progress?.Report(Interlocked.Add(ref done, count));
                }

                Interlocked.Add(ref ranked, search.RankedPairs);
            });
        }

        return new SearchStatistics(queries.RowCount * reference.RowCount, 0, ranked);
    }
}
