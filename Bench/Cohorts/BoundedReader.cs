namespace Bench.Cohorts;

/// <summary>Text of a table, read as long as its rows have a size that a row can have: the parser keeps each row whole in memory.</summary>
/// <param name="file">The file as it is named in errors.</param>
/// <param name="text">The text; this reader closes it.</param>
/// <param name="separators">The characters that may separate cells.</param>
internal sealed class BoundedReader(string file, TextReader text, string separators = ",") : TextReader
{
    /// <summary>The longest row in characters, and so the longest cell.</summary>
    public const int LongestRow = 1 << 20;

    /// <summary>The largest number of cells in a row; the widest format here has 48.</summary>
    public const int MostCells = 1 << 16;

    private const char Quote = '"';

    private long _line = 1;
    private long _length;
    private long _separatorCount;
    private bool _isQuoted;

    /// <inheritdoc/>
    /// <exception cref="CohortFormatException">A row is too long or has too many cells.</exception>
    public override int Read(char[] buffer, int index, int count)
    {
        var read = text.Read(buffer, index, count);
        Check(buffer.AsSpan(index, read));
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<char> read)
    {
        while (!read.IsEmpty)
        {
            var end = read.IndexOfAny(Quote, '\n', '\r');
            var part = end < 0 ? read : read[..end];
            _length += part.Length;
            if (!_isQuoted)
                _separatorCount += CountSeparators(part);
            if (_length > LongestRow)
                throw new CohortFormatException(file, _line, "", "", $"the row is longer than {LongestRow:N0} characters; a quotation mark may be missing, or this is no table.");
            if (_separatorCount >= MostCells)
                throw new CohortFormatException(file, _line, "", "", $"the row has more than {MostCells:N0} cells.");
            if (end < 0)
                return;
            Pass(read[end]);
            read = read[(end + 1)..];
        }
    }

    private int CountSeparators(ReadOnlySpan<char> part)
    {
        var count = 0;
        foreach (var separator in separators)
            count += part.Count(separator);
        return count;
    }

    private void Pass(char mark)
    {
        if (mark == Quote)
            _isQuoted = !_isQuoted;
        else if (!_isQuoted)
            (_length, _separatorCount) = (0, 0);
        _length++;
        if (mark == '\n')
            _line++;
    }
}
