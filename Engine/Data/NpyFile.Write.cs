using System.Runtime.InteropServices;
using Engine.Diagnostics;

namespace Engine.Data;

/// <content>Writing: always to a file beside the target that takes its name when complete.</content>
public static partial class NpyFile
{
    /// <summary>Writes a table of samples, block by block; it need not fit in memory.</summary>
    /// <param name="path">The file to create or replace; it appears complete or not at all.</param>
    /// <param name="samples">Any matrix, also one that is mapped from <paramref name="path"/> itself.</param>
    public static void Write(string path, SampleMatrix samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var hold = samples.Hold();
        using var file = new PendingFile(path);
        file.Stream.Write(NpyHeader.Format(NpyElement.Float32, samples.RowCount, samples.FeatureCount));
        var scratch = new float[samples.BlockScratchLength];
        for (long blockIndex = 0; blockIndex < samples.BlockCount; blockIndex++)
        {
            var block = samples.ReadBlock(blockIndex, scratch);
            for (var row = 0; row < block.RowCount; row++)
                file.Stream.Write(MemoryMarshal.AsBytes(block.Row(row)));
        }

        file.Commit();
    }

    /// <summary>Writes an array of one dimension.</summary>
    /// <typeparam name="T">Half, float, double, an integer of 8 to 64 bits, or bool.</typeparam>
    /// <param name="path">The file to create or replace; it appears complete or not at all.</param>
    /// <param name="values">Any number of values.</param>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is another type.</exception>
    public static void Write<T>(string path, ReadOnlySpan<T> values)
        where T : unmanaged => Write(path, NpyHeader.Format(NpyElements.Of<T>(), values.Length), values);

    /// <summary>Writes an array of two dimensions.</summary>
    /// <typeparam name="T">Half, float, double, an integer of 8 to 64 bits, or bool.</typeparam>
    /// <param name="path">The file to create or replace; it appears complete or not at all.</param>
    /// <param name="values"><paramref name="rowCount"/> x <paramref name="columnCount"/> values, row-major.</param>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <param name="columnCount">The number of columns, 0 or more.</param>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is another type, or there are more or fewer values than the shape says.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static void Write<T>(string path, ReadOnlySpan<T> values, int rowCount, int columnCount)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfNegative(columnCount);
        if (values.Length != (long)rowCount * columnCount)
            Throw.Argument_LengthsDiffer(nameof(values), values.Length, $"the shape ({rowCount}, {columnCount})", (long)rowCount * columnCount);
        Write(path, NpyHeader.Format(NpyElements.Of<T>(), rowCount, columnCount), values);
    }

    private static void Write<T>(string path, byte[] header, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        using var file = new PendingFile(path);
        file.Stream.Write(header);
        // In chunks, because a span of many doubles has more bytes than a span of bytes can count.
        for (var start = 0; start < values.Length; start += ChunkLength)
            file.Stream.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(ChunkLength, values.Length - start))));
        file.Commit();
    }
}
