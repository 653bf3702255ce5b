using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Compute;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>A value of a row that is not 0.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Value">What it is.</param>
internal readonly record struct SparseEntry(int Column, float Value);

/// <summary>The values of rows that are not 0, in rising order of columns; read once, where most values are 0.</summary>
/// <remarks><b>Cost</b>: 8 bytes a value that is not 0, and 4 a row, against 4 a value of the table.</remarks>
internal sealed unsafe class SparseRows
{
    /// <summary>The share of values that are not 0 from which on reading them all costs less than reading where they are.</summary>
    public const double LargestShare = 1.0 / 8;

    /// <summary>The blocks whose share is measured.</summary>
    private const int MeasuredBlocks = 32;

    // Pinned arrays, one a block, and where each of its rows starts.
    private readonly SparseEntry[][] _entries;
    private readonly int[][] _starts;

    private SparseRows(SampleMatrix samples, ComputeOptions options)
    {
        (_entries, _starts) = (new SparseEntry[samples.BlockCount][], new int[samples.BlockCount][]);
        ParallelLoop.For(
            0L,
            samples.BlockCount,
            options.ToParallelOptions(),
            () => (Rows: new float[samples.BlockScratchLength], Entries: new SparseEntry[samples.BlockScratchLength]),
            (index, _, scratch) =>
            {
                var block = samples.ReadBlock(index, scratch.Rows);
                var starts = new int[block.RowCount + 1];
                var count = Compress(block, scratch.Entries, starts);
                var entries = GC.AllocateUninitializedArray<SparseEntry>(count, pinned: true);
                scratch.Entries.AsSpan(0, count).CopyTo(entries);
                (_entries[index], _starts[index]) = (entries, starts);
                return scratch;
            },
            static _ => { });
    }

    /// <summary>Reads rows where that pays: where at most one value in eight of some blocks is not 0.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>The rows; null where they are better read as they are.</returns>
    public static SparseRows? TryRead(SampleMatrix samples, ComputeOptions options)
    {
        using var hold = samples.Hold();
        var (rows, entries, starts) = (new float[samples.BlockScratchLength], new SparseEntry[samples.BlockScratchLength], new int[SampleMatrix.RowsPerBlock + 1]);
        var (blocks, count, total) = (Math.Min(samples.BlockCount, MeasuredBlocks), 0L, 0L);
        for (var i = 0L; i < blocks; i++)
        {
            var block = samples.ReadBlock(i * samples.BlockCount / blocks, rows);
            count += Compress(block, entries, starts);
            total += (long)block.RowCount * block.FeatureCount;
        }

        return count <= LargestShare * total ? new SparseRows(samples, options) : null;
    }

    /// <summary>Returns whether a block costs less when its values that are not 0 are read alone.</summary>
    public static bool IsSparse(int count, RowBlock block) => count <= LargestShare * block.RowCount * block.FeatureCount;

    /// <summary>Lists the values of a block that are not 0; NaN is not.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="entries">Receives them, row after row; room for every value.</param>
    /// <param name="starts">Receives where each row starts, and the end of the last.</param>
    /// <returns>How many there are.</returns>
    public static int Compress(RowBlock block, Span<SparseEntry> entries, Span<int> starts)
    {
        var count = 0;
        for (var row = 0; row < block.RowCount; row++)
        {
            starts[row] = count;
            count += Compress(block.PaddedRow(row), entries[count..]);
        }

        starts[block.RowCount] = count;
        return count;
    }

    /// <summary>Returns where a row's values are; they stay there as long as this does.</summary>
    /// <param name="row">The row.</param>
    /// <param name="count">Receives how many there are.</param>
    public SparseEntry* EntriesOf(long row, out int count)
    {
        var (block, local) = (row / SampleMatrix.RowsPerBlock, (int)(row % SampleMatrix.RowsPerBlock));
        var starts = _starts[block];
        count = starts[local + 1] - starts[local];
        return (SparseEntry*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_entries[block])) + starts[local];
    }

    private static int Compress(ReadOnlySpan<float> row, Span<SparseEntry> entries)
    {
        var (count, column) = (0, 0);
        if (Vector256.IsHardwareAccelerated)
        {
            for (; column <= row.Length - Vector256<float>.Count; column += Vector256<float>.Count)
            {
                var zeros = Vector256.Equals(Vector256.Create(row[column..]), Vector256<float>.Zero).ExtractMostSignificantBits();
                count = Add(~zeros & 0xFF, row, column, entries, count);
            }
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            for (; column <= row.Length - Vector128<float>.Count; column += Vector128<float>.Count)
            {
                var zeros = Vector128.Equals(Vector128.Create(row[column..]), Vector128<float>.Zero).ExtractMostSignificantBits();
                count = Add(~zeros & 0xF, row, column, entries, count);
            }
        }

        for (; column < row.Length; column++)
        {
            if (row[column] != 0)
                entries[count++] = new SparseEntry(column, row[column]);
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Add(uint places, ReadOnlySpan<float> row, int first, Span<SparseEntry> entries, int count)
    {
        for (; places != 0; places &= places - 1)
        {
            var column = first + BitOperations.TrailingZeroCount(places);
            entries[count++] = new SparseEntry(column, row[column]);
        }

        return count;
    }
}
