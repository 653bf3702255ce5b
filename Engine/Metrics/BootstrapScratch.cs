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
