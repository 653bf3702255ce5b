using System.Numerics;

namespace Engine.Compute.Search;

/// <summary>The codes of some queries that lie close together, and for each how far a row may be: what one thread compares with leaves.</summary>
internal abstract unsafe class QueryTile : IDisposable
{
    /// <summary>The largest number of queries: enough that a leaf, once in the cache, is used often, few enough that they lie close together.</summary>
    public const int LargestCount = 64;

    /// <summary>Gets the number of queries.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the queries that still look for rows, a bit each.</summary>
    public ulong Open { get; private set; }

    /// <summary>Takes other queries. Until a limit is set, every row may be near.</summary>
    /// <param name="rows">The rows of the queries, 1 to 64.</param>
    /// <param name="leaf">The leaf of the filter that these rows fill; -1 where they are others.</param>
    public void Load(ReadOnlySpan<int> rows, long leaf)
    {
        Count = rows.Length;
        Open = ulong.MaxValue >> (LargestCount - rows.Length);
        Encode(rows, leaf);
        for (var query = 0; query < rows.Length; query++)
            SetLimit(query, double.PositiveInfinity);
    }

    /// <summary>Bounds the distance of the whole tile to every leaf from below, in the unit of <see cref="ReachOf"/>.</summary>
    /// <param name="bounds">Receives a bound a leaf.</param>
    /// <param name="closest">Receives the leaves whose centers lie closest, the closest first; -1 where there are fewer leaves.</param>
    public abstract void BoundLeaves(Span<int> bounds, Span<long> closest);

    /// <summary>Says how far a row may be.</summary>
    /// <param name="query">The query within the tile.</param>
    /// <param name="distance">A true distance, not squared; infinity for any.</param>
    public abstract void SetLimit(int query, double distance);

    /// <summary>Leaves a query out of what follows: it has found what it needs.</summary>
    /// <param name="query">The query within the tile.</param>
    public void Close(int query) => Open &= ~(1UL << query);

    /// <summary>Gets the bound that a leaf must not exceed to hold a row within the limit of a query.</summary>
    public abstract int ReachOf(int query);

    /// <summary>Returns the reach of the open query that must look furthest; the least integer where none is open.</summary>
    public int FurthestReach()
    {
        var furthest = int.MinValue;
        for (var open = Open; open != 0; open &= open - 1)
            furthest = Math.Max(furthest, ReachOf(BitOperations.TrailingZeroCount(open)));
        return furthest;
    }

    /// <summary>Returns the queries that the box of a leaf comes within the limit of, a bit each; bits past the last query say nothing.</summary>
    public abstract ulong Reaching(long leaf);

    /// <summary>Compares queries with every row of a leaf.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="active">Up to six queries of the tile.</param>
    /// <param name="near">Receives a mask a query: which rows may lie within its limit.</param>
    public abstract void Compare(long leaf, ReadOnlySpan<int> active, ulong* near);

    /// <summary>Takes rows of a leaf that a closer look tells from those within the limit out of masks.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="active">Queries of the tile.</param>
    /// <param name="near">A mask a query.</param>
    public abstract void LookCloser(long leaf, ReadOnlySpan<int> active, ulong* near);

    /// <summary>Returns whether one row may lie within the limit of a query, by the closer look.</summary>
    public abstract bool MayBeNear(int query, long place);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Computes the codes of the queries and the box around them.</summary>
    protected abstract void Encode(ReadOnlySpan<int> rows, long leaf);
}
