using Bench.Comparisons.Report;
using Spectre.Console;

namespace Bench.Comparisons.Resampling.Report;

/// <summary>The comparison as a table for the terminal: what belongs to a case stands below each other, so that it fits.</summary>
internal static class SamplerConsoleTable
{
    /// <summary>Shows cases.</summary>
    /// <param name="cases">What was measured.</param>
    public static Table Build(IReadOnlyList<SamplerResult> cases)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = true, ShowRowSeparators = true };
        foreach (var header in new[] { "Case", "Engine, s", "imbalanced-learn, s (ratio)", "Asked" })
            table.AddColumn(new TableColumn(new Text(header)));
        foreach (var result in cases)
            table.AddRow(Lines(Case(result)), Lines(Engine(result)), Lines(Rival(result)), Lines(result.Bars.Select(CaseText.Bar)));
        return table;
    }

    private static IEnumerable<string> Case(SamplerResult result) => [result.Name, $"{SamplerText.Size(result)} x {(result.FeatureCount == 0 ? CaseText.Nothing : $"{result.FeatureCount}")}"];

    private static IEnumerable<string> Engine(SamplerResult result) => result.Engine is null
        ? [$"skipped: {result.Skipped}"]
        :
        [
            SamplerText.Engine(result),
            .. result.FirstDifference is { } difference ? [difference] : Array.Empty<string>(),
            .. result.MadeCount > 0 ? [$"made at {SamplerText.Making(result)}"] : Array.Empty<string>(),
            $"memory {SamplerText.Memory(result)}",
            $"load {CaseText.Load(result.Engine.LoadBefore)}",
        ];

    private static IEnumerable<string> Rival(SamplerResult result) =>
        result.Rival is { } rival ? [$"{SamplerText.Rival(result)}{(rival.Reason is null ? "" : $", {rival.Reason}")}"] : [CaseText.Nothing];

    private static Text Lines(IEnumerable<string> lines) => new(string.Join('\n', lines));
}
