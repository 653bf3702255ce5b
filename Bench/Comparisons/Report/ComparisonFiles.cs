using System.Text.Json;
using Bench.Report.Results;

namespace Bench.Comparisons.Report;

/// <summary>The files of a comparison, written anew after each case: a run that is stopped leaves whole files of what it had done.</summary>
internal static class ComparisonFiles
{
    /// <summary>Writes a page, a table and every number, each complete before it takes its name.</summary>
    /// <param name="folder">A folder, created where it is missing; other files in it stay.</param>
    /// <param name="name">The name of the files, without extension.</param>
    /// <param name="document">The comparison.</param>
    /// <param name="page">The page.</param>
    /// <param name="rows">The rows of the table.</param>
    public static void Write<TCase, TRow>(string folder, string name, ComparisonDocument<TCase> document, string page, IEnumerable<TRow> rows)
    {
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, $"{name}.json"), path =>
        {
            using var stream = File.Create(path);
            JsonSerializer.Serialize(stream, document, ResultsFile.Options);
            stream.Write("\n"u8);
        });
        Replace(Path.Combine(folder, $"{name}.csv"), path => TableFiles.WriteTable(path, rows));
        WriteText(folder, $"{name}.md", page);
    }

    /// <summary>Writes a text, complete before it takes its name.</summary>
    public static void WriteText(string folder, string fileName, string text) => Replace(Path.Combine(folder, fileName), path => File.WriteAllText(path, text));

    private static void Replace(string path, Action<string> write)
    {
        var partial = $"{path}.partial-{Environment.ProcessId}";
        try
        {
            write(partial);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
