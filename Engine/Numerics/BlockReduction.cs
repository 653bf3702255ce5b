using Engine.Collectives;

namespace Engine.Numerics;

/// <summary>Sums over row blocks that do not depend on the number of threads or ranks: partial sums of fixed runs of blocks, added in order.</summary>
/// <remarks>
/// <code>
/// blocks    | 0 ... 63 | 64 ... 127 |  ...  | 4032 ... 4095 | 4096 ... 4159 | ...    each run is summed block by block by one thread,
/// runs        R0         R1           ...     R63             R64             ...    runs are added in order, whoever finished first,
/// spans       S0 = ((R0 + R1) + ...) + R63                  | S1 = (R64 + ...        64 at a time,
/// total       (S0 + S1) + ...                                                        and spans are added in order
/// </code>
/// <para><b>Cost</b>: one partial a thread and one of a span, however many rows: a thread that is early waits for its turn to add.</para>
/// <para><b>Ranks</b>: each adds up the spans that are its own alone while others do theirs. Then the total goes from rank to rank, in order, and each adds what it has: its spans, and of the span that
/// began with the rank before it, run by run, what that rank has not. These are the additions of one process; without spans, all runs of all ranks would wait for those before them.</para>
/// </remarks>
internal static class BlockReduction
{
    /// <summary>The blocks that are summed by one thread, and by one rank.</summary>
    public const int BlocksPerRun = 64;

    /// <summary>The runs that are added up before they are added to others.</summary>
    public const int RunsPerSpan = 64;

    private const int BlocksPerSpan = RunsPerSpan * BlocksPerRun;

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
        // What fits one span needs no sum of its own.
        var span = blockCount > BlocksPerSpan ? sumsOf(createPartial()) : total;
        if (share is null)
        {
            var run = 0L;
            Sum(blockCount, options, createPartial, partial => sumsOf(partial).Clear(), accumulate, partial =>
            {
                span.Add(sumsOf(partial));
                if (++run % RunsPerSpan == 0)
                    EndSpan(span, total);
            });
        }
        else
        {
            var parts = new Queue<double[]>();
            foreach (var segment in share.Own)
                SumSegment(segment, options, createPartial, sumsOf, accumulate, parts);
            PassOn(share, parts, sumsOf(createPartial()), span, total);
        }

        if (blockCount % BlocksPerSpan != 0)
            EndSpan(span, total);
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

    /// <summary>Sums over blocks of this rank; keeps runs of the span that began before them, then whole spans, then what there is of the last.</summary>
    private static void SumSegment<TPartial, TSums>(
        BlockSegment segment, ParallelOptions options, Func<TPartial> createPartial, Func<TPartial, TSums> sumsOf, Action<TPartial, long> accumulate, Queue<double[]> parts)
        where TSums : ISums<TSums>
    {
        var (span, end, began) = (sumsOf(createPartial()), segment.FirstBlock, segment.FirstBlock % BlocksPerSpan == 0);
        Sum(
            segment.BlockCount,
            options,
            createPartial,
            partial => sumsOf(partial).Clear(),
            (partial, block) => accumulate(partial, segment.FirstBlock + block),
            partial =>
            {
                end = Math.Min(segment.EndBlock, end + BlocksPerRun);
                var isEnd = end % BlocksPerSpan == 0 || end == segment.EndBlock;
                if (!began)
                {
                    parts.Enqueue(Sent(sumsOf(partial)));
                }
                else
                {
                    span.Add(sumsOf(partial));
                    if (isEnd)
                    {
                        parts.Enqueue(Sent(span));
                        span.Clear();
                    }
                }

                began |= isEnd;
            });
    }

    /// <summary>Adds the parts of all ranks in the order of the blocks: each rank adds its own to what it was sent, and sends that on.</summary>
    /// <param name="share">The ranks.</param>
    /// <param name="parts">Those of this rank, as <see cref="SumSegment"/> kept them.</param>
    /// <param name="part">Room for one.</param>
    /// <param name="span">The span that is not at its end.</param>
    /// <param name="total">The spans before it.</param>
    private static void PassOn<TSums>(RankShare share, Queue<double[]> parts, TSums part, TSums span, TSums total)
        where TSums : ISums<TSums>
    {
        var sent = new double[total.SentLength];
        foreach (var segment in share.Segments)
        {
            var isOwn = segment.Rank == share.Collective.Rank;
            for (var block = segment.FirstBlock; isOwn && block < segment.EndBlock;)
            {
                part.Read(parts.Dequeue());
                span.Add(part);
                // A span that began before the segment comes in runs.
                block += block / BlocksPerSpan * BlocksPerSpan < segment.FirstBlock ? BlocksPerRun : BlocksPerSpan;
                if (block % BlocksPerSpan == 0 && block <= segment.EndBlock)
                    EndSpan(span, total);
            }

            if (segment.EndBlock >= BlocksPerSpan)
                Send(total);
            if (segment.EndBlock % BlocksPerSpan != 0)
                Send(span);
            else if (!ReferenceEquals(span, total))
                span.Clear();

            void Send(TSums sums)
            {
                if (isOwn)
                    sums.Write(sent);
                share.Collective.BroadcastValues(sent.AsSpan(), segment.Rank);
                if (!isOwn)
                    sums.Read(sent);
            }
        }
    }

    private static void EndSpan<TSums>(TSums span, TSums total)
        where TSums : ISums<TSums>
    {
        if (ReferenceEquals(span, total))
            return;
        total.Add(span);
        span.Clear();
    }

    private static double[] Sent<TSums>(TSums sums)
        where TSums : ISums<TSums>
    {
        var sent = new double[sums.SentLength];
        sums.Write(sent);
        return sent;
    }
}
