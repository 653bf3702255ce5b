using Bench.Cohorts;
using Bench.Report.Results;

namespace Bench.Comparisons.Report;

/// <summary>The files of a comparison, written anew after each case: a run that is stopped leaves whole files of what it had done.</summary>
internal static class ComparisonFiles
{
    /// <summary>Writes a page, a table and every number, each complete before it takes its name.</summary>
    /// <param name="folder">A folder, created where it is missing; other files in it stay.</param>
    /// <param name="family">What is compared.</param>
    /// <param name="document">The comparison.</param>
    public static void Write(string folder, FamilyPage family, ComparisonDocument document)
    {
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, $"{family.Name}.json"), path => ResultsFile.Write(path, document));
        WholeFile.Write(Path.Combine(folder, $"{family.Name}.csv"), path =>
            TableFiles.WriteTable(path, ContenderTable.HeadersOf(family), document.Cases.SelectMany(result => ContenderTable.LinesOf(family, result))));
        WholeFile.Write(Path.Combine(folder, $"{family.Name}.md"), path => File.WriteAllText(path, ComparisonPage.Render(family, document)));
    }
}
