using ParquetSharp;

namespace Bench.Cohorts.Parquet;

/// <summary>A Parquet file that is read row by row: of each column that is asked for some thousand rows are in memory, of the others nothing.</summary>
internal sealed class ParquetInput : IDisposable
{
    private const int RowsAtOnce = 1 << 14;

    private static ReadOnlySpan<byte> Mark => "PAR1"u8;

    private readonly ParquetFileReader _reader;
    private readonly Column?[] _columns;
    private readonly int _groupCount;
    private RowGroupReader? _group;
    private long _rowsOfGroup;
    private long _rowInGroup = -1;

    private ParquetInput(string file, ParquetFileReader reader)
    {
        (File, _reader) = (file, reader);
        var data = reader.FileMetaData;
        _groupCount = data.NumRowGroups;
        RowCount = data.NumRows;
        Names = [.. Enumerable.Range(0, data.Schema.NumColumns).Select(column => data.Schema.Column(column).Path.ToDotString())];
        _columns = new Column?[Names.Length];
    }

    /// <summary>Gets the file as it is named in errors.</summary>
    public string File { get; }

    /// <summary>Gets the names of the columns; of nested ones, those of all levels, joined by points.</summary>
    public string[] Names { get; }

    /// <summary>Gets the number of rows that the file says it has.</summary>
    public long RowCount { get; }

    /// <summary>Gets the current row group, from 0.</summary>
    public int Group { get; private set; } = -1;

    /// <summary>Gets the current row of the file, from 0.</summary>
    public long Row { get; private set; } = -1;

    /// <summary>Gets where the current row is, as errors say it.</summary>
    public string Place => Group < 0 ? File : $"{File}, row group {Group}, row {Row}";

    /// <summary>Tells whether a file begins as Parquet files do; false where there is none, or it is no file.</summary>
    public static bool IsParquet(string file)
    {
        if (FileStatus.IsInheritedPipe(file) || !FileStatus.IsRegular(file))
            return false;
        using var stream = System.IO.File.OpenRead(file);
        Span<byte> start = stackalloc byte[Mark.Length];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Mark);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="CohortFormatException">There is no such file, or it is no Parquet file, or damaged.</exception>
    public static ParquetInput Open(string file)
    {
        if (!System.IO.File.Exists(file))
            throw new CohortFormatException(file, 0, "", "", "there is no such file.");
        InputFile.RequireRegular(file);
        return Guard(file, "", () =>
        {
            using var properties = ReaderProperties.GetDefaultReaderProperties();
            properties.EnablePageChecksumVerification();
            var reader = new ParquetFileReader(file, properties);
            try
            {
                return new ParquetInput(file, reader);
            }
            catch
            {
                reader.Dispose();
                throw;
            }
        });
    }

