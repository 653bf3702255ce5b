using Engine.Collectives;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Data;

/// <summary>The rows of a table that one rank of several reads.</summary>
/// <param name="FirstRow">The first row.</param>
/// <param name="RowCount">How many rows; 0 where there are more ranks than runs of rows.</param>
public readonly record struct RankRows(long FirstRow, long RowCount)
{
    /// <summary>The rows that are summed together: every rank but the last that has rows must have whole multiples of so many.</summary>
    public const int RowsPerRun = BlockReduction.BlocksPerRun * SampleMatrix.RowsPerBlock;

    /// <summary>Divides a table among ranks as evenly as whole runs of <see cref="RowsPerRun"/> rows can be.</summary>
    /// <param name="rowCount">The rows of the table, 0 or more.</param>
    /// <param name="collective">The ranks.</param>
    /// <returns>What this rank reads.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rowCount"/> is negative.</exception>
    public static RankRows Of(long rowCount, ICollective collective)
    {
        ArgumentNullException.ThrowIfNull(collective);
        if (rowCount < 0)
            Throw.ArgumentOutOfRange(nameof(rowCount), rowCount, "0 or more");
        var blockCount = (rowCount + SampleMatrix.RowsPerBlock - 1) / SampleMatrix.RowsPerBlock;
        var own = BlockReduction.Divide(collective, 0, blockCount).FirstOrDefault(segment => segment.Rank == collective.Rank);
        var first = own.FirstBlock * SampleMatrix.RowsPerBlock;
        return new RankRows(first, Math.Min(rowCount, own.EndBlock * SampleMatrix.RowsPerBlock) - first);
    }
}
