namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Where and how the pairs that the filter leaves are ranked: those of a step while the filter compares the next.</summary>
internal interface IPairRanking : IDisposable
{
    /// <summary>Gets how many pairs were ranked: a row that a query may not find makes none.</summary>
    long RankedPairs { get; }

    /// <summary>Takes a batch of queries.</summary>
    /// <param name="firstQuery">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="values">Their padded rows.</param>
    /// <param name="queries">The same on the device.</param>
    void Begin(long firstQuery, int count, ReadOnlySpan<float> values, DeviceRows queries);

    /// <summary>Starts to rank the pairs of a step.</summary>
    void Start(StepPairs pairs);

    /// <summary>Waits until what was started is ranked.</summary>
    void Finish();

    /// <summary>Says for each query above which canonical distance no row matters, as far as what is ranked says.</summary>
    void CopyLimits(Span<float> limits);

    /// <summary>Hands over the results of the batch.</summary>
    void End();
}
