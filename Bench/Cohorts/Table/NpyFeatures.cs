using System.Globalization;
using Engine.Data;

namespace Bench.Cohorts.Table;

/// <summary>Features that lie in a .npy file beside a table, mapped into memory: rows are read from disk when they are needed.</summary>
/// <param name="Samples">The rows, which stay mapped until the process ends.</param>
/// <param name="Names">The names of the columns.</param>
internal sealed record NpyFeatures(SampleMatrix Samples, IReadOnlyList<string> Names)
{
    private const int LongestName = 80;

    /// <summary>Opens the file.</summary>
    /// <param name="file">A .npy file of two dimensions, float32.</param>
    /// <param name="names">A text file with the name of each column, one a line; null for column 0, column 1 and so on.</param>
    /// <exception cref="CohortFormatException">There is not one name a column, or a name is empty or occurs twice.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no such .npy file.</exception>
    public static NpyFeatures Open(string file, string? names)
    {
        var samples = SampleMatrix.Map(file);
        return new NpyFeatures(samples, names is null ? [.. Enumerable.Range(0, samples.FeatureCount).Select(static column => string.Create(CultureInfo.InvariantCulture, $"column {column}"))] : ReadNames(names, samples.FeatureCount));
    }

    /// <summary>Checks that a row of the table speaks of each row.</summary>
    /// <exception cref="CohortFormatException">There are more of one than of the other.</exception>
    public void RequireRows(string file, string table, int rowCount)
    {
        if (rowCount != Samples.RowCount)
            throw new CohortFormatException(file, 0, "", "", $"it has {Samples.RowCount:N0} rows, and {table} beside it {rowCount:N0}: row i of one must speak of row i of the other.");
    }

    private static string[] ReadNames(string file, int count)
    {
        InputFile.RequireRegular(file);
        string[] names = [.. File.ReadLines(file).Select(static line => PrintableText.Of(line.Trim(), LongestName))];
        if (names.Length != count)
            throw new CohortFormatException(file, 0, "", "", $"it has {names.Length:N0} lines, and the rows have {count:N0} columns; give one name a line.");
        var twice = names.CountBy(static name => name).FirstOrDefault(static name => name.Value > 1 || name.Key.Length == 0);
        return twice.Value == 0 ? names : throw new CohortFormatException(file, Array.IndexOf(names, twice.Key) + 1, "", twice.Key, "the name is empty or occurs twice; every column needs a name of its own.");
    }
}
