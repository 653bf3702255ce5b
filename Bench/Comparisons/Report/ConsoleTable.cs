using Bench.Comparisons.Cases;
using Spectre.Console;

namespace Bench.Comparisons.Report;

/// <summary>The comparison as a table for the terminal: what belongs to a case stands below each other, so that it fits.</summary>
internal static class ConsoleTable
{
    /// <summary>Shows cases.</summary>
    /// <param name="family">What is compared.</param>
    /// <param name="cases">What was measured.</param>
    public static Table Build(FamilyPage family, IReadOnlyList<CaseResult> cases)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true, ShowRowSeparators = true };
        foreach (var header in new[] { "Case", "Engine, s", "Beside it, s (ratio)", "Asked" })
            table.AddColumn(new TableColumn(new Text(header)));
        foreach (var result in cases)
            table.AddRow(Lines([result.Name, CaseText.Size(result), result.Work]), Lines(Engine(family, result)), Lines(Rivals(result)), Lines(result.Bars.Select(CaseText.Bar)));
        return table;
    }

    private static IEnumerable<string> Engine(FamilyPage family, CaseResult result) => result.Engine is null
        ? [$"skipped: {result.Skipped}"]
        :
        [
            CaseText.Engine(result),
            .. result.FirstDifference is { } difference ? [difference] : Array.Empty<string>(),
            .. family.Columns.Where(column => column.IsOnTerminal && column.Show(result) != CaseText.Nothing).Select(column => $"{column.Header}: {column.Show(result)}"),
            $"memory {CaseText.Memory(result)}",
            $"load {CaseText.Load(result.Engine.LoadBefore)}",
        ];

    private static IEnumerable<string> Rivals(CaseResult result) => result.Rivals.Count == 0
        ? [CaseText.Nothing]
        : result.Rivals.Select(rival => $"{CaseText.Name(rival)}: {CaseText.Other(result, rival)}{(rival.Reason is null ? "" : $", {rival.Reason}")}");

    private static Text Lines(IEnumerable<string> lines) => new(string.Join('\n', lines));
}
