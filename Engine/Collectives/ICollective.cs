namespace Engine.Collectives;

/// <summary>Processes that run the same program on parts of one table, and send each other bytes: the one seam between the engine and a network.</summary>
/// <remarks>
/// <para><b>Order</b>: every rank makes the same calls in the same order, from one thread at a time; a call returns when its bytes are there.</para>
/// <para><b>Sums</b>: there is no sum among the calls, because the order in which a network adds depends on how many ranks there are. Partial sums are sent and added in the order of the rows.</para>
/// <para>An implementation that cannot reach a rank ends its process or throws; it never returns bytes that were not sent.</para>
/// </remarks>
public interface ICollective
{
    /// <summary>Gets the number of this process, 0 to <see cref="Size"/> - 1.</summary>
    int Rank { get; }

    /// <summary>Gets the number of processes, 1 or more.</summary>
    int Size { get; }

    /// <summary>Gives every rank the bytes of all.</summary>
    /// <param name="own">The bytes of this rank, as many on every rank.</param>
    /// <param name="all">Receives <see cref="Size"/> times as many, in the order of ranks.</param>
    void AllGather(ReadOnlySpan<byte> own, Span<byte> all);

    /// <summary>Gives every rank the bytes of one.</summary>
    /// <param name="bytes">What the root sends and every other rank receives; as many on every rank.</param>
    /// <param name="root">The rank that sends.</param>
    void Broadcast(Span<byte> bytes, int root);

    /// <summary>Waits until every rank is here.</summary>
    void Barrier();
}
