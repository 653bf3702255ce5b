namespace Engine.Compute.Search;

/// <summary>What a search keeps of the rows that it finds, and how far it must look for more.</summary>
internal interface ICollector
{
    /// <summary>Takes a tile of queries; sets its first limits.</summary>
    void Begin(QueryTile tile, ReadOnlySpan<int> queries);

    /// <summary>Prepares for a leaf: returns its places that may be found, and sets limits where they depend on the leaf.</summary>
    ulong Enter(QueryTile tile, long leaf);

    /// <summary>Returns whether a row may be found by a query of the tile.</summary>
    bool MayFind(int query, long row);

    /// <summary>Returns the canonical distance above which no row matters to a query of the tile.</summary>
    float LimitOf(int query);

    /// <summary>Offers a row at its canonical distance.</summary>
    /// <returns>Whether the limit of the query was drawn in.</returns>
    bool Offer(QueryTile tile, int query, long row, float distance);

    /// <summary>Ends the tile.</summary>
    void End();
}
