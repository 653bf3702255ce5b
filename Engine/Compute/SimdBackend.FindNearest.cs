using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <content>Nearest rows: a tile of queries passes over all reference blocks, each distance is the canonical one, a short ordered list keeps the best.</content>
public sealed partial class SimdBackend
{
    /// <summary>Queries that one thread takes over all blocks: enough that a block, once in the cache, is used often.</summary>
    private const int QueriesPerTile = 64;

    /// <inheritdoc/>
    public unsafe void FindNearest(NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        fixed (long* indicesStart = indices)
        fixed (float* distancesStart = distances)
        {
            // Tiles write to disjoint parts of the caller's memory, which stays pinned while they run.
            var (indicesAddress, distancesAddress) = ((nint)indicesStart, (nint)distancesStart);
            var k = request.NeighborCount;
            Parallel.For(
                0L,
                (request.Queries.RowCount + QueriesPerTile - 1) / QueriesPerTile,
                options.ToParallelOptions(),
                () => new NeighborScratch(request),
                (tile, _, scratch) =>
                {
                    var first = tile * QueriesPerTile;
                    var count = (int)Math.Min(QueriesPerTile, request.Queries.RowCount - first);
                    var tileIndices = new Span<long>((long*)indicesAddress + (first * k), count * k);
                    var tileDistances = new Span<float>((float*)distancesAddress + (first * k), count * k);
                    if (request.Metric == Metric.L1)
                        SearchTile<AbsoluteDifference>(request, first, count, scratch, tileIndices, tileDistances, options.CancellationToken);
                    else
                        SearchTile<SquaredDifference>(request, first, count, scratch, tileIndices, tileDistances, options.CancellationToken);
                    return scratch;
                },
                static _ => { });
        }

        if (request.Metric == Metric.L2)
        {
            foreach (ref var distance in distances)
                distance = MathF.Sqrt(distance);
        }
    }

    private static void SearchTile<TTerm>(
        NeighborRequest request, long firstQuery, int queryCount, NeighborScratch scratch, Span<long> indices, Span<float> distances, CancellationToken cancellation)
        where TTerm : struct, IDistanceTerm
    {
        var k = request.NeighborCount;
        var queries = request.Queries.ReadBlock(firstQuery / SampleMatrix.RowsPerBlock, scratch.Queries);
        var firstInBlock = (int)(firstQuery % SampleMatrix.RowsPerBlock);
        Span<int> held = stackalloc int[QueriesPerTile];
        held.Clear();
        Span<float> blockDistances = stackalloc float[SampleMatrix.RowsPerBlock];
        for (long blockIndex = 0; blockIndex < request.Reference.BlockCount; blockIndex++)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = request.Reference.ReadBlock(blockIndex, scratch.Reference);
            for (var query = 0; query < queryCount; query++)
            {
                var computed = blockDistances[..block.RowCount];
                DistanceKernel.Compute<TTerm>(queries.PaddedRow(firstInBlock + query), block.Values, block.Stride, computed);
                var nearest = NearestList.Resume(indices.Slice(query * k, k), distances.Slice(query * k, k), held[query]);
                var self = request.ExcludeSelf ? firstQuery + query - block.FirstRow : -1;
                for (var row = 0; row < computed.Length; row++)
                {
                    if (row != self && (computed[row] < nearest.Threshold || nearest.Count < k))
                        nearest.Offer(block.FirstRow + row, computed[row]);
                }

                held[query] = nearest.Count;
            }
        }
    }

    private sealed class NeighborScratch(NeighborRequest request)
    {
        public float[] Queries { get; } = new float[request.Queries.BlockScratchLength];

        public float[] Reference { get; } = new float[request.Reference.BlockScratchLength];
    }
}
