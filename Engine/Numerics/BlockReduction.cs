namespace Engine.Numerics;

/// <summary>Sums over row blocks that do not depend on the number of threads: partial sums of fixed runs of blocks, added in order.</summary>
/// <remarks>
/// <code>
/// blocks    | 0 ... 63 | 64 ... 127 | 128 ... 191 |        each run is summed block by block by one thread,
/// partials    P0         P1           P2                   the total is ((P0 + P1) + P2) whoever finished first
/// </code>
/// <b>Cost</b>: one partial a thread, however many rows: a thread that is early waits for its turn to add.
/// </remarks>
internal static class BlockReduction
{
    private const int BlocksPerRun = 64;

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
}
