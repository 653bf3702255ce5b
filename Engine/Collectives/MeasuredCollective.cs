namespace Engine.Collectives;

/// <summary>Counts what a rank receives through another collective.</summary>
/// <remarks>Bytes received do not depend on the way that a network takes: a broadcast may pass through other ranks, or be sent to all at once.</remarks>
/// <param name="inner">What sends.</param>
public sealed class MeasuredCollective(ICollective inner) : ICollective
{
    /// <summary>Gets the bytes that this rank received from others.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Gets the number of calls, barriers among them.</summary>
    public long Calls { get; private set; }

    /// <inheritdoc/>
    public int Rank => inner.Rank;

    /// <inheritdoc/>
    public int Size => inner.Size;

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<byte> own, Span<byte> all)
    {
        inner.AllGather(own, all);
        Calls++;
        BytesReceived += (long)own.Length * (Size - 1);
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root)
    {
        inner.Broadcast(bytes, root);
        Calls++;
        BytesReceived += Rank == root ? 0 : bytes.Length;
    }

    /// <inheritdoc/>
    public void Barrier()
    {
        inner.Barrier();
        Calls++;
    }
}
