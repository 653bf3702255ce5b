namespace Bench.Comparisons.Neighbors;

/// <summary>The neighbors that a search found.</summary>
/// <param name="NeighborCount">k.</param>
/// <param name="Indices">m x k reference rows, nearest first.</param>
/// <param name="Distances">m x k distances.</param>
internal sealed record FoundNeighbors(int NeighborCount, long[] Indices, float[] Distances)
{
    /// <summary>Returns the rows found for a query.</summary>
    public ReadOnlySpan<long> IndicesOf(int query) => Indices.AsSpan(query * NeighborCount, NeighborCount);

    /// <summary>Returns the distances found for a query.</summary>
    public ReadOnlySpan<float> DistancesOf(int query) => Distances.AsSpan(query * NeighborCount, NeighborCount);

    /// <summary>Returns lists of one fewer neighbor in which no query has found itself.</summary>
    /// <remarks>Its own row leaves the list; where rows equally far kept that out, the last one does.</remarks>
    /// <param name="ownRows">The row of every query.</param>
    public FoundNeighbors Without(long[] ownRows)
    {
        var rest = new FoundNeighbors(NeighborCount - 1, new long[ownRows.Length * (NeighborCount - 1)], new float[ownRows.Length * (NeighborCount - 1)]);
        for (var query = 0; query < ownRows.Length; query++)
        {
            var own = IndicesOf(query).IndexOf(ownRows[query]);
            if (own < 0)
                own = NeighborCount - 1;
            Remove(IndicesOf(query), own, rest.Indices.AsSpan(query * rest.NeighborCount));
            Remove(DistancesOf(query), own, rest.Distances.AsSpan(query * rest.NeighborCount));
        }

        return rest;
    }

    private static void Remove<T>(ReadOnlySpan<T> list, int place, Span<T> destination)
    {
        list[..place].CopyTo(destination);
        list[(place + 1)..].CopyTo(destination[place..]);
    }
}
