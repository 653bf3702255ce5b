using Engine.Compute.Search;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <content>Farthest rows.</content>
public sealed partial class SimdBackend
{
    /// <inheritdoc/>
    /// <remarks>
    /// <para><b>Determinism</b>: the same bits for any number of threads, order of queries and SIMD level; the canonical distance decides.</para>
    /// <para><b>Cost</b>: queries go in tiles of up to 64 that lie close together. One distance a tile and reference row, then those pairs of a query and a row that the
    /// triangle inequality does not rule out: few for clinical rows, all m x n for rows without structure. Memory: 4 bytes a reference row and thread; no distance matrix.</para>
    /// </remarks>
    public SearchStatistics FindFarthest(SampleMatrix reference, NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        var ranked = request.Scale switch
        {
            DistanceScale.Small => FindFarthest<SmallSquaredDifference>(reference, request, indices, distances, options),
            DistanceScale.Large => FindFarthest<LargeSquaredDifference>(reference, request, indices, distances, options),
            _ => FindFarthest<SquaredDifference>(reference, request, indices, distances, options),
        };
        return new SearchStatistics(request.Queries.RowCount * reference.RowCount, 0, ranked);
    }

    /// <returns>The number of pairs that were ranked.</returns>
    private static unsafe long FindFarthest<TTerm>(SampleMatrix reference, NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options)
        where TTerm : struct, IDistanceTerm
    {
        var (queries, neighborCount, parallel) = (request.Queries, request.NeighborCount, options.ToParallelOptions());
        using var held = reference.Hold();
        using var heldQueries = queries.Hold();
        using var filter = RotatedFilter.Build(reference, null, parallel);
        using var order = filter.OrderQueries(queries, parallel);
        var workers = ParallelLoop.WorkersOf(parallel);
        var perTile = (int)Math.Clamp(queries.RowCount / (4 * workers), 1, FarthestTile<TTerm>.LargestCount);
        var tiles = (queries.RowCount + perTile - 1) / perTile;
        long next = -1, ranked = 0, done = 0;
        fixed (long* indicesStart = indices)
        fixed (float* distancesStart = distances)
        {
            // Tiles write to disjoint parts of the caller's memory, which stays pinned while they run.
            var (indicesAddress, distancesAddress) = ((nint)indicesStart, (nint)distancesStart);
            ParallelLoop.For(0, (int)Math.Min(workers, tiles), parallel, _ =>
            {
                var search = new FarthestTile<TTerm>(reference, queries, neighborCount, (long*)indicesAddress, (float*)distancesAddress);
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

        return ranked;
    }
}
