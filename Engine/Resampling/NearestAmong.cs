using Engine.Collectives;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Engine.Resampling;

/// <summary>The nearest other rows, in L2, of every row of a table: where ranks hold it together, each searches for its share of the rows.</summary>
/// <remarks><b>Cost</b>: an index of all rows on every rank; 8 k bytes a row from the rank that searched for it to every other.</remarks>
internal static class NearestAmong
{
    /// <summary>Finds the k nearest other rows of every row.</summary>
    /// <param name="rows">n x p, finite, which this process reads; more than k.</param>
    /// <param name="neighborCount">k, 1 or more.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>n x k places in <paramref name="rows"/>, nearest first.</returns>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static long[] Find(SampleMatrix rows, int neighborCount, NeighborIndexOptions options)
    {
        using var search = NearestNeighbors.BuildOfFinite(rows, Metric.SquaredL2, options);
        if (rows.Share is not { } share)
            return search.SearchSelf(neighborCount, options.Compute).Indices.ToArray();
        var (rank, size) = (share.Collective.Rank, share.Collective.Size);
        var (first, end) = (rows.RowCount * rank / size, rows.RowCount * (rank + 1) / size);
        // One more makes room for the row itself.
        var found = search.SearchWideOfFinite(rows.RowsFrom(first, end - first), neighborCount + 1, new NeighborOptions { Compute = options.Compute }).Indices;
        var own = new long[(end - first) * neighborCount];
        for (var row = first; row < end; row++)
        {
            var list = found.AsSpan((int)((row - first) * (neighborCount + 1)), neighborCount + 1);
            var itself = list.IndexOf(row);
            var others = own.AsSpan((int)((row - first) * neighborCount), neighborCount);
            // Behind more duplicates than the list holds, the row is not in it.
            list[..neighborCount].CopyTo(others);
            if (itself >= 0)
                list[(itself + 1)..].CopyTo(others[itself..]);
        }

        return share.Collective.GatherLists<long>(own);
    }
}
