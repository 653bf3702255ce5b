using Engine.Collectives;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <content>All rows within a distance.</content>
internal sealed partial class SpreadIndex
{
    private const int QueriesPerMessage = 1 << 16;

    /// <inheritdoc/>
    /// <remarks><b>Cost</b>: 4 bytes a query from every rank to every other, and 16 bytes a row that is found.</remarks>
    public SearchStatistics FindWithin(RadiusRequest request, FoundWithin found, ComputeOptions options)
    {
        ThrowIfDisposed();
        var statistics = default(SearchStatistics);
        for (var first = 0L; first < request.Queries.RowCount; first += QueriesPerMessage)
        {
            // Sent to all, where they lie with several ranks.
            var queries = request.Queries.RowsFrom(first, Math.Min(QueriesPerMessage, request.Queries.RowCount - first));
            var lists = new List<(double Key, long Row)>?[queries.RowCount];
            if (_own is not null)
                statistics = statistics.Plus(FindOwnWithin(request, queries, first, lists, options));
            HandOver(request, first, Exchange(lists), found);
            options.Progress?.Report(first + queries.RowCount);
        }

        return SumOf(statistics);
    }

    /// <summary>Finds the rows of this rank, each with what the rows of all ranks are ordered by.</summary>
    private SearchStatistics FindOwnWithin(RadiusRequest request, SampleMatrix queries, long firstQuery, List<(double Key, long Row)>?[] lists, ComputeOptions options)
    {
        var among = OwnOf(request.Among);
        if (among?.Count == 0)
            return default;
        using var hold = Reference.Hold();
        var largest = WideRanking.LargestToMeasure(Metric, request.Scale, queries.Stride);
        return _own!.Index.FindWithin(
            request with { Queries = queries, ExcludeSelf = false, Among = among, Unit = Metric },
            (query, rows, distances) =>
            {
                var (list, queryReader, rowReader) = (new List<(double, long)>(rows.Length), new RowReader(queries), new RowReader(Reference));
                for (var i = 0; i < rows.Length; i++)
                {
                    var row = rows[i] + _firstRow;
                    if (request.ExcludeSelf && row == firstQuery + query)
                        continue;
                    var key = Metric == Metric.L1 ? distances[i]
                        : distances[i] <= largest ? WideDistance.Of(queryReader.Read(query), rowReader.Read(row))
                        : WideDistance.AtScale(request.Scale, queryReader.Read(query), rowReader.Read(row));
                    list.Add((key, row));
                }

                lists[query] = list;
            },
            options with { Progress = null });
    }

    /// <summary>Returns for each query the rows of all ranks, in order.</summary>
    private (double Key, long Row)[][] Exchange(List<(double Key, long Row)>?[] own)
    {
        var counts = _collective.GatherLists<int>(Array.ConvertAll(own, static list => list?.Count ?? 0));
        // Pairs are sent as two lists: what lies between their values in memory is anything.
        var keys = _collective.GatherLists<double>([.. own.SelectMany(static list => (list ?? []).Select(static entry => entry.Key))]);
        var rows = _collective.GatherLists<long>([.. own.SelectMany(static list => (list ?? []).Select(static entry => entry.Row))]);
        var all = new List<(double, long)>[own.Length];
        for (int i = 0, entry = 0; i < counts.Length; i++)
        {
            var list = all[i % own.Length] ??= [];
            for (var end = entry + counts[i]; entry < end; entry++)
                list.Add((keys[entry], rows[entry]));
        }

        return Array.ConvertAll(all, static list => list.Order().ToArray());
    }

    private void HandOver(RadiusRequest request, long firstQuery, (double Key, long Row)[][] lists, FoundWithin found)
    {
        for (var query = 0; query < lists.Length; query++)
        {
            var (rows, distances) = (Array.ConvertAll(lists[query], static entry => entry.Row), Array.ConvertAll(lists[query], entry => Metric == Metric.L1 ? (float)entry.Key : WideDistance.ToUnit(Metric, entry.Key)));
            found(firstQuery + query, rows, distances);
        }
    }
}
