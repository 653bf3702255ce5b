using System.Runtime.InteropServices;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>Completes L2 searches where squares are too small or too large for float32: ranks rows by their wide distance, and searches again at another scale where more rows may matter.</summary>
/// <remarks>Nothing is done for a query whose distances are all ordinary, but to look at the first and the last of them.</remarks>
/// <param name="index">The index, of either kind of L2.</param>
/// <param name="queries">The searching rows, as the index measures them.</param>
/// <param name="options">How the search was made.</param>
internal sealed class WideRanking(INeighborIndex index, SampleMatrix queries, NeighborOptions options)
{
    private const int QueriesPerStep = 256;

    private readonly ComputeOptions _compute = options.Compute with { Progress = null };
    private readonly int _stride = queries.Stride;

    /// <summary>The largest distance, in the unit of the metric, that may have lost digits.</summary>
    private readonly float _largestUncertain = WideDistance.ToUnit(index.Metric, WideDistance.SmallestCertain(queries.Stride));

    /// <summary>Returns the scale at which the rows within a radius can be told from others.</summary>
    public static DistanceScale ScaleOf(Metric metric, float radius, int stride) =>
        metric == Metric.L1 ? DistanceScale.Ordinary : WideDistance.ScaleOf(metric == Metric.L2 ? (double)radius * radius : radius, stride);

    /// <summary>Returns the largest distance, in the unit of the metric, up to which rows within a radius are ordered by their wide distance and not by that of the scale.</summary>
    public static float LargestToMeasure(Metric metric, DistanceScale scale, int stride) => scale switch
    {
        DistanceScale.Small => -1,
        DistanceScale.Large => WideDistance.ToUnit(metric, WideDistance.SmallestLarge),
        _ => WideDistance.ToUnit(metric, WideDistance.SmallestCertain(stride)),
    };

    /// <summary>Completes lists of nearest rows found at the ordinary scale.</summary>
    /// <param name="neighborCount">k.</param>
    /// <param name="indices">m x k rows, nearest first.</param>
    /// <param name="distances">Their distances, in the unit of the metric.</param>
    /// <param name="squares">Holds the squares of the distances, and receives wide ones where they are others; empty where they are not wanted.</param>
    /// <returns>How much more work there was.</returns>
    public SearchStatistics Complete(int neighborCount, Span<long> indices, Span<float> distances, Span<double> squares)
    {
        List<long> close = [], far = [];
        for (var query = 0L; query < queries.RowCount; query++)
        {
            var list = distances.Slice((int)query * neighborCount, neighborCount);
            if (list[0] <= _largestUncertain)
                close.Add(query);
            // A place without a row, beyond the limit of a search, is none to fill.
            if (float.IsInfinity(list[^1]) && indices[(int)(((query + 1) * neighborCount) - 1)] >= 0)
                far.Add(query);
        }

        if (close.Count == 0 && far.Count == 0)
            return default;
        var lists = new WideLists(neighborCount, indices, distances, squares, index.Metric);
        var statistics = far.Count == 0 ? default : SearchFar(lists, [.. far]);
        if (close.Count == 0)
            return statistics;
        var crowded = RankClose(lists, [.. close]);
        return crowded.Length == 0 ? statistics : Sum(statistics, SearchClose(lists, crowded));
    }

    /// <summary>Orders the rows within a radius, found at some scale, by their wide distances.</summary>
    /// <param name="query">The query.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="indices">The rows, nearest first as far as the scale can tell.</param>
    /// <param name="distances">Their distances, in the unit of the metric.</param>
    public (long[] Indices, float[] Distances) Order(long query, DistanceScale scale, ReadOnlySpan<long> indices, ReadOnlySpan<float> distances)
    {
        var (rows, values) = (indices.ToArray(), distances.ToArray());
        var (largest, count) = (LargestToMeasure(index.Metric, scale, _stride), 0);
        while (count < values.Length && values[count] <= largest)
            count++;
        if (count == 0)
            return (rows, values);
        var wide = Measure(query, rows.AsSpan(0, count), new RowReader(queries), new RowReader(index.Reference));
        for (var place = 0; place < count; place++)
            (rows[place], values[place]) = (wide[place].Row, WideDistance.ToUnit(index.Metric, wide[place].Square));
        return (rows, values);
    }

    private static SearchStatistics Sum(SearchStatistics first, SearchStatistics second) =>
        new(0, first.ComparedPairs + second.ComparedPairs, first.RankedPairs + second.RankedPairs);

    /// <summary>Returns whether rows have the bytes of a query, which is asked faster than whether they have its values.</summary>
    private static bool AreDuplicates(long query, ReadOnlySpan<long> rows, RowReader queryReader, RowReader rowReader)
    {
        var bytes = MemoryMarshal.AsBytes(queryReader.Read(query));
        foreach (var row in rows)
        {
            if (!bytes.SequenceEqual(MemoryMarshal.AsBytes(rowReader.Read(row))))
                return false;
        }

        return true;
    }

