using Bench.Studies.MainJob;

namespace Bench.Report.Results;

/// <summary>How DP chose its number of units.</summary>
/// <param name="Group">The group that it served.</param>
/// <param name="Selection">How the rows to choose on were come by, in words.</param>
/// <param name="FitPositiveStays">The group's stays with class 1 among the rows to fit on.</param>
/// <param name="ChoicePositiveStays">Those among the rows to choose on.</param>
/// <param name="TestPositiveStays">Those among the test rows.</param>
/// <param name="ChosenUnits">The number of units that was chosen.</param>
/// <param name="IsEndOfGrid">Whether it is the largest of several that were tried, or the second of four or more.</param>
/// <param name="Candidates">Every number of units that was tried.</param>
internal sealed record DoublePrioritizedSection(
    string Group,
    string Selection,
    int FitPositiveStays,
    int ChoicePositiveStays,
    int TestPositiveStays,
    int ChosenUnits,
    bool IsEndOfGrid,
    IReadOnlyList<UnitEntry> Candidates)
{
    /// <summary>Describes the search, when there was one.</summary>
    public static DoublePrioritizedSection? From(MainJobResult result) =>
        result is { UnitSearch: { } search, PrioritizedGroup: { } group, Support: { } support }
            ? new DoublePrioritizedSection(
                new ReportView(result).Prioritized ?? group,
                result.SelectionRows,
                support.FitPositives,
                support.ChoicePositives,
                support.TestPositives,
                search.ChosenUnits,
                search.IsEndOfGrid,
                [.. search.Scores.Select(score => UnitEntry.From(score, search.ChosenUnits))])
            : null;
}
