namespace Bench.Cohorts;

/// <summary>A table that is read row by row, whose cells are texts, and whose every error names the place of a cell and its value.</summary>
/// <param name="file">The file as it is named in errors.</param>
internal abstract class TextTable(string file) : IDisposable
{
    private const int LongestList = 300;

    /// <summary>Gets the file as it is named in errors.</summary>
    public string File { get; } = file;

    /// <summary>Gets the column names.</summary>
    public string[] Header { get; protected init; } = [];

    /// <summary>Gets a cell of the current row.</summary>
    /// <param name="column">The column, 0 to Header.Length - 1.</param>
    public abstract string this[int column] { get; }

    /// <summary>Moves to the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    public abstract bool Next();

    /// <summary>Describes what is wrong with a cell of the current row.</summary>
    public abstract CohortFormatException Error(int column, string reason);

    /// <summary>Describes what is wrong with the names of the columns.</summary>
    /// <param name="column">The name, or empty.</param>
    /// <param name="reason">What is wrong with it.</param>
    public abstract CohortFormatException HeaderError(string column, string reason);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Finds a column by its name, exact unless the format leaves the case open.</summary>
    /// <exception cref="CohortFormatException">The header has no such column.</exception>
    public int RequireColumn(string name, StringComparison comparison = StringComparison.Ordinal)
    {
        var column = Array.FindIndex(Header, header => header.Equals(name, comparison));
        if (column < 0)
            throw HeaderError(name, $"the header lacks this column; it has {PrintableText.Of(string.Join(", ", Header), LongestList)}.");
        if (Array.FindIndex(Header, column + 1, header => header.Equals(name, comparison)) >= 0)
            throw HeaderError(name, "the header has this column twice.");
        return column;
    }

    /// <summary>Returns a cell that may hold any text but zero bytes, which damaged files have.</summary>
    public string Text(int column) => this[column].Contains('\0', StringComparison.Ordinal) ? throw Error(column, "text without zero bytes was expected.") : this[column];

    /// <summary>Gets a cell that the file holds as a number, without the way over its text; NaN where it is missing.</summary>
    /// <param name="column">The column.</param>
    /// <param name="number">The number that the text would be parsed as.</param>
    /// <returns>Whether the file holds numbers there; false of files of text.</returns>
    public virtual bool TryNumber(int column, out double number)
    {
        number = double.NaN;
        return false;
    }

    /// <summary>Parses a cell as a number that a 32-bit float can hold.</summary>
    public double Number(int column) =>
        NumberText.TryParse(this[column].AsSpan().Trim(), out double value) && float.IsFinite((float)value)
            ? value
            : throw Error(column, "a number was expected, at most 3.4e38 in magnitude.");

    /// <summary>Parses a cell as a finite number, or NaN where it is empty or holds the file's word for a missing value.</summary>
    public double NumberOrMissing(int column, string missing = "")
    {
        var text = this[column].AsSpan().Trim();
        return text.IsEmpty || text.SequenceEqual(missing) ? double.NaN : Number(column);
    }

    /// <summary>Parses a cell as a whole number, such as an identifier.</summary>
    public long Integer(int column) =>
        NumberText.TryParse(this[column].AsSpan().Trim(), out long value)
            ? value
            : throw Error(column, "a whole number was expected.");

    /// <summary>Returns a cell without surrounding spaces, which must be one of the given texts.</summary>
    public string Level(int column, params ReadOnlySpan<string> levels)
    {
        var text = this[column].Trim();
        return levels.Contains(text) ? text : throw Error(column, $"one of '{string.Join("', '", levels)}' was expected.");
    }

    /// <summary>Parses a cell as a label.</summary>
    public byte Label(int column) => this[column].AsSpan().Trim() switch
    {
        "0" => 0,
        "1" => 1,
        _ => throw Error(column, "a label must be 0 or 1."),
    };
}
