using System.Globalization;
using System.Text;
using Bench.Comparisons.Rivals;

namespace Bench.Comparisons.Report;

/// <summary>The comparison as a page: what was measured, what was not and why, and how to read it.</summary>
internal static class MarkdownReport
{
    private const string Sources = "Versions are in [Versions.txt](Versions.txt), every number in [neighbors.json](neighbors.json) and [neighbors.csv](neighbors.csv).";

    /// <summary>Writes the page.</summary>
    /// <param name="document">The comparison.</param>
    public static string Render(ComparisonDocument<CaseResult> document)
    {
        var page = new StringBuilder();
        page.Append(PageHead.Render(document, "Neighbor search beside other libraries", Sources)).Append('\n').Append(Times(document.Cases));
        PageHead.AppendSection(page, "Results, and the rivals' memory", Results(document.Cases));
        if (NotMeasured(document.Cases) is { Length: > 0 } reasons)
            PageHead.AppendSection(page, "Not measured", reasons);
        PageHead.AppendSection(page, "How to read this", Notes(document));
        return page.ToString();
    }

    private static string Times(IReadOnlyList<CaseResult> cases) => MarkdownTable.Render(
        [
            "case", "rows x queries", "d", "metric", "k", "data", "engine, s (build + search)", .. RivalName.All.Select(name => $"{name}, s (ratio)"),
            "asked: met, measured", "discarded by leaves, in all", "memory beside the reference", "load",
        ],
        cases.Select(IEnumerable<string> (result) =>
        [
            result.Name,
            CaseText.Size(result),
            CaseText.Features(result),
            $"{result.Metric}",
            $"{result.NeighborCount}",
            result.Data,
            CaseText.Engine(result),
            .. OfRivals(result, rival => CaseText.Rival(result, rival)),
            string.Join("; ", result.Bars.Select(CaseText.BarOnPage)),
            CaseText.Discarded(result),
            CaseText.Memory(result),
            CaseText.Load(result.Engine?.LoadBefore),
        ]));

    private static string Results(IReadOnlyList<CaseResult> cases) => MarkdownTable.Render(
        ["case", "queries checked", "wrong", "largest error", .. RivalName.All.Select(name => $"{name}: recall, memory, load")],
        cases.Where(result => result.Engine is not null).Select(IEnumerable<string> (result) =>
        [
            result.Name,
            $"{result.Equality!.CheckedQueries}",
            result.Equality.FirstDifference is { } difference ? $"{result.Equality.WrongQueries}: {difference}" : "0",
            result.Equality.LargestDistanceError.ToString("0.0e0", CultureInfo.InvariantCulture),
            .. OfRivals(result, rival => rival.Status == RivalStatus.Measured ? Behavior(rival) : ""),
        ]));

    private static IEnumerable<string> OfRivals(CaseResult result, Func<RivalResult, string> show) =>
        RivalName.All.Select(name => result.Rivals.FirstOrDefault(rival => rival.Name == name) is { } rival ? show(rival) : "");

    private static string Behavior(RivalResult rival) =>
        $"{CaseText.Recall(rival.Recall!.Value)}, {CaseText.Megabytes(rival.PeakGrowthBytes)}, {CaseText.Load(rival.LoadBefore)}";

    private static string NotMeasured(IReadOnlyList<CaseResult> cases)
    {
        var skipped = cases.Where(result => result.Skipped is not null).Select(result => $"- {result.Name}: {result.Skipped}\n");
        var rivals = cases.SelectMany(result => result.Rivals
            .Where(rival => rival.Status != RivalStatus.Measured)
            .Select(rival => $"- {result.Name}, {rival.Name}: {CaseText.StatusOf(rival)}, {rival.Reason}\n"));
        return string.Concat(skipped.Concat(rivals));
    }

    private static string Notes(ComparisonDocument<CaseResult> document) =>
        $"""
        - The ratio is a rival's time, fitting and searching, divided by the engine's, building and searching, on the same arrays. Reading files, starting
          processes and a first small search on each side are left out. A rival that was not measured is never counted as beaten: its bar is "not known".
        - A time counts only where the engine's neighbors of the checked queries are those of a search of all rows in double precision: the same distances
          to 1e-6, reported to 1e-5. Recall is the share of a rival's neighbors that are no farther than the engine's last one, to 1e-5, over all queries.
        - Discarded are pairs of query and row: those in whole leaves that a bound excluded, and all whose distance was never computed.
        - Memory is the growth of the process while it works, results of the engine left out; for the C++ programs, their peak less their input.
          Of a reference below 34 MB the runtime's own few megabytes decide, so that it is not judged.
        - Load is the system's average of the last minute before the measurement began, this run's own earlier work included: about {document.Options.Threads}
          is this run alone.
        - What this does not show: other processors, other numbers of threads, approximate search, graphics processors, or rivals compiled otherwise than
          their packages are. Simulated and random rows are no patients; the 714 columns are summaries of hourly values that stand in for the features of
          the MIMIC-III benchmark.

        """;
}
