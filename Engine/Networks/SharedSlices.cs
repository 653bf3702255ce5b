using System.Runtime.InteropServices;
using Engine.Collectives;

namespace Engine.Networks;

/// <summary>Which rank computes which slices of a batch, and how their gradients become one: added in the order of the slices, whoever computed them.</summary>
/// <remarks>
/// <code>
/// slices     | 0 1 2 | 3 4 5 | 6 7 |           rank 0 sends g0 + g1 + g2, rank 1 adds g3, g4 and g5 one after the other and sends that on,
/// rank          0       1      2               rank 2 adds g6 and g7 and sends the total: the additions of one process
/// </code>
/// <para>A batch of one slice is computed by every rank: to send its gradient would take longer than to compute it.</para>
/// <para><b>Cost</b>: a rank receives one gradient from each rank that has slices, at most as many as there are slices.</para>
/// </remarks>
/// <param name="ranks">The ranks; null where this process computes alone.</param>
internal sealed class SharedSlices(ICollective? ranks)
{
    private byte[] _message = [];

    /// <summary>Gets how many ranks can compute side by side.</summary>
    public int RankCount => ranks?.Size ?? 1;

    /// <summary>Deals the slices of a batch out.</summary>
    /// <param name="sliceCount">How many there are, 1 or more.</param>
    /// <returns>The slices of one rank after those of another, in order.</returns>
    public IEnumerable<SliceSegment> Divide(int sliceCount)
    {
        if (ranks is null or { Size: 1 } || sliceCount == 1)
            return [new SliceSegment(0, sliceCount, IsOwn: true, Sender: null)];
        return Enumerable.Range(0, ranks.Size)
            .Select(rank => new SliceSegment(StartOf(rank), StartOf(rank + 1), rank == ranks.Rank, rank))
            .Where(static segment => segment.First < segment.End);

        int StartOf(int rank) => (int)((long)sliceCount * rank / ranks.Size);
    }

    /// <summary>Sends the sum of all slices so far from the rank that added the last of them to the others.</summary>
    /// <param name="segment">The slices that were added last.</param>
    /// <param name="total">What is known of them beside their gradients; sent, or received.</param>
    /// <param name="sum">The sum of their gradients; sent, or received.</param>
    public unsafe void PassOn<T>(SliceSegment segment, ref SliceTotal total, Span<T> sum)
        where T : unmanaged
    {
        if (segment.Sender is not { } sender)
            return;
        var bytes = MemoryMarshal.AsBytes(sum);
        if (_message.Length != sizeof(SliceTotal) + bytes.Length)
            _message = new byte[sizeof(SliceTotal) + bytes.Length];
        var ofTotal = _message.AsSpan(0, sizeof(SliceTotal));
        var ofSum = _message.AsSpan(sizeof(SliceTotal));
        if (segment.IsOwn)
        {
            MemoryMarshal.Write(ofTotal, total);
            bytes.CopyTo(ofSum);
        }

        ranks!.BroadcastValues(_message.AsSpan(), sender);
        total = MemoryMarshal.Read<SliceTotal>(ofTotal);
        ofSum.CopyTo(bytes);
    }
}

/// <summary>What is known of slices that were added, beside their gradients.</summary>
/// <param name="Loss">The sum of their losses.</param>
/// <param name="FailedSlice">The first that could not be computed; null where all could.</param>
internal readonly record struct SliceTotal(double Loss, int? FailedSlice = null);

/// <summary>Consecutive slices of a batch that one rank computes.</summary>
/// <param name="First">The first slice.</param>
/// <param name="End">The slice after the last.</param>
/// <param name="IsOwn">Whether this process computes them.</param>
/// <param name="Sender">The rank that sends their sum; null where every rank computes them.</param>
internal readonly record struct SliceSegment(int First, int End, bool IsOwn, int? Sender);
