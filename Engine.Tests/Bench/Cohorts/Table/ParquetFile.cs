using ParquetSharp;

namespace Engine.Tests.Bench.Cohorts.Table;

/// <summary>Parquet files as other programs write them.</summary>
internal static class ParquetFile
{
    /// <summary>Writes columns, each an array of its own type, in row groups of so many rows.</summary>
    public static void Write(string path, int rowsPerGroup, params (string Name, Array Values)[] columns)
    {
        using var file = new ParquetFileWriter(path, [.. columns.Select(column => new Column(column.Values.GetType().GetElementType()!, column.Name))]);
        var rowCount = columns[0].Values.Length;
        for (var first = 0; first < rowCount; first += rowsPerGroup)
        {
            using var group = file.AppendRowGroup();
            foreach (var (_, values) in columns)
            {
                using var writer = group.NextColumn().LogicalWriter();
                writer.Apply(new Writing(values, first, Math.Min(rowsPerGroup, rowCount - first)));
            }
        }

        file.Close();
    }

    private sealed class Writing(Array values, int first, int count) : ILogicalColumnWriterVisitor<bool>
    {
        public bool OnLogicalColumnWriter<TValue>(LogicalColumnWriter<TValue> columnWriter)
        {
            columnWriter.WriteBatch(((TValue[])values).AsSpan(first, count));
            return true;
        }
    }
}
