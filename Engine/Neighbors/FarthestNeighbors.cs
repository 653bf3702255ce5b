using Engine.Compute;
using Engine.Data;

namespace Engine.Neighbors;

/// <summary>Exact k farthest neighbors in squared L2, of any size: where the ordinary scale cannot rank, the backend is asked again at another.</summary>
internal static class FarthestNeighbors
{
    /// <summary>Finds the farthest reference rows of every query.</summary>
    /// <param name="reference">n x p, finite; fastest with memory of its own.</param>
    /// <param name="queries">m x p, finite.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="indices">Receives m x k reference rows, row-major, farthest first.</param>
    /// <param name="squares">Receives m x k wide squared distances, likewise.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>How much work the search was spared.</returns>
    /// <exception cref="InsufficientMemoryException">An index of the reference does not fit the memory limit.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped; the destinations then hold nothing of use.</exception>
    public static SearchStatistics Search(
        SampleMatrix reference, SampleMatrix queries, int neighborCount, Span<long> indices, Span<double> squares, ComputeOptions options)
    {
        options.RequireMemory(reference.RowCount * SlabIndex.BytesOfIndex(reference), $"the farthest of {reference.RowCount:N0} rows, which are searched with one index of all,");
        var distances = new float[squares.Length];
        var statistics = options.Backend.FindFarthest(reference, new NeighborRequest(queries, neighborCount), indices, distances, options);
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
            statistics = statistics.Plus(Replace(DistanceScale.Large, reference, queries, neighborCount, [.. far], indices, squares, apart));
        if (close.Count > 0)
            statistics = statistics.Plus(Replace(DistanceScale.Small, reference, queries, neighborCount, [.. close], indices, squares, apart));
        return statistics with { PairCount = queries.RowCount * reference.RowCount };
    }

    /// <summary>Replaces the entries of some lists that the ordinary scale cannot rank: the first ones, at infinity, or the last ones, too close.</summary>
    private static SearchStatistics Replace(
        DistanceScale scale, SampleMatrix reference, SampleMatrix queries, int neighborCount, long[] some, Span<long> indices, Span<double> squares, ComputeOptions options)
    {
        var (rows, scaled) = (new long[some.Length * neighborCount], new float[some.Length * neighborCount]);
        var statistics = options.Backend.FindFarthest(reference, new NeighborRequest(queries.SelectRows(some), neighborCount) { Scale = scale }, rows, scaled, options);
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

        return statistics;
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
}
