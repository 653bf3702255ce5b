namespace Bench.Comparisons.Report;

/// <summary>The files of the comparison of neighbor searches.</summary>
internal static class NeighborFiles
{
    /// <summary>The name of the format.</summary>
    public const string SchemaName = "engine-neighbor-comparison";

    /// <summary>The name of the files, without extension.</summary>
    public const string Name = "neighbors";

    /// <summary>Writes all files.</summary>
    /// <param name="folder">A folder, created where it is missing; other files in it stay.</param>
    /// <param name="document">The comparison.</param>
    public static void Write(string folder, ComparisonDocument<CaseResult> document)
    {
        ComparisonFiles.Write(folder, Name, document, MarkdownReport.Render(document), document.Cases.SelectMany(ContenderRow.Of));
        ComparisonFiles.WriteText(folder, "Versions.txt", VersionsText.Render(document));
    }
}
