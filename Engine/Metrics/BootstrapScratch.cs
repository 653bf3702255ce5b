using CommunityToolkit.HighPerformance.Buffers;

namespace Engine.Metrics;

/// <summary>What one thread needs to draw and measure replicates.</summary>
/// <param name="slotCount">The number of slots drawn from.</param>
/// <param name="threshold">The score from which on class 1 is predicted.</param>
internal sealed class BootstrapScratch(int slotCount, double threshold) : IDisposable
{
    private readonly MemoryOwner<byte> _counts = MemoryOwner<byte>.Allocate(slotCount);

    /// <summary>Gets how often each slot is drawn.</summary>
    public Span<byte> Counts => _counts.Span;

    /// <summary>Gets the walk that measures every row.</summary>
    public MetricWalk Walk { get; } = new(threshold);

    /// <summary>Gets room for the runs of class 1.</summary>
    public ArrayPoolBufferWriter<ClassOneRun> Runs { get; } = new();

    /// <summary>Returns the rented memory.</summary>
    public void Dispose()
    {
        _counts.Dispose();
        Walk.Dispose();
        Runs.Dispose();
    }
}

/// <summary>How much of a replicate is looked at, from the least costly up.</summary>
internal enum BootstrapScope
{
    /// <summary>The confusion counts of each slot: metrics at the threshold.</summary>
    Threshold,

    /// <summary>The rows of class 1 in their order too, and how many of class 0 lie between them: areas of class 1.</summary>
    ClassOneCurve,

    /// <summary>Every row in its order: every metric.</summary>
    EveryRow,
}
