using Engine.Compute;
using Engine.Compute.Search;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Resampling;

/// <summary>The nearest other rows, in L2, of some rows of a table, with an index of a third of it at a time, or of less where memory is limited.</summary>
/// <remarks>
/// <para><b>Ties</b>: lists are ordered by (distance, row index). A row is left out of its own list by its index, never by distance 0.</para>
/// <para><b>Cost</b>: 12 k bytes a searching row beside the index, whatever the number of searching rows.</para>
/// </remarks>
internal static class NearestOthers
{
    /// <summary>Tables of up to so many rows are indexed at once: an index takes nearly half as much memory as its rows.</summary>
    public const int RowsPerIndex = 1 << 17;

    private const int PartCount = 3;

    private const int QueriesPerBatch = 1 << 16;

    /// <summary>Counts take little memory; of more rows at a time, more lie close together, and share what bounds rule out.</summary>
    private const int CountsPerBatch = 1 << 19;

    /// <summary>Finds the nearest other rows of chosen rows.</summary>
    /// <param name="samples">n x p, finite.</param>
    /// <param name="among">The rows that may be found; k of them, or k + 1 when they hold searching rows.</param>
    /// <param name="rows">The rows that search.</param>
    /// <param name="neighborCount">k, 1 or more.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <param name="rowsPerIndex">From how many rows on three indexes, one after the other, search a third each.</param>
    /// <returns>rows x k, row-major, nearest first.</returns>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static long[] Find(
        SampleMatrix samples, RowMask among, long[] rows, int neighborCount, ComputeOptions compute, int rowsPerIndex = RowsPerIndex)
    {
        return Search(samples, among, rows, neighborCount, compute, rowsPerIndex).Rows;
    }

    /// <summary>Finds the last of the nearest other rows of chosen rows; parameters are those of <see cref="Find"/>.</summary>
    /// <returns>A row and its squared L2 distance for each of <paramref name="rows"/>.</returns>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static (long[] Rows, double[] Squares) FindLast(
        SampleMatrix samples, RowMask among, long[] rows, int neighborCount, ComputeOptions compute, int rowsPerIndex = RowsPerIndex)
    {
        var all = Search(samples, among, rows, neighborCount, compute, rowsPerIndex);
        if (neighborCount == 1)
            return all;
        var last = (Rows: new long[rows.Length], Squares: new double[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
            (last.Rows[i], last.Squares[i]) = (all.Rows[((i + 1) * neighborCount) - 1], all.Squares[((i + 1) * neighborCount) - 1]);
        return last;
    }

    /// <summary>Counts the other rows that come before a limit of chosen rows, in the order of (distance, row index).</summary>
    /// <param name="samples">n x p, finite.</param>
    /// <param name="among">The rows that count.</param>
    /// <param name="rows">The rows that search.</param>
    /// <param name="limits">A limit for each: a row and its squared L2 distance.</param>
    /// <param name="needed">How many rows each needs; lowered by one for each row found, to 0 at the least.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <param name="rowsPerIndex">From how many rows on three indexes, one after the other, search a third each.</param>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static void CountNearer(
        SampleMatrix samples,
        RowMask among,
        long[] rows,
        (long[] Rows, double[] Squares) limits,
        int[] needed,
        ComputeOptions compute,
        int rowsPerIndex = RowsPerIndex)
    {
        var searched = 0L;
        foreach (var part in PartsOf(samples, among, rowsPerIndex, compute))
        {
            using var search = NearestNeighbors.BuildOfFinite(samples, Metric.SquaredL2, new() { Rows = part, Compute = compute });
            // Those that found enough in an earlier part would keep the others from lying close together.
            foreach (var places in Enumerable.Range(0, rows.Length).Where(place => needed[place] > 0).Chunk(CountsPerBatch))
            {
                var open = Array.ConvertAll(places, place => rows[place]);
                var (limitSquares, limitRows) = (Array.ConvertAll(places, place => limits.Squares[place]), Array.ConvertAll(places, place => limits.Rows[place]));
                var left = Array.ConvertAll(places, place => needed[place]);
                search.CountNearer(samples.SelectRows(open), open, limitSquares, limitRows, left, CountingFrom(searched, compute));
                for (var i = 0; i < places.Length; i++)
                    needed[places[i]] = left[i];
                searched += places.Length;
            }
        }
    }

    /// <summary>Bounds the last of the nearest other rows of rows among themselves, by rows that lie near: it comes no later than the bound.</summary>
    /// <param name="samples">n x p, finite.</param>
    /// <param name="rows">The rows that search and may be found, more than k.</param>
    /// <param name="neighborCount">k, 1 or more.</param>
    /// <param name="compute">How to use the machine.</param>
    /// <param name="rowsPerIndex">From how many rows on each searches in a third that lies together.</param>
    /// <returns>A row and its squared L2 distance for each of <paramref name="rows"/>, ascending; infinity where nothing is known.</returns>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static (long[] Rows, double[] Squares) BoundLast(
        SampleMatrix samples, RowMask rows, int neighborCount, ComputeOptions compute, int rowsPerIndex = RowsPerIndex)
    {
        var all = rows.ToRows();
        var bounds = (Rows: new long[all.Length], Squares: new double[all.Length]);
        Array.Fill(bounds.Squares, double.PositiveInfinity);
        var smallest = WideDistance.SmallestCertain(samples.Stride);
        foreach (var region in RegionsOf(samples, rows, rowsPerIndex, compute).Where(region => region.Count > neighborCount))
        {
            using var search = NearestNeighbors.BuildOfFinite(samples, Metric.SquaredL2, new() { Rows = region, Compute = compute });
            var found = search.SearchNearby(region.ToRows(), neighborCount, compute with { Progress = null });
            var last = neighborCount - 1;
            for (var place = 0; place < all.Length; place++)
            {
                if (!region[(int)all[place]])
                    continue;
                // Rows that are too close for float32 to rank would need another look, and are few.
                if (found.Distances[last] >= smallest)
                    (bounds.Rows[place], bounds.Squares[place]) = (found.Indices[last], found.Distances[last]);
                last += neighborCount;
            }
        }

        return bounds;
    }

    private static (long[] Rows, double[] Squares) Search(
        SampleMatrix samples, RowMask among, long[] rows, int neighborCount, ComputeOptions compute, int rowsPerIndex)
    {
        var length = checked(rows.Length * neighborCount);
        var (indices, squares) = (new long[length], new double[length]);
        // Entries that every row comes before.
        Array.Fill(indices, long.MaxValue);
        Array.Fill(squares, double.PositiveInfinity);
        var searched = 0L;
        foreach (var part in PartsOf(samples, among, rowsPerIndex, compute))
        {
            using var search = NearestNeighbors.BuildOfFinite(samples, Metric.SquaredL2, new() { Rows = part, Compute = compute });
            for (var first = 0; first < rows.Length; first += QueriesPerBatch)
            {
                var batch = rows.AsMemory(first, Math.Min(QueriesPerBatch, rows.Length - first));
                var known = squares.AsSpan(first * neighborCount, batch.Length * neighborCount);
                // What earlier parts hold bounds what later ones need look at.
                var limits = searched < rows.Length ? [] : LimitsOf(known, neighborCount, samples.Stride);
                Merge(search, samples, batch, neighborCount, limits, indices.AsSpan(first * neighborCount), known, CountingFrom(searched, compute));
                searched += batch.Length;
            }
        }

        return (indices, squares);
    }

    /// <summary>Returns the last distance of each list where float32 has all its digits, infinity for others.</summary>
    private static float[] LimitsOf(ReadOnlySpan<double> squares, int neighborCount, int stride)
    {
        var limits = new float[squares.Length / neighborCount];
        for (var i = 0; i < limits.Length; i++)
        {
            var last = squares[((i + 1) * neighborCount) - 1];
            limits[i] = WideDistance.ScaleOf(last, stride) == DistanceScale.Ordinary ? (float)last : float.PositiveInfinity;
        }

        return limits;
    }

    private static void Merge(
        NearestNeighbors search,
        SampleMatrix samples,
        ReadOnlyMemory<long> rows,
        int neighborCount,
        float[] limits,
        Span<long> indices,
        Span<double> squares,
        ComputeOptions compute)
    {
        // One neighbor more makes room for the row itself.
        var foundCount = (int)Math.Min(neighborCount + 1, search.RowCount);
        var found = search.SearchWideOfFinite(samples.SelectRows(rows), foundCount, new NeighborOptions { Compute = compute }, limits);
        for (var i = 0; i < rows.Length; i++)
        {
            // A place without a row holds -1: no other row matters.
            for (var entry = i * foundCount; entry < (i + 1) * foundCount && found.Indices[entry] >= 0; entry++)
            {
                var full = neighborCount;
                if (found.Indices[entry] != rows.Span[i])
                    NearestList.Offer(indices.Slice(i * neighborCount, full), squares.Slice(i * neighborCount, full), ref full, found.Indices[entry], found.Squares[entry]);
            }
        }
    }

    /// <summary>Lets a batch report its queries on top of those of earlier ones.</summary>
    private static ComputeOptions CountingFrom(long searched, ComputeOptions compute) =>
        compute.Progress is { } progress ? compute with { Progress = new LaterQueries(progress, searched) } : compute;

    /// <summary>Deals rows out by turns, so that a row finds some of those beside it, such as other hours of its stay, in every part: far rows are then ruled out early.</summary>
    private static IEnumerable<RowMask> PartsOf(SampleMatrix samples, RowMask among, int rowsPerIndex, ComputeOptions compute)
    {
        var count = CountParts(samples, among, rowsPerIndex, compute);
        if (count == 1)
            return [among];
        return Enumerable.Range(0, count).Select(part =>
        {
            var place = 0;
            return RowMask.From(among.RowCount, row => among[row] && place++ % count == part);
        }).Where(static part => part.Count > 0);
    }

    /// <summary>Returns how many parts to search one after the other: three, or as many as the memory limit asks for.</summary>
    private static int CountParts(SampleMatrix samples, RowMask among, int rowsPerIndex, ComputeOptions compute) =>
        Math.Max(among.Count <= rowsPerIndex ? 1 : PartCount, SlabIndex.CountSlabs(samples, among.Count, compute));

    /// <summary>Cuts rows into parts that lie apart, so that the rows nearest to one are nearly always in its own.</summary>
    private static IEnumerable<RowMask> RegionsOf(SampleMatrix samples, RowMask among, int rowsPerIndex, ComputeOptions compute)
    {
        var count = CountParts(samples, among, rowsPerIndex, compute);
        if (count == 1)
            return [among];
        using var held = samples.Hold();
        var (rows, parallel) = (among.ToRows(), compute.ToParallelOptions());
        var quantizer = QuantizerChoice.Choose(samples, rows.Length, i => rows[i], parallel);
        var size = (rows.Length + count - 1) / count;
        using var order = RotatedFilter.OrderOf(quantizer, samples, rows, rows.Length, size, parallel);
        var regions = new int[among.RowCount];
        for (var place = 0; place < rows.Length; place++)
            regions[Row(order, place)] = 1 + (place / size);
        return Enumerable.Range(1, count).Select(region => RowMask.From(among.RowCount, row => regions[row] == region)).Where(static part => part.Count > 0);

        static unsafe int Row(NativeBuffer<int> order, int place) => order.Pointer[place];
    }

    private sealed class LaterQueries(IProgress<long> progress, long earlier) : IProgress<long>
    {
        public void Report(long value) => progress.Report(earlier + value);
    }
}
