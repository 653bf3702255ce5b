using Engine.Collectives;

namespace Engine.Mpi;

/// <summary>The processes that a launcher of MPI started.</summary>
/// <param name="rank">The number of this one.</param>
/// <param name="size">How many there are.</param>
internal sealed unsafe class MpiCollective(int rank, int size) : ICollective
{
    /// <inheritdoc/>
    public int Rank => rank;

    /// <inheritdoc/>
    public int Size => size;

    /// <inheritdoc/>
    public void AllGather(ReadOnlySpan<byte> own, Span<byte> all)
    {
        if (all.Length != (long)own.Length * size)
            throw new ArgumentException($"all has room for {all.Length:N0} bytes where {size:N0} ranks send {own.Length:N0} each.", nameof(all));
        fixed (byte* sent = own)
        fixed (byte* received = all)
            Check(LibMpi.AllGather(sent, own.Length, LibMpi.Byte, received, own.Length, LibMpi.Byte, LibMpi.World), "MPI_Allgather");
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root)
    {
        fixed (byte* start = bytes)
            Check(LibMpi.Broadcast(start, bytes.Length, LibMpi.Byte, root, LibMpi.World), "MPI_Bcast");
    }

    /// <inheritdoc/>
    public void Barrier() => Check(LibMpi.Barrier(LibMpi.World), "MPI_Barrier");

    /// <summary>MPI ends the job itself at an error, unless a library was built otherwise.</summary>
    internal static void Check(int code, string function)
    {
        if (code != 0)
            throw new InvalidOperationException($"{function} failed with code {code}; the message of MPI above says more.");
    }
}
