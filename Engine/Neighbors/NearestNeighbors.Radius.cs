using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <content>All rows within a distance.</content>
public sealed partial class NearestNeighbors
{
    /// <summary>Finds all reference rows within a distance of every query.</summary>
    /// <param name="queries">m x p, finite.</param>
    /// <param name="radius">The largest distance, in the unit of the metric, finite and 0 or more; a row at exactly this distance is found.</param>
    /// <param name="options">How to search.</param>
    /// <returns>For each query the rows, ordered by (distance, row index).</returns>
    /// <exception cref="ArgumentException">As in <see cref="Search(SampleMatrix, int, NeighborOptions?)"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="radius"/> is negative or not finite.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public RadiusTable SearchWithin(SampleMatrix queries, float radius, NeighborOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        options ??= new NeighborOptions();
        var request = RequestWithin(queries, radius, options);
        var (indices, distances) = (new long[queries.RowCount][], new float[queries.RowCount][]);
        using var held = _index.Reference.Hold();
        using var heldQueries = request.Queries.Hold();
        // Ranks order what each has found, whose rows no other can read.
        var ranking = Metric == Metric.L1 || _index is SpreadIndex ? null : new WideRanking(_index, request.Queries, options);
        var statistics = _index.FindWithin(
            request,
            (query, rows, values) => (indices[query], distances[query]) = ranking?.Order(query, request.Scale, rows, values) ?? (rows.ToArray(), values.ToArray()),
            options.Compute);
        return new RadiusTable(indices, distances, statistics);
    }

    /// <summary>Counts the reference rows within a distance of every query.</summary>
    /// <param name="queries">m x p, finite.</param>
    /// <param name="radius">The largest distance, as in <see cref="SearchWithin"/>.</param>
    /// <param name="counts">Receives m counts.</param>
    /// <param name="options">How to search.</param>
    /// <returns>How much work the search was spared.</returns>
    /// <exception cref="ArgumentException">As in <see cref="SearchWithin"/>, or <paramref name="counts"/> is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="radius"/> is negative or not finite.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped; <paramref name="counts"/> then holds nothing of use.</exception>
    public unsafe SearchStatistics CountWithin(SampleMatrix queries, float radius, Span<long> counts, NeighborOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        if (counts.Length < queries.RowCount)
            Throw.Argument_DestinationTooShort(nameof(counts), counts.Length, queries.RowCount);
        fixed (long* start = counts)
        {
            var address = (nint)start;
            options ??= new NeighborOptions();
            return _index.FindWithin(RequestWithin(queries, radius, options), (query, rows, _) => ((long*)address)[query] = rows.Length, options.Compute);
        }
    }

    private RadiusRequest RequestWithin(SampleMatrix queries, float radius, NeighborOptions options)
    {
        Check(queries, options);
        if (!(radius >= 0 && radius <= float.MaxValue))
            Throw.ArgumentOutOfRange(nameof(radius), radius, "0 to the largest finite number");
        return new RadiusRequest(Weigh(queries), radius, options.ExcludeSelf, options.Among) { Scale = WideRanking.ScaleOf(Metric, radius, queries.Stride) };
    }
}
