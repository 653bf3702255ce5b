namespace Engine.Gpu.Ilgpu;

/// <summary>How much a search holds on the device at a time. Nothing here changes a result.</summary>
internal sealed record IlgpuLimits
{
    /// <summary>Gets the largest number of queries that are searched together.</summary>
    public int QueriesPerBatch { get; init; } = 1 << 15;

    /// <summary>Gets the largest number of elements in a batch of queries.</summary>
    public long QueryElements { get; init; } = 1 << 25;

    /// <summary>Gets the largest number of elements of a slab: rows that are sent together.</summary>
    public long SlabElements { get; init; } = 1 << 24;

    /// <summary>Gets how many pairs the filter may leave at a time: 8 bytes each on the device and on the host.</summary>
    public int PairCount { get; init; } = 1 << 22;

    /// <summary>Gets how many rows are compared first, when there is no threshold yet.</summary>
    public int FirstStep { get; init; } = 64;

    /// <summary>Gets the bytes that may lie on the device; null for nine tenths of its memory.</summary>
    public long? DeviceBytes { get; init; }
}
