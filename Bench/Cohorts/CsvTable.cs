using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Bench.Cohorts;

/// <summary>A CSV file read row by row, whose every error names file, line, column and value.</summary>
internal sealed class CsvTable : TextTable
{
    /// <summary>What the name of a compressed file adds to that of the file.</summary>
    public const string Compressed = ".gz";

    private const string AllSeparators = ",;\t|";

    private static readonly (char Separator, string Name)[] s_otherSeparators = [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")];

    private readonly CsvParser _parser;
    private string[] _row = [];
    private long _lastLine;

    private CsvTable(string file, TextReader reader, bool findsSeparator)
        : base(file)
    {
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

    /// <summary>Gets the line of the current row, from 1.</summary>
    public long Line => _parser.RawRow;

    /// <inheritdoc/>
    public override string this[int column] => _row[column];

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

    /// <inheritdoc/>
    /// <remarks>Every row must have as many cells as the header.</remarks>
    public override bool Next()
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

    /// <inheritdoc/>
    public override CohortFormatException Error(int column, string reason) => new(File, Line, Header[column], this[column], reason);

    /// <inheritdoc/>
    public override CohortFormatException HeaderError(string column, string reason) => new(File, 1, column, "", reason);

    /// <inheritdoc/>
    public override void Dispose() => _parser.Dispose();

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
