using Engine.Collectives;

namespace Engine.Numerics;

/// <summary>Sums over row blocks that do not depend on the number of threads: partial sums of fixed runs of blocks, added in order.</summary>
/// <remarks>
/// <code>
/// blocks    | 0 ... 63 | 64 ... 127 | 128 ... 191 |        each run is summed block by block by one thread,
/// partials    P0         P1           P2                   the total is ((P0 + P1) + P2) whoever finished first
/// </code>
/// <para><b>Cost</b>: one partial a thread, however many rows: a thread that is early waits for its turn to add.</para>
/// <para><b>Ranks</b>: each keeps the partials of its runs, one a run, until the total of the ranks before it arrives, adds them in order and sends the total on: the same additions as in one process.</para>
/// </remarks>
internal static class BlockReduction
{
    /// <summary>The blocks that are summed by one thread, and by one rank.</summary>
    public const int BlocksPerRun = 64;

    /// <summary>Divides blocks among ranks by whole runs, as evenly as these can be.</summary>
    /// <param name="collective">The ranks.</param>
    /// <param name="firstBlock">The first block, where a run begins.</param>
    /// <param name="endBlock">The block after the last.</param>
    /// <returns>The blocks in order; a rank without any has no segment.</returns>
    public static IEnumerable<BlockSegment> Divide(ICollective collective, long firstBlock, long endBlock)
    {
        var runCount = (endBlock - firstBlock + BlocksPerRun - 1) / BlocksPerRun;
        return Enumerable.Range(0, collective.Size).Select(rank => new BlockSegment(rank, StartOf(rank), StartOf(rank + 1))).Where(static segment => segment.BlockCount > 0);

        long StartOf(int rank) => Math.Min(endBlock, firstBlock + ((long)((Int128)runCount * rank / collective.Size) * BlocksPerRun));
    }

    /// <summary>Sums over the blocks of a table that may be the work of several ranks.</summary>
    /// <param name="share">Which rank sums which blocks; null where this process sums all.</param>
    /// <param name="blockCount">The number of blocks.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="createPartial">Creates a partial sum and its scratch, one a thread.</param>
    /// <param name="sumsOf">Returns the sums of a partial.</param>
    /// <param name="accumulate">Adds a block to a partial sum.</param>
    /// <param name="total">What the sums are added to; on every rank the same, before and after.</param>
    public static void Sum<TPartial, TSums>(
        RankShare? share, long blockCount, ParallelOptions options, Func<TPartial> createPartial, Func<TPartial, TSums> sumsOf, Action<TPartial, long> accumulate, TSums total)
        where TSums : ISums<TSums>
    {
        if (share is null)
        {
            Sum(blockCount, options, createPartial, partial => sumsOf(partial).Clear(), accumulate, partial => total.Add(sumsOf(partial)));
            return;
        }

        var partials = new Queue<double[]>();
        foreach (var segment in share.Own)
        {
            Sum(
                segment.BlockCount,
                options,
                createPartial,
                partial => sumsOf(partial).Clear(),
                (partial, block) => accumulate(partial, segment.FirstBlock + block),
                partial => partials.Enqueue(Sent(sumsOf(partial))));
        }

        PassOn(share, partials, sumsOf(createPartial()), total);
    }

    /// <summary>Sums over blocks.</summary>
    /// <param name="blockCount">The number of blocks.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="createPartial">Creates a partial sum and its scratch, one a thread.</param>
    /// <param name="clear">Empties a partial sum.</param>
    /// <param name="accumulate">Adds a block to a partial sum.</param>
    /// <param name="merge">Adds a partial sum to the total; called in the order of the runs.</param>
    public static void Sum<TPartial>(
        long blockCount, ParallelOptions options, Func<TPartial> createPartial, Action<TPartial> clear, Action<TPartial, long> accumulate, Action<TPartial> merge)
    {
        var runCount = (blockCount + BlocksPerRun - 1) / BlocksPerRun;
        var nextRun = -1L;
        var turn = 0L;
        var gate = new object();
        var failed = false;
        var workers = (int)Math.Min(runCount, ParallelLoop.WorkersOf(options));
        ParallelLoop.For(0, workers, options, _ =>
        {
            try
            {
                var partial = createPartial();
                for (var run = Interlocked.Increment(ref nextRun); run < runCount && !Volatile.Read(ref failed); run = Interlocked.Increment(ref nextRun))
                {
                    clear(partial);
                    for (var block = run * BlocksPerRun; block < Math.Min(blockCount, (run + 1) * BlocksPerRun); block++)
                    {
                        options.CancellationToken.ThrowIfCancellationRequested();
                        accumulate(partial, block);
                    }

                    lock (gate)
                    {
                        while (turn != run && !failed)
                            Monitor.Wait(gate);
                        if (failed)
                            return;
                        merge(partial);
                        turn++;
                        Monitor.PulseAll(gate);
                    }
                }
            }
            catch
            {
                // The others may be waiting for this run's turn, which will not come.
                lock (gate)
                {
                    failed = true;
                    Monitor.PulseAll(gate);
                }

                throw;
            }
        });
    }

    /// <summary>Adds the partials of all ranks in the order of the runs: each rank adds its own to what it was sent, and sends that on.</summary>
    private static void PassOn<TSums>(RankShare share, Queue<double[]> partials, TSums partial, TSums total)
        where TSums : ISums<TSums>
    {
        var sent = new double[total.SentLength];
        foreach (var segment in share.Segments)
        {
            var isOwn = segment.Rank == share.Collective.Rank;
            for (var block = 0L; isOwn && block < segment.BlockCount; block += BlocksPerRun)
            {
                partial.Read(partials.Dequeue());
                total.Add(partial);
            }

            if (isOwn)
                total.Write(sent);
            share.Collective.BroadcastValues(sent.AsSpan(), segment.Rank);
            if (!isOwn)
                total.Read(sent);
        }
    }

    private static double[] Sent<TSums>(TSums sums)
        where TSums : ISums<TSums>
    {
        var sent = new double[sums.SentLength];
        sums.Write(sent);
        return sent;
    }
}
