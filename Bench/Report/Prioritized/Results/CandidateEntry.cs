using Bench.Studies.Prioritized;

namespace Bench.Report.Prioritized.Results;

/// <summary>One number of units that a search tried, judged for the served group on the rows to choose on.</summary>
/// <param name="Method">The method: DP, or one of its kin.</param>
/// <param name="Served">The group that it serves.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Units">1 is the original data.</param>
/// <param name="BalancedAccuracy">Balanced accuracy.</param>
/// <param name="BalancedAccuracyLower">Lower end of its 95 % interval; null where there is none.</param>
/// <param name="BalancedAccuracyUpper">Upper end.</param>
/// <param name="TrapezoidPrC1">Area under the precision-recall curve of class 1, by trapezoids.</param>
/// <param name="RecallC1">Recall of class 1; null where outcomes were not kept.</param>
/// <param name="PrecisionC1">Precision of class 1; null as well where it is never predicted.</param>
/// <param name="FitStatus">How the fit ended; null for a model that does not say.</param>
/// <param name="IsChosen">Whether it was chosen.</param>
internal sealed record CandidateEntry(
    string Method,
    string Served,
    int Repeat,
    int Units,
    double BalancedAccuracy,
    double? BalancedAccuracyLower,
    double? BalancedAccuracyUpper,
    double TrapezoidPrC1,
    double? RecallC1,
    double? PrecisionC1,
    string? FitStatus,
    bool IsChosen)
{
    /// <summary>Lists every search.</summary>
    public static IEnumerable<CandidateEntry> ListOf(PrioritizedResult result) =>
        from arm in result.Arms
        let search = arm.Search
        where search is not null
        from score in search.Scores
        select new CandidateEntry(
            arm.Name.Method,
            arm.Name.Served!,
            arm.Repeat,
            score.Units,
            score.BalancedAccuracy,
            score.BalancedAccuracyInterval?.Lower,
            score.BalancedAccuracyInterval?.Upper,
            score.TrapezoidPrC1,
            UnitOutcomes.RecallOf(score),
            UnitOutcomes.PrecisionOf(score),
            score.Status?.ToString(),
            score.Units == search.ChosenUnits);
}
