using System.Text.Json;
using ParquetSharp;

namespace Bench.Cohorts.Parquet;

/// <summary>Writes whole columns to a Parquet file: numbers, truth values, text, lists of text, and times in microseconds that belong to no zone.</summary>
internal static class ParquetColumns
{
    private const int RowsPerGroup = 1 << 16;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Columns of one length, each an array of its own type; null where a value is missing.</param>
    /// <param name="cancellation">Stops writing; what is written then is no Parquet file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Array Values)> columns, CancellationToken cancellation)
    {
        try
        {
            using var properties = new WriterPropertiesBuilder().Compression(Compression.Snappy).EnablePageChecksum().Build();
            using var file = new ParquetFileWriter(path, [.. columns.Select(column => ColumnOf(column.Name, column.Values.GetType().GetElementType()!))], properties);
            var rowCount = columns[0].Values.Length;
            for (var first = 0; first < rowCount; first += RowsPerGroup)
            {
                cancellation.ThrowIfCancellationRequested();
                using var group = file.AppendRowGroup();
                foreach (var (_, values) in columns)
                {
                    using var writer = group.NextColumn().LogicalWriter();
                    writer.Apply(new Part(values, first, Math.Min(RowsPerGroup, rowCount - first)));
                }
            }

            file.Close();
        }
        catch (ParquetException error)
        {
            throw new IOException($"{path}: the file cannot be written ({error.Message}).", error);
        }
    }

    /// <summary>Writes a table whose rows have their values as properties, which become columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellation">Stops writing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteTable<TRow>(string path, IReadOnlyList<TRow> rows, CancellationToken cancellation)
    {
        var columns = typeof(TRow).GetProperties().Select(property =>
        {
            var values = Array.CreateInstance(property.PropertyType, rows.Count);
            foreach (var (place, row) in rows.Index())
                values.SetValue(property.GetValue(row), place);
            return (JsonNamingPolicy.CamelCase.ConvertName(property.Name), values);
        });
        Write(path, [.. columns], cancellation);
    }

    private static Column ColumnOf(string name, Type type) =>
        type == typeof(DateTime?) || type == typeof(DateTime)
            ? new Column(type, name, LogicalType.Timestamp(isAdjustedToUtc: false, TimeUnit.Micros))
            : new Column(type, name);

    private sealed class Part(Array values, int first, int count) : ILogicalColumnWriterVisitor<bool>
    {
        public bool OnLogicalColumnWriter<TValue>(LogicalColumnWriter<TValue> columnWriter)
        {
            columnWriter.WriteBatch(((TValue[])values).AsSpan(first, count));
            return true;
        }
    }
}
