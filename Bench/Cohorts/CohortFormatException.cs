namespace Bench.Cohorts;

/// <summary>A data set is not in the format that it should be in. The message names file, line, column and value.</summary>
public sealed class CohortFormatException : Exception
{
    /// <summary>More of a value than this hides the rest of the message: an open quotation mark can swallow a file.</summary>
    private const int LongestShown = 80;

    private const int LongestFile = 500;
    private const int LongestReason = 1000;

    /// <summary>Creates the error.</summary>
    /// <param name="file">The file, as the user named it or found below the folder that the user named.</param>
    /// <param name="line">The line, from 1; 0 when the whole file is meant.</param>
    /// <param name="column">The column's name, or empty.</param>
    /// <param name="value">The offending text, or empty.</param>
    /// <param name="reason">What is wrong and what was expected.</param>
    public CohortFormatException(string file, long line, string column, string value, string reason)
        : base(Describe(file, line, column, value, reason))
    {
        File = file;
        Line = line;
        Column = column;
        Value = value;
    }

    /// <summary>Gets the file.</summary>
    public string File { get; }

    /// <summary>Gets the line, from 1; 0 when the whole file is meant.</summary>
    public long Line { get; }

    /// <summary>Gets the column's name, or an empty text.</summary>
    public string Column { get; }

    /// <summary>Gets the offending text, or an empty one.</summary>
    public string Value { get; }

    private static string Describe(string file, long line, string column, string value, string reason)
    {
        // Text from files is shown as it may be shown: names, columns and values.
        var place = PrintableText.Of(file, LongestFile);
        if (line > 0)
            place += $", line {line}";
        if (column.Length > 0)
            place += $", column '{PrintableText.Of(column, LongestShown)}'";
        if (value.Length > 0)
            place += $", value '{PrintableText.Of(value, LongestShown)}'";
        return $"{place}: {PrintableText.Of(reason, LongestReason)}";
    }
}
