using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Ranks the pairs that the filter left by the canonical distance, on the processor: the same bits whatever the device computes.</summary>
internal static class PairRanking
{
    /// <summary>Ranks pairs.</summary>
    /// <param name="pairs">query x 2^32 + place, in any order.</param>
    /// <param name="queries">The padded queries of the batch.</param>
    /// <param name="queryCount">How many.</param>
    /// <param name="reference">The rows.</param>
    /// <param name="rowOf">Returns the row at a place.</param>
    /// <param name="ranking">What keeps them.</param>
    /// <param name="parallel">How to use the machine.</param>
    /// <returns>The number of pairs ranked: a row that a query may not find is none.</returns>
    public static long Rank<TTerm>(
        ReadOnlySpan<long> pairs, float[] queries, int queryCount, SampleMatrix reference, Func<int, long> rowOf, IRanking ranking, ParallelOptions parallel)
        where TTerm : struct, IDistanceTerm
    {
        var (starts, places) = ByQuery(pairs, queryCount);
        var ranked = 0L;
        ParallelLoop.For(0, queryCount, parallel, () => (Reader: new RowReader(reference), Ranked: 0L), (query, _, worker) =>
        {
            ref var values = ref queries[query * reference.Stride];
            foreach (var place in places.AsSpan(starts[query]..starts[query + 1]))
            {
                var row = rowOf(place);
                if (!ranking.MayFind(query, row))
                    continue;
                ref var rowValues = ref MemoryMarshal.GetReference(worker.Reader.Read(row));
                ranking.Offer(query, row, DistanceKernel.ComputeOne<TTerm>(ref values, ref rowValues, (nuint)reference.Stride, float.PositiveInfinity));
                worker.Ranked++;
            }

            return worker;
        }, worker => Interlocked.Add(ref ranked, worker.Ranked));
        return ranked;
    }

    /// <summary>Sorts pairs by query: those of query q are at starts[q] to starts[q + 1].</summary>
    private static (int[] Starts, int[] Places) ByQuery(ReadOnlySpan<long> pairs, int queryCount)
    {
        var starts = new int[queryCount + 1];
        foreach (var pair in pairs)
            starts[(int)(pair >> 32) + 1]++;
        for (var query = 0; query < queryCount; query++)
            starts[query + 1] += starts[query];
        var (next, places) = (starts[..queryCount], new int[pairs.Length]);
        foreach (var pair in pairs)
            places[next[(int)(pair >> 32)]++] = (int)pair;
        return (starts, places);
    }
}
