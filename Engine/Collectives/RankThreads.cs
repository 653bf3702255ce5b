using System.Runtime.ExceptionServices;
using Engine.Diagnostics;

namespace Engine.Collectives;

/// <summary>Ranks that are threads of one process: to try and test on one machine what will run on many.</summary>
public static class RankThreads
{
    /// <summary>Runs the same work on several ranks at a time, and returns when all have ended.</summary>
    /// <param name="size">The number of ranks, 1 or more.</param>
    /// <param name="work">What each does with its collective; it sees no other rank but through that.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    /// <remarks>The error of a rank ends the others where they next wait for it, and is thrown as it was.</remarks>
    public static void Run(int size, Action<ICollective> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (size < 1)
            Throw.ArgumentOutOfRange(nameof(size), size, "1 or more");
        using var barrier = new Barrier(size);
        using var failed = new CancellationTokenSource();
        var meeting = new Meeting(size, barrier, failed);
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() => meeting.Run(rank, work)) { IsBackground = true, Name = $"rank {rank}" }).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        meeting.FirstError?.Throw();
    }

    /// <summary>Where the ranks meet: each leaves its bytes, waits for the others, takes theirs, and waits until all have.</summary>
    private sealed class Meeting(int size, Barrier barrier, CancellationTokenSource failed)
    {
        private readonly byte[]?[] _bytes = new byte[]?[size];
        private ExceptionDispatchInfo? _firstError;

        public ExceptionDispatchInfo? FirstError => _firstError;

        public void Run(int rank, Action<ICollective> work)
        {
            try
            {
                work(new Member(this, rank));
                // A rank that ends while others wait for it would leave them waiting.
                Wait();
            }
            catch (Exception error)
            {
                // Thrown by the thread that started the ranks.
                Interlocked.CompareExchange(ref _firstError, ExceptionDispatchInfo.Capture(error), null);
                failed.Cancel();
            }
        }

        private void Wait() => barrier.SignalAndWait(failed.Token);

        /// <summary>One rank.</summary>
        private sealed class Member(Meeting meeting, int rank) : ICollective
        {
            public int Rank => rank;

            public int Size => meeting._bytes.Length;

            public void AllGather(ReadOnlySpan<byte> own, Span<byte> all)
            {
                meeting._bytes[rank] = own.ToArray();
                meeting.Wait();
                for (var other = 0; other < Size; other++)
                    Take(other, own.Length, all.Slice(other * own.Length, own.Length));
                meeting.Wait();
            }

            public void Broadcast(Span<byte> bytes, int root)
            {
                meeting._bytes[rank] = rank == root ? bytes.ToArray() : null;
                meeting.Wait();
                if (rank != root)
                    Take(root, bytes.Length, bytes);
                meeting.Wait();
            }

            public void Barrier() => meeting.Wait();

            private void Take(int other, int length, Span<byte> destination)
            {
                if (meeting._bytes[other] is not { } sent || sent.Length != length)
                    Throw.InvalidOperation($"rank {rank} expects {length:N0} bytes of rank {other}, which sends {meeting._bytes[other]?.Length ?? 0:N0}; every rank must make the same calls in the same order.");
                else
                    sent.CopyTo(destination);
            }
        }
    }
}
