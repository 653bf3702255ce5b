using System.Globalization;
using System.Text;
using Bench.Cohorts.Parquet;
using CsvHelper;
using CsvHelper.Configuration;
using Engine.Data;

namespace Bench.Cohorts.Table;

/// <summary>Writes rows as they are read: Parquet where the name ends in .parquet, else CSV with a header, levels as text, an empty cell where a value is missing, numbers that read back to the same bits.</summary>
internal static class SchemaTableWriter
{
    private static readonly CsvConfiguration s_configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Writes a file, which appears under its name, or replaces what has it, only when it is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The rows.</param>
    /// <param name="cancellation">Stops writing; an earlier file stays as it was.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, SchemaTable table, CancellationToken cancellation) => WholeFile.Write(path, partial =>
    {
        if (path.EndsWith(ParquetTableWriter.Suffix, StringComparison.OrdinalIgnoreCase))
            ParquetTableWriter.Write(partial, table, cancellation);
        else
            WriteText(partial, table, cancellation);
    });

    private static void WriteText(string path, SchemaTable table, CancellationToken cancellation)
    {
        using var file = new CsvWriter(new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)), s_configuration);
        var columns = table.Schema.Columns;
        foreach (var column in columns)
            file.WriteField(column.Name);
        file.NextRecord();
        var values = new float[columns.Count];
        for (var row = 0L; row < table.RowCount; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            table.Rows.CopyRow(row, values);
            for (var column = 0; column < columns.Count; column++)
                file.WriteField(float.IsNaN(values[column]) ? "" : columns[column].Kind == ColumnKind.Category ? columns[column].Levels[(int)values[column]] : TableWords.Of(values[column]));
            file.NextRecord();
        }
    }
}
