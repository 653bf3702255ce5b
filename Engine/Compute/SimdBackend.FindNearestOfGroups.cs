using System.Numerics;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Compute;

/// <content>Nearest row of each group in L1: a distance is computed once, whatever the number of groups that its row is in.</content>
public sealed partial class SimdBackend
{
    /// <inheritdoc/>
    public unsafe void FindNearestOfGroups(
        SampleMatrix reference, ReadOnlyMemory<ulong> groupsOfRow, int groupCount, SampleMatrix queries, Span<long> indices, Span<float> distances, ComputeOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(options);
        // A distance can overflow to infinity; an index below 0 marks a group of which no row was seen yet. Every group has one.
        distances.Fill(float.PositiveInfinity);
        indices.Fill(-1);
        fixed (long* indicesStart = indices)
        fixed (float* distancesStart = distances)
        {
            var (indicesAddress, distancesAddress) = ((nint)indicesStart, (nint)distancesStart);
            Parallel.For(
                0L,
                (queries.RowCount + QueriesPerTile - 1) / QueriesPerTile,
                options.ToParallelOptions(),
                () => (Queries: new float[queries.BlockScratchLength], Reference: new float[reference.BlockScratchLength]),
                (tile, _, scratch) =>
                {
                    var first = tile * QueriesPerTile;
                    var count = (int)Math.Min(QueriesPerTile, queries.RowCount - first);
                    var tileIndices = new Span<long>((long*)indicesAddress + (first * groupCount), count * groupCount);
                    var tileDistances = new Span<float>((float*)distancesAddress + (first * groupCount), count * groupCount);
                    var queryBlock = queries.ReadBlock(first / SampleMatrix.RowsPerBlock, scratch.Queries);
                    var firstInBlock = (int)(first % SampleMatrix.RowsPerBlock);
                    Span<float> blockDistances = stackalloc float[SampleMatrix.RowsPerBlock];
                    for (long blockIndex = 0; blockIndex < reference.BlockCount; blockIndex++)
                    {
                        options.CancellationToken.ThrowIfCancellationRequested();
                        var block = reference.ReadBlock(blockIndex, scratch.Reference);
                        var groups = groupsOfRow.Span.Slice((int)block.FirstRow, block.RowCount);
                        var computed = blockDistances[..block.RowCount];
                        for (var query = 0; query < count; query++)
                        {
                            DistanceKernel.Compute<AbsoluteDifference>(queryBlock.PaddedRow(firstInBlock + query), block.Values, block.Stride, computed);
                            KeepNearest(computed, groups, block.FirstRow, tileIndices.Slice(query * groupCount, groupCount), tileDistances.Slice(query * groupCount, groupCount));
                        }
                    }

                    return scratch;
                },
                static _ => { });
        }
    }

    private static void KeepNearest(ReadOnlySpan<float> computed, ReadOnlySpan<ulong> groups, long firstRow, Span<long> indices, Span<float> distances)
    {
        for (var row = 0; row < computed.Length; row++)
        {
            for (var bits = groups[row]; bits != 0; bits &= bits - 1)
            {
                var group = BitOperations.TrailingZeroCount(bits);
                if (computed[row] < distances[group] || indices[group] < 0)
                {
                    distances[group] = computed[row];
                    indices[group] = firstRow + row;
                }
            }
        }
    }
}
