using Engine.Compute;
using Engine.Data;

namespace Engine.Neighbors;

/// <content>Counts of rows before a limit, of any size.</content>
public sealed partial class NearestNeighbors
{
    /// <summary>Counts, for queries that are checked, the rows that come before their limits in squared L2; only without feature weights.</summary>
    /// <param name="queries">m x p.</param>
    /// <param name="rows">For each query a row of the reference that is not counted.</param>
    /// <param name="limitSquares">The wide squared distance of each limit.</param>
    /// <param name="limitRows">The row of each limit.</param>
    /// <param name="needed">How many rows each query needs; lowered by one for each row found, to 0 at the least.</param>
    /// <param name="options">How to use the machine.</param>
    internal void CountNearer(
        SampleMatrix queries, ReadOnlyMemory<long> rows, ReadOnlyMemory<double> limitSquares, ReadOnlyMemory<long> limitRows, Span<int> needed, ComputeOptions options)
    {
        ThrowIfDisposed();
        foreach (var scale in new[] { DistanceScale.Ordinary, DistanceScale.Small, DistanceScale.Large })
        {
            var some = PlacesOfScale(limitSquares.Span, scale, queries.Stride);
            if (some.Length == 0)
                continue;
            var limits = Array.ConvertAll(some, place => WideDistance.ToScale(scale, limitSquares.Span[(int)place]));
            if (some.Length == queries.RowCount)
            {
                _index.CountNearer(new NearerRequest(queries, rows, limits, limitRows) { Scale = scale }, needed, options);
                return;
            }

            var excluded = Array.ConvertAll(some, place => rows.Span[(int)place]);
            var rowsOfLimits = Array.ConvertAll(some, place => limitRows.Span[(int)place]);
            var request = new NearerRequest(queries.SelectRows(some), excluded, limits, rowsOfLimits) { Scale = scale };
            var left = new int[some.Length];
            for (var i = 0; i < some.Length; i++)
                left[i] = needed[(int)some[i]];
            _index.CountNearer(request, left, options with { Progress = null });
            for (var i = 0; i < some.Length; i++)
                needed[(int)some[i]] = left[i];
        }

        options.Progress?.Report(queries.RowCount);
    }

    private static long[] PlacesOfScale(ReadOnlySpan<double> squares, DistanceScale scale, int stride)
    {
        var places = new List<long>();
        for (var place = 0; place < squares.Length; place++)
        {
            if (WideDistance.ScaleOf(squares[place], stride) == scale)
                places.Add(place);
        }

        return [.. places];
    }
}