    /// <summary>Measures rows anew and sorts them by (wide distance, row index).</summary>
    private static (double Square, long Row)[] Measure(long query, ReadOnlySpan<long> rows, RowReader queryReader, RowReader rowReader)
    {
        var values = queryReader.Read(query);
        var wide = new (double Square, long Row)[rows.Length];
        for (var place = 0; place < rows.Length; place++)
            wide[place] = (WideDistance.Of(values, rowReader.Read(rows[place])), rows[place]);
        Array.Sort(wide);
        return wide;
    }

    /// <summary>Ranks the rows that are too close for squares.</summary>
    /// <returns>The queries that have nothing but such rows in their lists, and not only their own duplicates: closer ones may be missing.</returns>
    private unsafe long[] RankClose(WideLists lists, long[] close)
    {
        var isCrowded = new bool[close.Length];
        var smallest = WideDistance.SmallestCertain(_stride);
        var k = lists.NeighborCount;
        fixed (long* indices = lists.Indices)
        fixed (float* distances = lists.Distances)
        fixed (double* squares = lists.Squares)
        {
            var (atIndices, atDistances, atSquares) = ((nint)indices, (nint)distances, (nint)squares);
            ParallelLoop.For(
                0,
                (close.Length + QueriesPerStep - 1) / QueriesPerStep,
                _compute.ToParallelOptions(),
                () => (Queries: new RowReader(queries), Rows: new RowReader(index.Reference)),
                (step, _, readers) =>
                {
                    for (var place = step * QueriesPerStep; place < Math.Min(close.Length, (step + 1) * QueriesPerStep); place++)
                        RankOne(place, readers.Queries, readers.Rows);
                    return readers;
                },
                static _ => { });

            void RankOne(int place, RowReader queryReader, RowReader rowReader)
            {
                var start = close[place] * k;
                var rows = new Span<long>((long*)atIndices + start, k);
                var values = new Span<float>((float*)atDistances + start, k);
                var count = 0;
                while (count < k && values[count] <= _largestUncertain)
                    count++;
                // Duplicates of the query lie at 0, in the order of their indices, as they are.
                if (AreDuplicates(close[place], rows[..count], queryReader, rowReader))
                    return;
                var wide = Measure(close[place], rows[..count], queryReader, rowReader);
                for (var i = 0; i < count; i++)
                {
                    (rows[i], values[i]) = (wide[i].Row, WideDistance.ToUnit(index.Metric, wide[i].Square));
                    if (atSquares != 0)
                        ((double*)atSquares)[start + i] = wide[i].Square;
                }

                isCrowded[place] = count == k && wide[^1].Square > 0 && wide[^1].Square < smallest;
            }
        }

        return [.. close.Where((_, place) => isCrowded[place])];
    }

    private SearchStatistics SearchClose(WideLists lists, long[] crowded)
    {
        var (indices, scaled, statistics) = Search(lists.NeighborCount, crowded, DistanceScale.Small);
        for (var i = 0; i < crowded.Length; i++)
        {
            for (var place = 0; place < lists.NeighborCount; place++)
            {
                var entry = (i * lists.NeighborCount) + place;
                lists.Set(crowded[i], place, indices[entry], WideDistance.FromScale(DistanceScale.Small, scaled[entry], _stride));
            }
        }

        return statistics;
    }

    /// <summary>Replaces the rows at infinity by the nearest of them.</summary>
    private SearchStatistics SearchFar(WideLists lists, long[] far)
    {
        var k = lists.NeighborCount;
        var (indices, scaled, statistics) = Search(k, far, DistanceScale.Large);
        for (var i = 0; i < far.Length; i++)
        {
            // With fewer finite distances than places, every row that has one is in the list.
            var place = lists.CountFinite(far[i]);
            var finite = lists.RowsOf(far[i])[..place].ToArray();
            for (var entry = i * k; place < k; entry++)
            {
                if (!finite.Contains(indices[entry]))
                    lists.Set(far[i], place++, indices[entry], WideDistance.FromScale(DistanceScale.Large, scaled[entry], _stride));
            }
        }

        return statistics;
    }

    private (long[] Indices, float[] Scaled, SearchStatistics Statistics) Search(int neighborCount, long[] some, DistanceScale scale)
    {
        var (indices, scaled) = (new long[some.LongLength * neighborCount], new float[some.LongLength * neighborCount]);
        var request = new NeighborRequest(queries.SelectRows(some), neighborCount, ExcludeSelf: false, options.Among)
        {
            // Query i is row i of the reference, whatever place it has among some.
            Excluded = options.ExcludeSelf ? some : default(ReadOnlyMemory<long>),
            Scale = scale,
        };
        return (indices, scaled, index.FindNearest(request, indices, scaled, _compute));
    }
}
