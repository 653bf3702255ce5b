using Bench.Studies.MainJob;
using Engine.Prognosis;

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

/// <summary>One number of units that DP tried.</summary>
/// <param name="Units">1 is the original data.</param>
/// <param name="BalancedAccuracy">Of the group, on the rows to choose on.</param>
/// <param name="BalancedAccuracyLower">Lower end of its 95 % interval; null where there is none.</param>
/// <param name="BalancedAccuracyUpper">Upper end.</param>
/// <param name="TrapezoidPrC1">Area under the precision-recall curve of class 1 of the group, by trapezoids.</param>
/// <param name="FitStatus">How the fit ended; null for a model that does not say.</param>
/// <param name="IsChosen">Whether it was chosen.</param>
internal sealed record UnitEntry(
    int Units, double BalancedAccuracy, double? BalancedAccuracyLower, double? BalancedAccuracyUpper, double TrapezoidPrC1, string? FitStatus, bool IsChosen)
{
    /// <summary>Describes a score.</summary>
    public static UnitEntry From(UnitScore score, int chosenUnits) => new(
        score.Units,
        score.BalancedAccuracy,
        score.BalancedAccuracyInterval?.Lower,
        score.BalancedAccuracyInterval?.Upper,
        score.TrapezoidPrC1,
        score.Status?.ToString(),
        score.Units == chosenUnits);
}
