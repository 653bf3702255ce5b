namespace Engine.Gpu.Ilgpu.Search;

/// <summary>What a search keeps of the rows that the filter leaves. Queries are counted within a batch; two threads never speak of the same query.</summary>
internal interface IRanking
{
    /// <summary>Takes a batch of queries.</summary>
    void Begin(long firstQuery, int count);

    /// <summary>Returns the canonical distance above which no row matters to a query.</summary>
    float LimitOf(int query);

    /// <summary>Returns whether a query may find a row.</summary>
    bool MayFind(int query, long row);

    /// <summary>Offers a row at its canonical distance.</summary>
    void Offer(int query, long row, float distance);

    /// <summary>Hands over the results of the batch.</summary>
    void End();
}
