using Bench.Comparisons.Report;

namespace Bench.Comparisons.Resampling.Report;

/// <summary>The files of the comparison of resampling methods.</summary>
internal static class SamplerFiles
{
    /// <summary>The name of the format.</summary>
    public const string SchemaName = "engine-resampling-comparison";

    /// <summary>The name of the files, without extension.</summary>
    public const string Name = "resampling";

    /// <summary>Writes all files.</summary>
    /// <param name="folder">A folder, created where it is missing; other files in it stay.</param>
    /// <param name="document">The comparison.</param>
    public static void Write(string folder, ComparisonDocument<SamplerResult> document) =>
        ComparisonFiles.Write(folder, Name, document, SamplerPage.Render(document), document.Cases.SelectMany(SamplerRow.Of));
}
