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

    /// <summary>Gets the names of the files in it.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["bias.csv", "metrics.csv", "intervals.csv", "differences.csv", "disparity.csv", "fairness.csv", "group-fairness.csv", "calibration.csv", "calibration-intervals.csv", "calibration-bins.csv", "auroc-comparisons.csv", "units.csv", "methods.csv", "epochs.csv", "skipped.csv", "coefficients.csv"];

    private static readonly CsvConfiguration s_configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>Writes every table into an existing folder.</summary>
    public static void Write(string folder, ResultsDocument document)
    {
        WriteTable(Path.Combine(folder, "bias.csv"), document.Bias);
        WriteTable(Path.Combine(folder, "metrics.csv"), document.Metrics);
        WriteTable(Path.Combine(folder, "intervals.csv"), document.Intervals);
        WriteTable(Path.Combine(folder, "differences.csv"), document.Differences);
        WriteDisparity(Path.Combine(folder, "disparity.csv"), document.Disparity);
        WriteFairness(Path.Combine(folder, "fairness.csv"), document.Fairness);
        WriteTable(Path.Combine(folder, "group-fairness.csv"), document.GroupFairness);
        WriteTable(Path.Combine(folder, "calibration.csv"), document.Calibration);
        WriteTable(Path.Combine(folder, "calibration-intervals.csv"), document.CalibrationIntervals);
        WriteTable(Path.Combine(folder, "calibration-bins.csv"), document.CalibrationBins);
        WriteTable(Path.Combine(folder, "auroc-comparisons.csv"), document.AurocComparisons);
        WriteTable(Path.Combine(folder, "units.csv"), document.DoublePrioritized?.Candidates ?? []);
        WriteTable(Path.Combine(folder, "methods.csv"), document.Methods);
        WriteTable(Path.Combine(folder, "epochs.csv"), document.Epochs);
        WriteTable(Path.Combine(folder, "skipped.csv"), document.Skipped);
        WriteTable(Path.Combine(folder, "coefficients.csv"), document.BaselineModel?.Coefficients ?? []);
    }

    /// <summary>Writes disparities; a cell cannot hold a list, so the groups are joined.</summary>
    public static void WriteDisparity(string path, IEnumerable<DisparityEntry> entries) => WriteTable(path, entries.Select(entry => new
    {
        entry.Method,
        entry.Split,
        entry.Family,
        entry.Metric,
        Groups = string.Join(' ', entry.Groups),
        entry.Best,
        entry.Worst,
        entry.Relative,
        entry.Absolute,
    }));

    private static void WriteFairness(string path, IEnumerable<FairnessEntry> entries) => WriteTable(path, entries.Select(entry => new
    {
        entry.Method,
        entry.Split,
        entry.Family,
        entry.Comparison,
        entry.Metric,
        Groups = string.Join(' ', entry.Groups),
        entry.Estimate,
        entry.StandardError,
        entry.Lower,
        entry.Upper,
        entry.UndefinedDraws,
        entry.Reason,
    }));

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

    /// <summary>Writes one table whose columns are known only as it is written.</summary>
    /// <param name="path">The file to create.</param>
    /// <param name="headers">The names of the columns.</param>
    /// <param name="rows">As many cells a row.</param>
    public static void WriteTable(string path, IEnumerable<string> headers, IEnumerable<IEnumerable<object?>> rows)
    {
        using var text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        using var table = new CsvWriter(text, s_configuration);
        foreach (var row in rows.Prepend(headers))
        {
            foreach (var cell in row)
                table.WriteField(cell);
            table.NextRecord();
        }
    }
}
