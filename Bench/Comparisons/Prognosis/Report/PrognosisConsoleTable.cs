using Bench.Comparisons.Report;
using Spectre.Console;

namespace Bench.Comparisons.Prognosis.Report;

/// <summary>The comparison as a table for the terminal: what belongs to a case stands below each other, so that it fits.</summary>
internal static class PrognosisConsoleTable
{
    /// <summary>Shows cases.</summary>
    /// <param name="cases">What was measured.</param>
    public static Table Build(IReadOnlyList<PrognosisResult> cases)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true, ShowRowSeparators = true };
        foreach (var header in new[] { "Case", "Engine, s", "Beside it, s (ratio)", "Asked" })
            table.AddColumn(new TableColumn(new Text(header)));
        foreach (var result in cases)
        {
            table.AddRow(
                Lines([result.Name, PrognosisText.Size(result)]),
                Lines(Engine(result)),
                Lines(result.Rivals.Select(rival => PrognosisText.Rival(result, rival) + (rival.Reason is null ? "" : $", {rival.Reason}"))),
                Lines(result.Bars.Select(CaseText.Bar)));
        }

        return table;
    }

    private static IEnumerable<string> Engine(PrognosisResult result) => result.Engine is null
        ? [$"skipped: {result.Skipped}"]
        :
        [
            PrognosisText.Engine(result),
            .. result.FirstDifference is { } difference ? [difference] : Array.Empty<string>(),
            $"memory {PrognosisText.Memory(result)}",
            $"load {CaseText.Load(result.Engine.LoadBefore)}",
        ];

    private static Text Lines(IEnumerable<string> lines) => new(string.Join('\n', lines));
}
