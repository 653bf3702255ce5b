using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bench.Cohorts;
using Bench.Cohorts.Channels;
using Bench.Cohorts.Mimic3;

namespace Engine.Tests.Bench.Cohorts.Mimic3;

/// <summary>Shows that the demo's files are those of the full data, of which hashes are published; so parity on them is parity on real files.</summary>
public sealed class PublishedHashesTests
{
    [Theory]
    [InlineData(Mimic3Task.InHospitalMortality, "published_hashes_ihm.csv", 57)]
    [InlineData(Mimic3Task.Decompensation, "published_hashes_decomp.csv", 113)]
    public void DemoFiles_Hash_EqualsPublished(Mimic3Task task, string golden, int count)
    {
        var folder = Path.Combine(Mimic3Demo.Folder, Mimic3Layout.TaskFolder(task));
        var lines = File.ReadAllLines(Mimic3Demo.Golden(golden)).Select(line => line.Split(','));
        var published = lines.ToDictionary(cells => Path.GetFullPath(cells[0], folder), cells => cells[1]);
        Assert.Equal(count, published.Count);
        Assert.Equal(published.Keys.Order(StringComparer.Ordinal), Mimic3Demo.StayFiles(task));
        foreach (var (file, hash) in published)
            Assert.Equal(hash, HashAsPublished(file));
    }

    // Not of the bytes: the benchmark's hash_tables.py rounds every number to one decimal, sorts by the first column
    // without repetition and hashes the table as pandas prints it.
    private static string HashAsPublished(string file)
    {
        using var table = CsvTable.Open(file);
        var rows = new List<string[]>();
        while (table.Next())
            rows.Add([.. table.Header.Select((_, column) => Round(table[column]))]);
        var columns = Enumerable.Range(0, table.Header.Length).ToArray();
        var sortColumn = Array.FindIndex(columns, column => rows.DistinctBy(row => row[column]).Count() == rows.Count);
        if (sortColumn >= 0)
            rows.Sort((left, right) => string.CompareOrdinal(left[sortColumn], right[sortColumn]));

        var indexWidth = $"{rows.Count - 1}".Length;
        var widths = columns.Select(column => Math.Max(table.Header[column].Length, 1 + rows.Max(row => row[column].Length))).ToArray();
        string Line(string index, string[] cells) =>
            index.PadRight(indexWidth) + string.Concat(cells.Select((cell, column) => " " + cell.PadLeft(widths[column])));
        return Md5(string.Join('\n', rows.Select((row, index) => Line($"{index}", row)).Prepend(Line("", table.Header))));
    }

    private static string Round(string cell)
    {
        if (cell.Length == 0)
            return "nan";
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return cell;
        // Python rounds the exact ties, .25 and .75, to the even digit; .NET rounds them up.
        var isTie = value * 4 == Math.Truncate(value * 4) && value * 2 != Math.Truncate(value * 2);
        return (isTie ? Math.Round(value * 10, MidpointRounding.ToEven) / 10 : value).ToString("F1", CultureInfo.InvariantCulture);
    }

#pragma warning disable CA5351 // The published hashes are MD5; nothing here guards against an attacker.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
