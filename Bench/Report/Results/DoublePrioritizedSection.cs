using Bench.Studies.MainJob;

namespace Bench.Report.Results;

/// <summary>How DP chose its number of units.</summary>
/// <param name="Group">The group that it served.</param>
/// <param name="Selection">How the rows to choose on were come by, in words.</param>
/// <param name="ChosenUnits">The number of units that was chosen.</param>
/// <param name="Candidates">Every number of units that was tried.</param>
internal sealed record DoublePrioritizedSection(string Group, string Selection, int ChosenUnits, IReadOnlyList<UnitEntry> Candidates)
{
    /// <summary>Describes the search, when there was one.</summary>
    public static DoublePrioritizedSection? From(MainJobResult result) =>
        result is { UnitSearch: { } search, PrioritizedGroup: { } group }
            ? new DoublePrioritizedSection(
                new ReportView(result).Prioritized ?? group,
                result.SelectionRows,
                search.ChosenUnits,
                [.. search.Scores.Select(score => new UnitEntry(score.Units, score.BalancedAccuracy, score.TrapezoidPrC1, score.Units == search.ChosenUnits))])
            : null;
}
