using System.Text.Json;
using Bench.Report.Results;

namespace Bench.Comparisons.Report;

/// <summary>The files of a comparison, written anew after each case: a run that is stopped leaves whole files of what it had done.</summary>
internal static class ComparisonFiles
{
    private const string Name = "neighbors";

    /// <summary>Writes all files, each complete before it takes its name.</summary>
    /// <param name="folder">A folder, created where it is missing; other files in it stay.</param>
    /// <param name="document">The comparison.</param>
    public static void Write(string folder, ComparisonDocument document)
    {
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, $"{Name}.json"), path =>
        {
            using var stream = File.Create(path);
            JsonSerializer.Serialize(stream, document, ResultsFile.Options);
            stream.Write("\n"u8);
        });
        Replace(Path.Combine(folder, $"{Name}.csv"), path => TableFiles.WriteTable(path, document.Cases.SelectMany(ContenderRow.Of)));
        Replace(Path.Combine(folder, $"{Name}.md"), path => File.WriteAllText(path, MarkdownReport.Render(document)));
        Replace(Path.Combine(folder, "Versions.txt"), path => File.WriteAllText(path, VersionsText.Render(document)));
    }

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
