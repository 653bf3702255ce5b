using System.Text.RegularExpressions;

namespace Bench.Cohorts.Parquet;

/// <summary>A Parquet file as a table of texts, such as pandas would write it to a CSV file: what is said of those holds for it.</summary>
/// <remarks>Null is an empty cell. A column of row numbers that pandas adds has no name. Columns that nobody asks for are never read.</remarks>
internal sealed partial class ParquetTable : TextTable
{
    private readonly ParquetInput _input;

    private ParquetTable(ParquetInput input)
        : base(input.File)
    {
        _input = input;
        Header = [.. input.Names.Select(name => RowNumbers().IsMatch(name) ? "" : name)];
    }

    /// <inheritdoc/>
    public override string this[int column] => _input.Text(column);

    /// <summary>Tells whether a file begins as Parquet files do.</summary>
    public static bool IsParquet(string file) => ParquetInput.IsParquet(file);

    /// <summary>Opens a file.</summary>
    /// <exception cref="CohortFormatException">There is no such file, or it is no Parquet file, or damaged.</exception>
    public static ParquetTable Open(string file) => new(ParquetInput.Open(file));

    /// <inheritdoc/>
    public override bool TryNumber(int column, out double number) => _input.TryNumber(column, out number);

    /// <inheritdoc/>
    public override bool Next() => _input.Next();

    /// <inheritdoc/>
    public override CohortFormatException Error(int column, string reason) => _input.Error(column, this[column], reason);

    /// <inheritdoc/>
    public override CohortFormatException HeaderError(string column, string reason) => new(File, 0, column, "", reason);

    /// <inheritdoc/>
    public override void Dispose() => _input.Dispose();

    [GeneratedRegex(@"^__index_level_\d+__$")]
    private static partial Regex RowNumbers();
}
