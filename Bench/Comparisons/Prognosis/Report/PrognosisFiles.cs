using Bench.Comparisons.Report;

namespace Bench.Comparisons.Prognosis.Report;

/// <summary>The files of the comparison of fits, metrics and prefix features.</summary>
internal static class PrognosisFiles
{
    /// <summary>The name of the format.</summary>
    public const string SchemaName = "engine-prognosis-comparison";

    /// <summary>The name of the files, without extension.</summary>
    public const string Name = "prognosis";

    /// <summary>Writes all files.</summary>
    /// <param name="folder">A folder, created where it is missing; other files in it stay.</param>
    /// <param name="document">The comparison.</param>
    public static void Write(string folder, ComparisonDocument<PrognosisResult> document) =>
        ComparisonFiles.Write(folder, Name, document, PrognosisPage.Render(document), document.Cases.SelectMany(PrognosisRow.Of));
}
