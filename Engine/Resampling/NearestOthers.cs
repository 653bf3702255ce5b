using Engine.Compute;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Engine.Resampling;

/// <summary>The nearest other rows, in L2, of some rows of a table, with an index of half of it at a time.</summary>
/// <remarks>
/// <para><b>Ties</b>: lists are ordered by (distance, row index). A row is left out of its own list by its index, never by distance 0.</para>
/// <para><b>Cost</b>: 12 k bytes a searching row beside the index, whatever the number of searching rows.</para>
/// </remarks>
internal static class NearestOthers
{
    /// <summary>Tables of up to so many rows are indexed at once: an index takes nearly half as much memory as its rows.</summary>
    public const int RowsPerIndex = 1 << 18;

    private const int QueriesPerBatch = 1 << 16;

    /// <summary>Finds the nearest other rows of chosen rows.</summary>
    /// <param name="samples">n x p, finite.</param>
    /// <param name="among">The rows that may be found; k of them, or k + 1 when they hold searching rows.</param>
    /// <param name="rows">The rows that search.</param>
    /// <param name="neighborCount">k, 1 or more.</param>
    /// <param name="backend">What searches; the processor when null.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <param name="rowsPerIndex">From how many rows on two indexes, one after the other, search a half each.</param>
    /// <returns>rows x k, row-major, nearest first.</returns>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static long[] Find(
        SampleMatrix samples, RowMask among, long[] rows, int neighborCount, IComputeBackend? backend, ComputeOptions compute, int rowsPerIndex = RowsPerIndex)
    {
        var length = checked(rows.Length * neighborCount);
        var (indices, distances) = (new long[length], new float[length]);
        // Entries that every row comes before.
        Array.Fill(indices, long.MaxValue);
        Array.Fill(distances, float.PositiveInfinity);
        var searched = 0L;
        foreach (var part in among.Count > rowsPerIndex ? Halve(among) : [among])
        {
            using var search = NearestNeighbors.Build(samples, Metric.SquaredL2, new() { Rows = part, Backend = backend, Compute = compute });
            for (var first = 0; first < rows.Length; first += QueriesPerBatch)
            {
                var batch = rows.AsMemory(first, Math.Min(QueriesPerBatch, rows.Length - first));
                Merge(search, samples, batch, neighborCount, indices.AsSpan(first * neighborCount), distances.AsSpan(first * neighborCount), CountingFrom(searched, compute));
                searched += batch.Length;
            }
        }

        return indices;
    }

    private static void Merge(
        NearestNeighbors search, SampleMatrix samples, ReadOnlyMemory<long> rows, int neighborCount, Span<long> indices, Span<float> distances, ComputeOptions compute)
    {
        // One neighbor more makes room for the row itself.
        var found = search.Search(samples.SelectRows(rows), (int)Math.Min(neighborCount + 1, search.RowCount), new NeighborOptions { Compute = compute });
        for (var i = 0; i < rows.Length; i++)
        {
            var others = found.IndicesOf(i);
            for (var place = 0; place < others.Length; place++)
            {
                var full = neighborCount;
                if (others[place] != rows.Span[i])
                    NearestList.Offer(indices.Slice(i * neighborCount, full), distances.Slice(i * neighborCount, full), ref full, others[place], found.DistancesOf(i)[place]);
            }
        }
    }

    /// <summary>Lets a batch report its queries on top of those of earlier ones.</summary>
    private static ComputeOptions CountingFrom(long searched, ComputeOptions compute) =>
        compute.Progress is { } progress ? compute with { Progress = new LaterQueries(progress, searched) } : compute;

    /// <summary>Deals rows out by turns, so that a row finds some of those beside it, such as other hours of its stay, in both halves: far rows are then ruled out early.</summary>
    private static RowMask[] Halve(RowMask mask)
    {
        var place = 0;
        var first = RowMask.From(mask.RowCount, row => mask[row] && place++ % 2 == 0);
        return [first, RowMask.From(mask.RowCount, row => mask[row] && !first[row])];
    }

    private sealed class LaterQueries(IProgress<long> progress, long earlier) : IProgress<long>
    {
        public void Report(long value) => progress.Report(earlier + value);
    }
}
