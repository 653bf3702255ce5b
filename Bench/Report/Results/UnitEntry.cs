using Engine.Prognosis;

namespace Bench.Report.Results;

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
