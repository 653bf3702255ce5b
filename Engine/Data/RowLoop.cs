using Engine.Collectives;
using Engine.Numerics;

namespace Engine.Data;

/// <summary>Loops over the rows of a matrix, block by block on all threads, for work on one row that is worth a call.</summary>
internal static class RowLoop
{
    /// <summary>What is done with a row.</summary>
    /// <param name="row">Its index in the matrix.</param>
    /// <param name="values">Its features.</param>
    public delegate void RowAction(long row, ReadOnlySpan<float> values);

    /// <summary>Whether a row is meant.</summary>
    /// <param name="values">Its features.</param>
    public delegate bool RowPredicate(ReadOnlySpan<float> values);

    /// <summary>Does something with every row, in any order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="action">What to do; rows of different blocks come at the same time.</param>
    /// <exception cref="OperationCanceledException">The loop was stopped.</exception>
    public static void For(SampleMatrix rows, ParallelOptions options, RowAction action)
    {
        using var hold = rows.Hold();
        ParallelLoop.For(
            0L,
            rows.BlockCount,
            options,
            () => new float[rows.BlockScratchLength],
            (blockIndex, _, scratch) =>
            {
                var block = rows.ReadHeldBlock(blockIndex, scratch);
                for (var row = 0; row < block.RowCount; row++)
                    action(block.FirstRow + row, block.Row(row));
                return scratch;
            },
            static _ => { });
    }

    /// <summary>Finds the first row that is meant, whichever thread or rank meets one first.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="isMeant">Whether a row is.</param>
    /// <returns>Its index; null where there is none.</returns>
    /// <exception cref="OperationCanceledException">The loop was stopped.</exception>
    public static long? FindFirst(SampleMatrix rows, ParallelOptions options, RowPredicate isMeant)
    {
        var first = long.MaxValue;
        var gate = new object();
        rows.ForBlocks(options, block =>
        {
            for (var row = 0; row < block.RowCount; row++)
            {
                if (!isMeant(block.Row(row)))
                    continue;
                lock (gate)
                    first = Math.Min(first, block.FirstRow + row);
                break;
            }
        });
        if (rows.IsSpread)
            first = rows.Share!.Collective.GatherOne(first).Min();
        return first == long.MaxValue ? null : first;
    }
}
