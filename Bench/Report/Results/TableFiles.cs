using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace Bench.Report.Results;

/// <summary>Writes the arrays of results.json as tables, one file each, for spreadsheets and data frames.</summary>
/// <remarks>Columns have the names of the fields; an empty cell is a null; numbers read back to the same bits.</remarks>
internal static class TableFiles
{
    /// <summary>The name of the folder in a result folder.</summary>
    public const string FolderName = "tables";

    private const string Bias = "bias.csv";
    private const string Metrics = "metrics.csv";
    private const string Disparity = "disparity.csv";
    private const string Units = "units.csv";
    private const string Methods = "methods.csv";
    private const string Skipped = "skipped.csv";
    private const string Coefficients = "coefficients.csv";

    private static readonly CsvConfiguration s_configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Gets the names of all tables.</summary>
    public static IReadOnlyList<string> Names { get; } = [Bias, Metrics, Disparity, Units, Methods, Skipped, Coefficients];

    /// <summary>Writes every table into an existing folder.</summary>
    public static void Write(string folder, ResultsDocument document)
    {
        WriteTable(Path.Combine(folder, Bias), document.Bias);
        WriteTable(Path.Combine(folder, Metrics), document.Metrics);
        WriteTable(Path.Combine(folder, Disparity), document.Disparity.Select(entry => new
        {
            entry.Method,
            entry.Split,
            entry.Family,
            entry.Metric,
            Groups = string.Join(' ', entry.Groups),
            entry.Relative,
            entry.Absolute,
        }));
        WriteTable(Path.Combine(folder, Units), document.DoublePrioritized?.Candidates ?? []);
        WriteTable(Path.Combine(folder, Methods), document.Methods);
        WriteTable(Path.Combine(folder, Skipped), document.Skipped);
        WriteTable(Path.Combine(folder, Coefficients), document.BaselineModel?.Coefficients ?? []);
    }

    /// <summary>Writes one table.</summary>
    /// <param name="path">The file to create.</param>
    /// <param name="rows">Its rows; fields become columns.</param>
    public static void WriteTable<TRow>(string path, IEnumerable<TRow> rows)
    {
        using var text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        using var table = new CsvWriter(text, s_configuration);
        var map = table.Context.AutoMap<TRow>();
        foreach (var member in map.MemberMaps)
            member.Name(JsonNamingPolicy.CamelCase.ConvertName(member.Data.Member!.Name));
        table.Context.RegisterClassMap(map);

        // "true", as in results.json; CsvHelper alone would write "True".
        table.Context.TypeConverterOptionsCache.GetOptions<bool>().BooleanTrueValues.Add("true");
        table.Context.TypeConverterOptionsCache.GetOptions<bool>().BooleanFalseValues.Add("false");
        table.WriteHeader<TRow>();
        table.NextRecord();
        foreach (var row in rows)
        {
            table.WriteRecord(row);
            table.NextRecord();
        }
    }
}
