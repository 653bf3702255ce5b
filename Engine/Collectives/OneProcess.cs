namespace Engine.Collectives;

/// <summary>The collective of a program that runs alone: rank 0 of 1, to which nothing is sent.</summary>
public sealed class OneProcess : ICollective
{
    private OneProcess()
    {
    }

    /// <summary>Gets the only one there is.</summary>
    public static OneProcess Instance { get; } = new();

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<byte> own, Span<byte> all) => own.CopyTo(all);

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root)
    {
    }

    /// <inheritdoc/>
    public void Barrier()
    {
    }
}
