using Bench.Cohorts.Parquet;

namespace Bench.Cohorts.Table;

/// <summary>Opens a table of one's own, whatever it is kept in.</summary>
internal static class TableFile
{
    /// <summary>Opens a file by what it begins with: Parquet, or text separated by commas, semicolons, tabs or vertical bars, which may be compressed by gzip.</summary>
    /// <exception cref="CohortFormatException">The file is missing, empty, damaged or no regular file.</exception>
    public static TextTable Open(string file) => ParquetTable.IsParquet(file) ? ParquetTable.Open(file) : CsvTable.Open(file, findsSeparator: true);
}
