using System.Runtime.InteropServices;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Rows of which only what is not 0 is stored, filled when they are read.</summary>
/// <remarks><b>Cost</b>: 8 bytes a stored value and a row; reading writes every value of the row once.</remarks>
/// <param name="rowStarts">Where the values of each row start, and the end of the last.</param>
/// <param name="columns">The column of each value.</param>
/// <param name="values">The values.</param>
/// <param name="featureCount">The number of features a row.</param>
internal sealed class SparseMatrixRows(ReadOnlyMemory<long> rowStarts, ReadOnlyMemory<int> columns, ReadOnlyMemory<float> values, int featureCount) : RowSource
{
    /// <summary>Throws unless starts and columns are those of rows.</summary>
    public static void Check(ReadOnlySpan<long> rowStarts, ReadOnlySpan<int> columns, int valueCount, int featureCount)
    {
        if (rowStarts.IsEmpty || rowStarts[0] != 0)
            Throw.Argument_Invalid(nameof(rowStarts), $"the first row starts at {(rowStarts.IsEmpty ? "nothing" : $"{rowStarts[0]:N0}")}; starts begin with 0 and are one more than the rows.");
        for (var row = 0; row < rowStarts.Length - 1; row++)
        {
            var (start, end) = (rowStarts[row], rowStarts[row + 1]);
            if (end < start || end > Math.Min(columns.Length, valueCount))
                Throw.Argument_Invalid(nameof(rowStarts), $"row {row:N0} goes from {start:N0} to {end:N0}; starts never fall, and there are {columns.Length:N0} columns and {valueCount:N0} values.");
            var last = -1;
            foreach (var column in columns[(int)start..(int)end])
            {
                if ((uint)column >= (uint)featureCount)
                    Throw.ArgumentOutOfRange(nameof(columns), column, $"0 to {featureCount - 1:N0}");
                if (column <= last)
                    Throw.Argument_Invalid(nameof(columns), $"row {row:N0} has column {column:N0} after column {last:N0}; the columns of a row rise.");
                last = column;
            }
        }
    }

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var starts = rowStarts.Span.Slice((int)firstRow, rowCount + 1);
        var allColumns = columns.Span;
        var allValues = values.Span;
        for (var i = 0; i < rowCount; i++)
        {
            var row = destination.Slice(i * stride, featureCount);
            row.Clear();
            var places = (int)starts[i]..(int)starts[i + 1];
            var rowColumns = allColumns[places];
            var rowValues = allValues[places];
            for (var j = 0; j < rowColumns.Length; j++)
                row[rowColumns[j]] = rowValues[j];
        }
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory) =>
        MemoryMarshal.AsBytes(rowStarts.Span).Overlaps(memory) || MemoryMarshal.AsBytes(columns.Span).Overlaps(memory) || MemoryMarshal.AsBytes(values.Span).Overlaps(memory);
}