    /// <summary>Finds a column by its name.</summary>
    /// <exception cref="CohortFormatException">There is no such column, or several.</exception>
    public int Find(string name)
    {
        var column = Array.IndexOf(Names, name);
        if (column < 0)
            throw new CohortFormatException(File, 0, name, "", $"there is no such column{NearestName.Hint(name, Names)} There are {string.Join(", ", Names)}.");
        return Array.IndexOf(Names, name, column + 1) < 0 ? column : throw new CohortFormatException(File, 0, name, "", "there are several columns of this name.");
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Next()
    {
        Row++;
        _rowInGroup++;
        while (_group is null || _rowInGroup >= _rowsOfGroup)
        {
            if (Group + 1 >= _groupCount)
                return false;
            Group++;
            _rowInGroup = 0;
            CloseGroup();
            _group = Guard(Place, "", () => _reader.RowGroup(Group));
            _rowsOfGroup = _group.MetaData.NumRows;
        }

        return true;
    }

    /// <summary>Returns a cell of the current row as text; empty where it is missing.</summary>
    /// <exception cref="CohortFormatException">The column holds what is no cell of a table, or the file is damaged.</exception>
    public string Text(int column)
    {
        var values = At(column, out var row);
        return values.Text(row) ?? throw Error(column, "", "the column holds lists, maps or bytes, which are no cells of a table; leave it out, or write it anew as numbers or text.");
    }

    /// <summary>Returns a cell of the current row as a number; NaN where it is missing.</summary>
    /// <exception cref="CohortFormatException">The column holds no numbers, or the file is damaged.</exception>
    public double Number(int column)
    {
        var values = At(column, out var row);
        return values.Number(row) ?? throw Error(column, values.Text(row) ?? "", "a number was expected.");
    }

    /// <summary>Reads cells of the current row, and of those after it in its row group, as numbers, column by column; the last of them becomes the current row.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">Receives one value a column, row after row, rounded to float32; NaN where it is missing.</param>
    /// <returns>The number of rows: as many as are left of the row group and have room.</returns>
    /// <exception cref="CohortFormatException">A column holds no numbers, or the file is damaged.</exception>
    public int Numbers(int[] columns, Span<float> rows)
    {
        var count = (int)Math.Min(rows.Length / columns.Length, _rowsOfGroup - _rowInGroup);
        for (var place = 0; place < columns.Length; place++)
        {
            for (var done = 0; done < count;)
            {
                var values = At(columns[place], _rowInGroup + done, out var first);
                var some = Math.Min(count - done, _columns[columns[place]]!.Count - first);
                if (values.Numbers(first, some, rows[((done * columns.Length) + place)..], columns.Length) is { } wrong)
                {
                    Row += done + wrong;
                    throw Error(columns[place], values.Text(first + wrong) ?? "", "a number was expected.");
                }

                done += some;
            }
        }

        (Row, _rowInGroup) = (Row + count - 1, _rowInGroup + count - 1);
        return count;
    }

    /// <summary>Gets a cell of the current row where the column holds numbers, of which truth values are none; NaN where it is missing.</summary>
    /// <exception cref="CohortFormatException">The file is damaged.</exception>
    public bool TryNumber(int column, out double number)
    {
        var values = At(column, out var row);
        number = values.HoldsNumbers ? values.Number(row)!.Value : double.NaN;
        return values.HoldsNumbers;
    }

    /// <summary>Returns a cell of the current row as a whole number, times in microseconds since 1970; null where it is missing.</summary>
    /// <exception cref="CohortFormatException">The column holds something else, or the file is damaged.</exception>
    public long? Whole(int column, string expected)
    {
        var values = At(column, out var row);
        return values.Whole(row) ?? (values.Text(row) is "" ? null : throw Error(column, values.Text(row) ?? "", $"{expected} was expected."));
    }

    /// <summary>Describes what is wrong with a cell of the current row.</summary>
    public CohortFormatException Error(int column, string value, string reason) => new(Place, 0, Names[column], value, reason);

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseGroup();
        _reader.Dispose();
    }

    private void CloseGroup()
    {
        foreach (var column in _columns)
            column?.Values.Dispose();
        Array.Clear(_columns);
        _group?.Dispose();
        _group = null;
    }

    private ParquetValues At(int column, out int row) => At(column, _rowInGroup, out row);

    private ParquetValues At(int column, long rowInGroup, out int row)
    {
        var current = _columns[column] ??= new Column(Guard(Place, Names[column], () => ParquetValues.Open(_group!.Column(column), RowsAtOnce)));
        while (rowInGroup >= current.First + current.Count)
        {
            var count = Guard(Place, Names[column], current.Values.Read);
            if (count == 0)
                throw Error(column, "", $"the column ends after {current.First + current.Count:N0} of {_rowsOfGroup:N0} rows of the row group; the file is damaged, copy or write it again.");
            (current.First, current.Count) = (current.First + current.Count, count);
        }

        row = (int)(rowInGroup - current.First);
        return current.Values;
    }

    private static T Guard<T>(string place, string column, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ParquetException or NotSupportedException or ArgumentException or InvalidCastException or OverflowException or IndexOutOfRangeException or InvalidOperationException or DllNotFoundException)
        {
            throw new CohortFormatException(place, 0, column, "", $"this cannot be read as Parquet ({error.Message}); copy or write the file again, or leave the column out.");
        }
    }

    /// <summary>A column of the current row group, and which of its rows are in memory.</summary>
    private sealed class Column(ParquetValues values)
    {
        public ParquetValues Values { get; } = values;

        public long First { get; set; }

        public int Count { get; set; }
    }
}
