using System.Runtime.InteropServices;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Reads a table that lies column by column, as pandas and Fortran write it, in tiles small enough for the cache: each is read once, and rows can be filled from it.</summary>
/// <remarks>
/// <code>
/// file    | column 0 of all rows | column 1 of all rows | ...
/// tile    | column c of 4,096 rows | column c + 1 of them | ... up to 16 columns
/// </code>
/// <b>Cost</b>: one read a column of a tile; 256 KiB of float32, 512 KiB of float64.
/// </remarks>
/// <typeparam name="T">The element type of the file.</typeparam>
internal sealed class NpyTiles<T>(NpyInput input, NpyHeader header)
    where T : unmanaged
{
    private const int LargestRowCount = 4096;
    private const int LargestColumnCount = 16;

    private readonly T[] _values = new T[LargestRowCount * LargestColumnCount];

    /// <summary>Receives some columns of one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="firstColumn">The first of the columns.</param>
    /// <param name="values">Their values.</param>
    public delegate void RowPart(long row, int firstColumn, ReadOnlySpan<T> values);

    /// <summary>Reads the whole table.</summary>
    /// <param name="receive">Called for every row and every tile's columns.</param>
    public void Read(RowPart receive)
    {
        var (rowCount, columnCount) = (header.Shape[0], (int)header.Shape[1]);
        Span<T> part = stackalloc T[LargestColumnCount];
        for (long firstRow = 0; firstRow < rowCount; firstRow += LargestRowCount)
        {
            var rows = (int)Math.Min(LargestRowCount, rowCount - firstRow);
            for (var firstColumn = 0; firstColumn < columnCount; firstColumn += LargestColumnCount)
            {
                var columns = Math.Min(LargestColumnCount, columnCount - firstColumn);
                for (var column = 0; column < columns; column++)
                    ReadColumn(firstRow, firstColumn + column, _values.AsSpan(column * LargestRowCount, rows));
                for (var row = 0; row < rows; row++)
                {
                    for (var column = 0; column < columns; column++)
                        part[column] = _values[(column * LargestRowCount) + row];
                    receive(firstRow + row, firstColumn, part[..columns]);
                }
            }
        }
    }

    private void ReadColumn(long firstRow, int column, Span<T> values)
    {
        // Past the buffer of the stream, which would be filled anew for every column.
        var offset = header.DataOffset + (((column * header.Shape[0]) + firstRow) * header.Element.Size());
        for (var left = MemoryMarshal.AsBytes(values); left.Length > 0;)
        {
            var read = RandomAccess.Read(input.File.SafeFileHandle, left, offset);
            if (read == 0)
                Throw.InvalidData_File(input.Name, "the file ended while it was read; something else cuts it short.");
            left = left[read..];
            offset += read;
        }
    }
}
