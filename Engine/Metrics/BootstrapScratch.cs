using CommunityToolkit.HighPerformance.Buffers;

namespace Engine.Metrics;

/// <summary>What one thread needs to draw and measure replicates.</summary>
/// <param name="rowCount">The number of rows drawn from.</param>
/// <param name="threshold">The score from which on class 1 is predicted.</param>
internal sealed class BootstrapScratch(int rowCount, double threshold) : IDisposable
{
    private readonly MemoryOwner<byte> _counts = MemoryOwner<byte>.Allocate(rowCount);

    /// <summary>Gets how often each row is drawn.</summary>
    public Span<byte> Counts => _counts.Span;

    /// <summary>Gets the walk that measures them.</summary>
    public MetricWalk Walk { get; } = new(threshold);

    /// <summary>Returns the rented memory.</summary>
    public void Dispose()
    {
        _counts.Dispose();
        Walk.Dispose();
    }
}
