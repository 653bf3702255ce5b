using System.Runtime.InteropServices;
using Engine.Collectives;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>Which rank computes which slices of a batch, and how their gradients become one: added in the order of the slices, whoever computed them.</summary>
/// <remarks>
/// <code>
/// slices     | 0 1 2 | 3 4 5 | 6 7 |           rank 0 sends g0 + g1 + g2, rank 1 adds g3, g4 and g5 one after the other and sends that on,
/// rank          0       1      2               rank 2 adds g6 and g7 and sends the total: the additions of one process
/// </code>
/// <para>Slices are shared where that saves more time than their gradients take on a network of 100 microseconds and 1.25 GB/s; else every rank computes all of them, which needs no gradient of another.
/// A rank of as many threads as there are slices has nothing to share. The choice changes no bit.</para>
/// <para><b>Cost</b>: of shared slices a rank receives one gradient from each rank that has some, at most as many as there are slices.</para>
/// </remarks>
internal sealed class SharedSlices
{
    // In multiply-adds of one core, some twenty of which take a nanosecond.
    private const double CostOfMessage = 1 << 21;
    private const double CostOfParameter = 64;

    private readonly ICollective? _ranks;
    private readonly int _threads;
    private byte[] _message = [];

    /// <summary>Agrees with the other ranks; every rank does so at once.</summary>
    /// <param name="ranks">The ranks; null where this process computes alone.</param>
    /// <param name="options">How this rank uses its machine: the one of fewest threads counts.</param>
    public SharedSlices(ICollective? ranks, ParallelOptions options)
    {
        _ranks = ranks is { Size: > 1 } ? ranks : null;
        _threads = _ranks?.GatherOne(ParallelLoop.WorkersOf(options)).Min() ?? 0;
    }

    /// <summary>Gets how many ranks can compute side by side.</summary>
    public int RankCount => _ranks?.Size ?? 1;

    /// <summary>Deals the slices of a batch out.</summary>
    /// <param name="sliceCount">How many there are, 1 or more.</param>
    /// <param name="rowsPerSlice">The rows, or hours, of one, about.</param>
    /// <param name="parameterCount">The parameters that a row is multiplied by.</param>
    /// <returns>The slices of one rank after those of another, in order; all as this one's where they are not shared.</returns>
    public SliceSegment[] Divide(int sliceCount, double rowsPerSlice, int parameterCount)
    {
        if (_ranks is null || !PaysOff(sliceCount, rowsPerSlice, parameterCount))
            return [new SliceSegment(0, sliceCount, IsOwn: true, Sender: null)];
        return
        [
            .. Enumerable.Range(0, RankCount)
                .Select(rank => new SliceSegment(StartOf(rank), StartOf(rank + 1), rank == _ranks.Rank, rank))
                .Where(static segment => segment.First < segment.End),
        ];

        int StartOf(int rank) => (int)((long)sliceCount * rank / RankCount);
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

        _ranks!.BroadcastValues(_message.AsSpan(), sender);
        total = MemoryMarshal.Read<SliceTotal>(ofTotal);
        ofSum.CopyTo(bytes);
    }

    private bool PaysOff(int sliceCount, double rowsPerSlice, int parameterCount)
    {
        var senders = Math.Min(sliceCount, RankCount);
        // Slices that a thread computes one after the other; forward, and back for the rows and the parameters.
        var saved = RoundsOf(sliceCount) - RoundsOf((sliceCount + senders - 1) / senders);
        return saved * rowsPerSlice * 3 * parameterCount > senders * (CostOfMessage + (CostOfParameter * parameterCount));

        int RoundsOf(int slices) => (slices + _threads - 1) / _threads;
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
