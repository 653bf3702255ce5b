using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using Engine.Tests.Support;

namespace Engine.Tests.Documents;

/// <summary>
/// The tables of the README say what the committed comparisons say: a table whose first column is "case" has its numbers from the page that is linked to last before it, or from the tables of
/// BenchmarkDotNet in the folder that is.
/// </summary>
public sealed partial class BenchmarkTableTests
{
    private const string EngineName = "engine";

    [Fact]
    public void Readme_Times_AreThoseOfTheCommittedComparisons()
    {
        var wrong = new List<string>();
        foreach (var row in Rows())
        {
            var measured = Measured(row.Page).Where(line => line.Case == row.Case).ToDictionary(line => line.Contender, line => line.Seconds, StringComparer.Ordinal);
            if (!measured.TryGetValue(EngineName, out var engine))
            {
                wrong.Add($"{row.Case}: {row.Page} has no time of the engine");
                continue;
            }

            if (!Says(row.Seconds, engine))
                wrong.Add($"{row.Case}: {row.Seconds} s, and {row.Page} has {engine}");
            foreach (var (contender, times) in row.Others)
            {
                if (!measured.TryGetValue(contender, out var other))
                    wrong.Add($"{row.Case}: {row.Page} has no time of {contender}");
                else if (!Says(times, other / engine))
                    wrong.Add($"{row.Case}: {contender} {times} x, and {row.Page} has {other / engine}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Readme_HasTablesOfEveryFamily() =>
        Assert.Equal(["equity", "kernels", "neighbors", "prognosis", "resampling"], Rows().Select(row => Path.GetFileNameWithoutExtension(row.Page)).Distinct().Order(StringComparer.Ordinal));

    /// <summary>The rows of all such tables.</summary>
    private static IEnumerable<(string Page, string Case, string Seconds, IReadOnlyList<(string Contender, string Times)> Others)> Rows()
    {
        var (page, isCases) = ("", false);
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "README.md")))
        {
            if (BenchmarkLink().Matches(line) is [.., var link])
                page = link.Groups["page"].Value;
            if (!line.StartsWith('|'))
                isCases = false;
            else if (line.StartsWith("| case |", StringComparison.Ordinal))
                isCases = true;
            else if (isCases && !line.StartsWith("|--", StringComparison.Ordinal))
                yield return RowOf(page, line);
        }
    }

    private static (string Page, string Case, string Seconds, IReadOnlyList<(string Contender, string Times)> Others) RowOf(string page, string line)
    {
        var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
        // "not run" has no number; whatever else stands there must be "NAME NUMBER x".
        var others = cells[3] == "not run" ? [] : cells[3].Split(", ").Select(text => Other().Match(text)).ToArray();
        Assert.All(others, other => Assert.True(other.Success, $"'{cells[3]}' of {cells[0]} is not a list such as 'faiss 17.6 x, scikit-learn 21 x'"));
        return (page, cells[0], cells[2], [.. others.Select(other => (other.Groups["name"].Value, other.Groups["times"].Value))]);
    }

    private static IEnumerable<(string Case, string Contender, decimal Seconds)> Measured(string page)
    {
        var path = Path.Combine(Repository.Root, page);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.csv").SelectMany(MeasuredByBenchmarkDotNet) : MeasuredByComparison(Path.ChangeExtension(path, ".csv"));
    }

    private static IEnumerable<(string Case, string Contender, decimal Seconds)> MeasuredByComparison(string file) =>
        from line in LinesOf(file)
        where line["status"] == "Measured"
        select (line["case"], line["contender"], decimal.Parse(line["totalSeconds"], NumberStyles.Float, CultureInfo.InvariantCulture));

    /// <summary>Networks beside libtorch: the case is the suite, with the samples of a batch where there are several.</summary>
    private static IEnumerable<(string Case, string Contender, decimal Seconds)> MeasuredByBenchmarkDotNet(string file)
    {
        var suite = Path.GetFileNameWithoutExtension(file).Split('.')[^1].Split('-')[0];
        return from line in LinesOf(file)
               let contender = line["Method"] == "Managed" ? EngineName : line["Method"].ToLowerInvariant()
               select (line.TryGetValue("BatchSize", out var batch) ? $"{suite} {batch}" : suite, contender, SecondsOf(line["Median"]));
    }

    private static decimal SecondsOf(string text) => text.Split(' ') is [var number, var unit]
        ? decimal.Parse(number, NumberStyles.Number, CultureInfo.InvariantCulture) * unit switch { "s" => 1, "ms" => 1e-3m, "μs" => 1e-6m, _ => 1e-9m }
        : throw new FormatException($"'{text}' is no time with a unit");

    private static List<Dictionary<string, string>> LinesOf(string path)
    {
        using var file = new StreamReader(path);
        using var csv = new CsvReader(file, CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<dynamic>().Select(line => ((IDictionary<string, object>)line).ToDictionary(cell => cell.Key, cell => (string)cell.Value, StringComparer.Ordinal))];
    }

    /// <summary>Whether a text is a number, rounded to the digits that it has.</summary>
    private static bool Says(string text, decimal exact)
    {
        var said = decimal.Parse(text, CultureInfo.InvariantCulture);
        var unit = 1m;
        for (var digit = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0; digit > 0; digit--)
            unit /= 10;
        return Math.Abs(said - exact) <= unit / 2;
    }

    [GeneratedRegex(@"\]\((?<page>docs/benchmarks/[^)]*?)/?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex BenchmarkLink();

    [GeneratedRegex(@"^(?<name>.+) (?<times>[\d.]+) x$", RegexOptions.ExplicitCapture)]
    private static partial Regex Other();
}
