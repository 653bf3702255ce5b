using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Bench.Cohorts;

/// <summary>A CSV file read row by row, whose every error names file, line, column and value.</summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>What the name of a compressed file adds to that of the file.</summary>
    public const string Compressed = ".gz";

    private const int LongestList = 300;

    private const string AllSeparators = ",;\t|";

    private static readonly (char Separator, string Name)[] s_otherSeparators = [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")];

    private readonly CsvParser _parser;
    private string[] _row = [];
    private long _lastLine;

    private CsvTable(string file, TextReader reader, bool findsSeparator)
    {
        File = file;
        _parser = new CsvParser(new BoundedReader(file, reader, findsSeparator ? AllSeparators : ","), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = findsSeparator,
            GetDelimiter = static start => SeparatorOf(start.Text),
            BadDataFound = bad => throw new CohortFormatException(file, _lastLine + 1, "", bad.Field, "a quotation mark is not closed or not doubled."),
        });
        Header = ReadRow() ? _row : throw new CohortFormatException(file, 0, "", "", "the file is empty; a header line was expected.");
        if (Header is [var only] && s_otherSeparators.FirstOrDefault(other => only.Contains(other.Separator, StringComparison.Ordinal)).Name is { } name)
            throw new CohortFormatException(file, 1, "", only, $"the cells seem to be separated by {name}; commas are expected.");
    }

    /// <summary>Gets the file as it is named in errors.</summary>
    public string File { get; }

    /// <summary>Gets the column names.</summary>
    public string[] Header { get; }

    /// <summary>Gets the line of the current row, from 1.</summary>
    public long Line => _parser.RawRow;

    /// <summary>Gets a cell of the current row.</summary>
    /// <param name="column">The column, 0 to Header.Length - 1.</param>
    public string this[int column] => _row[column];

    /// <summary>Gets whether there is a file of this name, plain or with ".gz" added.</summary>
    public static bool Exists(string file) => System.IO.File.Exists(file) || System.IO.File.Exists(file + Compressed);

    /// <summary>Throws unless there is a file of this name, plain or with ".gz" added.</summary>
    public static void RequireExists(string file)
    {
        if (!Exists(file))
            throw new CohortFormatException(file, 0, "", "", $"there is no such file, nor one with {Compressed} added.");
    }

    /// <summary>Opens a file, or where only that exists the one with ".gz" added, and decompresses it when its first bytes are those of gzip, whatever its name.</summary>
    /// <param name="file">The file.</param>
    /// <param name="findsSeparator">Whether cells may be separated by semicolons, tabs or vertical bars as well: by what the header has most of, outside quotation marks.</param>
    /// <exception cref="CohortFormatException">The file is missing, empty, damaged, no regular file, or not separated by commas where it must be.</exception>
    public static CsvTable Open(string file, bool findsSeparator = false)
    {
        RequireExists(file);
        if (!System.IO.File.Exists(file))
            file += Compressed;
        try
        {
            return Read(file, InputFile.Open(file), findsSeparator);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(file, 0, error);
        }
    }

    /// <summary>Reads a stream that the caller has opened, such as an entry of a zip file; the table closes it.</summary>
    /// <param name="name">The name in errors.</param>
    /// <param name="stream">The text, in UTF-8 unless it begins with the mark of another encoding.</param>
    /// <param name="findsSeparator">Whether cells may be separated by something else than commas.</param>
    public static CsvTable Read(string name, Stream stream, bool findsSeparator = false)
    {
        var reader = new StreamReader(stream);
        try
        {
            return new CsvTable(name, reader, findsSeparator);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next row; every row must have as many cells as the header.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Next()
    {
        if (!ReadRow())
            return false;
        if (_row.Length != Header.Length)
            throw new CohortFormatException(File, Line, "", "", $"the row has {_row.Length} cells where the header has {Header.Length}.");
        return true;
    }

    /// <summary>Throws unless the header is exactly the expected one.</summary>
    public void RequireHeader(params ReadOnlySpan<string> expected)
    {
        for (var i = 0; i < Math.Max(expected.Length, Header.Length); i++)
        {
            var found = i < Header.Length ? Header[i] : "";
            var wanted = i < expected.Length ? expected[i] : "";
            if (found != wanted)
                throw new CohortFormatException(File, 1, found, "", wanted.Length == 0 ? "no further column was expected." : $"column {i + 1} of the header must be '{wanted}'.");
        }
    }

    /// <summary>Finds a column by its name, exact unless the format leaves the case open.</summary>
    /// <exception cref="CohortFormatException">The header has no such column.</exception>
    public int RequireColumn(string name, StringComparison comparison = StringComparison.Ordinal)
    {
        var column = Array.FindIndex(Header, header => header.Equals(name, comparison));
        if (column < 0)
            throw new CohortFormatException(File, 1, name, "", $"the header lacks this column; it has {PrintableText.Of(string.Join(", ", Header), LongestList)}.");
        if (Array.FindIndex(Header, column + 1, header => header.Equals(name, comparison)) >= 0)
            throw new CohortFormatException(File, 1, name, "", "the header has this column twice.");
        return column;
    }

    /// <summary>Returns a cell that may hold any text but zero bytes, which damaged files have.</summary>
    public string Text(int column) => _row[column].Contains('\0', StringComparison.Ordinal) ? throw Error(column, "text without zero bytes was expected.") : _row[column];

    /// <summary>Parses a cell as a number that a 32-bit float can hold.</summary>
    public double Number(int column) =>
        NumberText.TryParse(_row[column].AsSpan().Trim(), out double value) && float.IsFinite((float)value)
            ? value
            : throw Error(column, "a number was expected, at most 3.4e38 in magnitude.");

    /// <summary>Parses a cell as a finite number, or NaN where it is empty or holds the file's word for a missing value.</summary>
    public double NumberOrMissing(int column, string missing = "")
    {
        var text = _row[column].AsSpan().Trim();
        return text.IsEmpty || text.SequenceEqual(missing) ? double.NaN : Number(column);
    }

    /// <summary>Parses a cell as a whole number, such as an identifier.</summary>
    public long Integer(int column) =>
        NumberText.TryParse(_row[column].AsSpan().Trim(), out long value)
            ? value
            : throw Error(column, "a whole number was expected.");

    /// <summary>Returns a cell without surrounding spaces, which must be one of the given texts.</summary>
    public string Level(int column, params ReadOnlySpan<string> levels)
    {
        var text = _row[column].Trim();
        return levels.Contains(text) ? text : throw Error(column, $"one of '{string.Join("', '", levels)}' was expected.");
    }

    /// <summary>Parses a cell as a label.</summary>
    public byte Label(int column) => _row[column].AsSpan().Trim() switch
    {
        "0" => 0,
        "1" => 1,
        _ => throw Error(column, "a label must be 0 or 1."),
    };

    /// <summary>Describes what is wrong with a cell of the current row.</summary>
    public CohortFormatException Error(int column, string reason) => new(File, Line, Header[column], _row[column], reason);

    /// <inheritdoc/>
    public void Dispose() => _parser.Dispose();

    // The library's own search looks at rows too, and takes the commas of decimals for separators.
    private static string SeparatorOf(string start)
    {
        var counts = new int[AllSeparators.Length];
        var isQuoted = false;
        foreach (var character in start)
        {
            if (character == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && character is '\n' or '\r')
                break;
            else if (!isQuoted && AllSeparators.IndexOf(character, StringComparison.Ordinal) is >= 0 and var separator)
                counts[separator]++;
        }

        return AllSeparators[Array.IndexOf(counts, counts.Max())].ToString();
    }

    private static CohortFormatException Damaged(string file, long line, InvalidDataException error) =>
        new(file, line, "", "", $"the compressed file is damaged or cut short ({error.Message}).");

    private bool ReadRow()
    {
        _lastLine = _parser.RawRow;
        try
        {
            if (!_parser.Read())
                return false;
        }
        catch (InvalidDataException error)
        {
            throw Damaged(File, _parser.RawRow, error);
        }

        _row = _parser.Record!;
        return true;
    }
}
