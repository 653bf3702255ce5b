using System.Text;
using Bench.Comparisons.Report;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Resampling.Report;

/// <summary>The comparison as a page: what was measured, what was not and why, and how to read it.</summary>
internal static class SamplerPage
{
    private const string Sources = "Versions are at the end, every number in [resampling.json](resampling.json) and [resampling.csv](resampling.csv).";

    /// <summary>Writes the page.</summary>
    /// <param name="document">The comparison.</param>
    public static string Render(ComparisonDocument<SamplerResult> document)
    {
        var page = new StringBuilder();
        page.Append(PageHead.Render(document, "Resampling, method by method", Sources)).Append('\n').Append(Times(document.Cases));
        PageHead.AppendSection(page, "Results, and the rival's memory", Results(document.Cases));
        if (NotMeasured(document.Cases) is { Length: > 0 } reasons)
            PageHead.AppendSection(page, "Not measured", reasons);
        PageHead.AppendSection(page, "How to read this", Notes(document));
        PageHead.AppendSection(page, "Versions", string.Concat(VersionsText.Render(document).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"- {line}\n")));
        return page.ToString();
    }

    private static string Times(IReadOnlyList<SamplerResult> cases) => MarkdownTable.Render(
        [
            "case", "rows (minority)", "d", "data", "resampled", "engine, s (plan + making rows)", "imbalanced-learn, s (ratio)", "asked: met, measured",
            "rows made, of memory bandwidth", "memory beside the data", "load",
        ],
        cases.Select(IEnumerable<string> (result) =>
        [
            result.Name,
            SamplerText.Size(result),
            result.FeatureCount == 0 ? CaseText.Nothing : $"{result.FeatureCount}",
            result.Data,
            SamplerText.Resampled(result),
            SamplerText.Engine(result),
            SamplerText.Rival(result),
            string.Join("; ", result.Bars.Select(CaseText.BarOnPage)),
            SamplerText.Making(result),
            SamplerText.Memory(result),
            CaseText.Load(result.Engine?.LoadBefore),
        ]));

    private static string Results(IReadOnlyList<SamplerResult> cases) => MarkdownTable.Render(
        ["case", "checked", "imbalanced-learn: memory, load"],
        cases.Where(result => result.Engine is not null).Select(IEnumerable<string> (result) =>
        [
            result.Name,
            result.Checks.Count == 0 ? "not checked at this size" : string.Join("; ", result.Checks.Select(SamplerText.Check)),
            result.Rival is { Status: RivalStatus.Measured } rival ? $"{CaseText.Megabytes(rival.PeakGrowthBytes)}, {CaseText.Load(rival.LoadBefore)}" : "",
        ]));

    private static string NotMeasured(IReadOnlyList<SamplerResult> cases)
    {
        var skipped = cases.Where(result => result.Skipped is not null).Select(result => $"- {result.Name}: {result.Skipped}\n");
        var rivals = cases
            .Where(result => result.Rival is { Status: not RivalStatus.Measured })
            .Select(result => $"- {result.Name}, {result.Rival!.Name}: {CaseText.StatusOf(result.Rival.Status)}, {result.Rival.Reason}\n");
        return string.Concat(skipped.Concat(rivals));
    }

    private static string Notes(ComparisonDocument<SamplerResult> document) =>
        $"""
        - Rows are those of the simulator as it normalizes them, with the published means and deviations, in memory of their own; `run` standardizes them once more. Class 1
          is death within a day; of stays, 48 hours in a row, it is death within a day of the last sample.
        - Methods have their default options and balance the classes 1:1. DP repeats class 1 rows of one group as often as the study does at most.
        - The engine's time is that of the plan, searches included, and of making all rows of it, block by block, on all threads, into memory that is used again. The ratio
          is the rival's time, which includes making its rows, divided by the engine's. Reading files, starting processes and a first small run on each side are left
          out. A rival that was not measured is never counted as beaten: its bar is "not known".
        - A time counts only where the plan was found right. Beside imbalanced-learn: the same rows kept (NearMiss), as many rows made from each base row (ADASYN), every
          made row on a segment to a neighbor that it lists (SMOTE); where they differ, distances in double precision must tie to 1e-6. At other sizes: the number of
          rows; of 200 made rows, that they lie between a minority row and one of its nearest as a search in double precision finds them; of 400 majority rows, that
          none that stayed has a worse mean distance in double precision than one that left (NearMiss 1 and 2, Distant); of 20 to 200, that those left that have a
          minority row among their nearest (edited nearest neighbors). Tests compare all methods with slow, plain code on small tables.
        - Rows made, of memory bandwidth: for each value made, two values are read and one is written, 12 bytes; the bandwidth is that of a loop over 201 MB, a = b + 3 c,
          on as many threads right afterwards, counted in the same way. Parents that many rows share stay in caches, and the memory that is used again does too, so the
          share can be above 100 %.
        - Memory is the growth of the process while it plans and makes rows, the plan itself included. Of data below 34 MB the runtime's own few megabytes decide, so
          that they are not judged.
        - Load is the system's average of the last minute before the measurement began, this run's own earlier work included: about {document.Options.Threads}
          is this run alone.
        - What this does not show: other processors, other numbers of threads, other options, or how well models do that are fitted to the rows. Simulated rows are no
          patients.

        """;
}
