using Spectre.Console;

namespace Bench.Comparisons.Report;

/// <summary>The comparison as a table for the terminal: what belongs to a case stands below each other, so that it fits.</summary>
internal static class ConsoleTable
{
    /// <summary>Shows cases.</summary>
    /// <param name="cases">What was measured.</param>
    public static Table Build(IReadOnlyList<CaseResult> cases)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true, ShowRowSeparators = true };
        foreach (var header in new[] { "Case", "Engine, s", "Rivals, s (ratio)", "Asked" })
            table.AddColumn(new TableColumn(new Text(header)));
        foreach (var result in cases)
            table.AddRow(Lines(Case(result)), Lines(Engine(result)), Lines(Rivals(result)), Lines(result.Bars.Select(CaseText.Bar)));
        return table;
    }

    private static IEnumerable<string> Case(CaseResult result) =>
        [result.Name, CaseText.Size(result), $"d = {CaseText.Features(result)}, {result.Metric}, k = {result.NeighborCount}"];

    private static IEnumerable<string> Engine(CaseResult result) => result.Engine is null
        ? [$"skipped: {result.Skipped}"]
        :
        [
            CaseText.Engine(result),
            .. result.Equality!.FirstDifference is { } difference ? [difference] : Array.Empty<string>(),
            $"discarded {CaseText.Discarded(result)}",
            $"memory {CaseText.Memory(result)}",
            $"load {CaseText.Load(result.Engine.LoadBefore)}",
        ];

    private static IEnumerable<string> Rivals(CaseResult result) => result.Rivals.Count == 0
        ? [CaseText.Nothing]
        : result.Rivals.Select(rival => $"{rival.Name}: {CaseText.Rival(result, rival)}{(rival.Reason is null ? "" : $", {rival.Reason}")}");

    private static Text Lines(IEnumerable<string> lines) => new(string.Join('\n', lines));
}
