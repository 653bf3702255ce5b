using Engine.Compute;
using Engine.Compute.Search;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>Exact k farthest neighbors in squared L2, of any size, on the processor.</summary>
/// <remarks>
/// <para><b>Ties</b>: neighbors are ordered by (falling distance, rising row index).</para>
/// <para><b>Determinism</b>: the same bits for any number of threads, order of queries and SIMD level; the canonical distance decides.</para>
/// <para><b>Cost</b>: queries go in tiles of up to 64 that lie close together. One distance a tile and reference row, then those pairs of a query and a row that the
/// triangle inequality does not rule out: few for clinical rows, all m x n for rows without structure. Memory: 4 bytes a reference row and thread; no distance matrix.</para>
/// </remarks>
internal static class FarthestNeighbors
{
    /// <summary>The largest number of queries of a tile: their rows stay in the cache while reference rows pass.</summary>
    public const int QueriesPerTile = 64;

    /// <summary>Finds the farthest reference rows of every query.</summary>
    /// <param name="reference">n x p, finite; fastest with memory of its own.</param>
    /// <param name="queries">m x p, finite.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="indices">Receives m x k reference rows, row-major, farthest first.</param>
    /// <param name="squares">Receives m x k wide squared distances, likewise.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>How much work the search was spared.</returns>
    /// <exception cref="OperationCanceledException">The search was stopped; the destinations then hold nothing of use.</exception>
    public static SearchStatistics Search(
        SampleMatrix reference, SampleMatrix queries, int neighborCount, Span<long> indices, Span<double> squares, ComputeOptions options)
    {
        var distances = new float[squares.Length];
        var ranked = Search<SquaredDifference>(reference, queries, neighborCount, indices, distances, options);
        var smallest = WideDistance.SmallestCertain(queries.Stride);
        List<long> close = [], far = [];
        for (var query = 0; query < queries.RowCount; query++)
        {
            var list = distances.AsSpan(query * neighborCount, neighborCount);
            if (list[^1] < smallest)
                close.Add(query);
            if (float.IsInfinity(list[0]))
                far.Add(query);
        }

        for (var entry = 0; entry < distances.Length; entry++)
            squares[entry] = distances[entry];
        var apart = options with { Progress = null };
        if (far.Count > 0)
            ranked += Replace<LargeSquaredDifference>(DistanceScale.Large, reference, queries, neighborCount, [.. far], indices, squares, apart);
        if (close.Count > 0)
            ranked += Replace<SmallSquaredDifference>(DistanceScale.Small, reference, queries, neighborCount, [.. close], indices, squares, apart);
        return new SearchStatistics(queries.RowCount * reference.RowCount, 0, ranked);
    }

    /// <summary>Replaces the entries of some lists that the ordinary scale cannot rank: the first ones, at infinity, or the last ones, too close.</summary>
    private static long Replace<TTerm>(
        DistanceScale scale, SampleMatrix reference, SampleMatrix queries, int neighborCount, long[] some, Span<long> indices, Span<double> squares, ComputeOptions options)
        where TTerm : struct, IDistanceTerm
    {
        var (rows, scaled) = (new long[some.Length * neighborCount], new float[some.Length * neighborCount]);
        var ranked = Search<TTerm>(reference, queries.SelectRows(some), neighborCount, rows, scaled, options);
        for (var i = 0; i < some.Length; i++)
        {
            var list = indices.Slice((int)some[i] * neighborCount, neighborCount);
            var values = squares.Slice((int)some[i] * neighborCount, neighborCount);
            // What the ordinary scale ranks before entries that are too close; every such row is in the list.
            var certain = scale == DistanceScale.Large ? 0 : values.Length - CountClose(values, queries.Stride);
            var end = scale == DistanceScale.Large ? CountInfinite(values) : neighborCount;
            var before = list[..certain].ToArray();
            for (int place = certain, entry = i * neighborCount; place < end; entry++)
            {
                if (before.Contains(rows[entry]))
                    continue;
                list[place] = rows[entry];
                values[place++] = WideDistance.FromScale(scale, scaled[entry], queries.Stride);
            }
        }

        return ranked;
    }

    private static int CountInfinite(ReadOnlySpan<double> squares)
    {
        var count = 0;
        while (count < squares.Length && double.IsInfinity(squares[count]))
            count++;
        return count;
    }

    private static int CountClose(ReadOnlySpan<double> squares, int stride)
    {
        var count = 0;
        while (count < squares.Length && squares[^(count + 1)] < WideDistance.SmallestCertain(stride))
            count++;
        return count;
    }

    /// <summary>Finds the farthest rows by the canonical distance of a scale.</summary>
    /// <returns>The number of pairs that were ranked.</returns>
    private static unsafe long Search<TTerm>(
        SampleMatrix reference, SampleMatrix queries, int neighborCount, Span<long> indices, Span<float> distances, ComputeOptions options)
        where TTerm : struct, IDistanceTerm
    {
        var parallel = options.ToParallelOptions();
        using var held = reference.Hold();
        using var heldQueries = queries.Hold();
        using var filter = RotatedFilter.Build(reference, null, parallel);
        using var order = filter.OrderQueries(queries, parallel);
        var workers = ParallelLoop.WorkersOf(parallel);
        var perTile = (int)Math.Clamp(queries.RowCount / (4 * workers), 1, QueriesPerTile);
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
