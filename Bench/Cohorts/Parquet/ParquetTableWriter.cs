using Engine.Data;
using ParquetSharp;

namespace Bench.Cohorts.Parquet;

/// <summary>Writes rows under a schema to a Parquet file: categories as text, truth values and whole numbers as 64-bit integers, other numbers as they are, null where a value is missing.</summary>
internal static class ParquetTableWriter
{
    /// <summary>What the name of a Parquet file ends in.</summary>
    public const string Suffix = ".parquet";

    private const int RowsPerGroup = 1 << 16;

    /// <summary>Beyond it a float is no 64-bit integer.</summary>
    private const double LargestWhole = 1L << 62;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The rows.</param>
    /// <param name="cancellation">Stops writing; what is written then is no Parquet file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, SchemaTable table, CancellationToken cancellation)
    {
        try
        {
            using var properties = new WriterPropertiesBuilder().Compression(Compression.Snappy).EnablePageChecksum().Build();
            using var file = new ParquetFileWriter(path, [.. table.Schema.Columns.Select(ColumnOf)], properties);
            for (var first = 0L; first < table.RowCount; first += RowsPerGroup)
            {
                cancellation.ThrowIfCancellationRequested();
                WriteGroup(file, table, first, (int)Math.Min(RowsPerGroup, table.RowCount - first));
            }

            file.Close();
        }
        catch (ParquetException error)
        {
            throw new IOException($"{path}: the file cannot be written ({error.Message}).", error);
        }
    }

    private static void WriteGroup(ParquetFileWriter file, SchemaTable table, long first, int rowCount)
    {
        var columns = table.Schema.Columns;
        var values = new float[(long)rowCount * columns.Count];
        for (var row = 0; row < rowCount; row++)
            table.Rows.CopyRow(first + row, values.AsSpan(row * columns.Count, columns.Count));
        using var group = file.AppendRowGroup();
        for (var column = 0; column < columns.Count; column++)
        {
            var (place, levels) = (column, columns[column].Levels);
            if (columns[column].Kind == ColumnKind.Category)
                WriteColumn(group, value => float.IsNaN(value) ? null : levels[(int)value]);
            else if (IsWhole(columns[column]))
                WriteColumn(group, value => float.IsNaN(value) ? null : (long?)value);
            else
                WriteColumn(group, value => float.IsNaN(value) ? null : (float?)value);

            void WriteColumn<T>(RowGroupWriter target, Func<float, T> of)
            {
                var cells = new T[rowCount];
                for (var row = 0; row < rowCount; row++)
                    cells[row] = of(values[(row * columns.Count) + place]);
                using var writer = target.NextColumn().LogicalWriter<T>();
                writer.WriteBatch(cells);
            }
        }
    }

    private static Column ColumnOf(ColumnDescription column)
    {
        if (column.Kind == ColumnKind.Category)
            return new Column<string?>(column.Name);
        return IsWhole(column) ? new Column<long?>(column.Name) : new Column<float?>(column.Name);
    }

    private static bool IsWhole(ColumnDescription column) =>
        column.Kind == ColumnKind.Binary || (column.Kind == ColumnKind.Integer && column.Minimum >= -LargestWhole && column.Maximum <= LargestWhole);
}
