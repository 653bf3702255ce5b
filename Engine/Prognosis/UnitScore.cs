using Engine.Logistic;
using Engine.Metrics;

namespace Engine.Prognosis;

/// <summary>How the model of one number of units did on the rows that choose.</summary>
/// <param name="Units">The number of units: 1 is the original data.</param>
/// <param name="BalancedAccuracy">Balanced accuracy of the group at the threshold.</param>
/// <param name="TrapezoidPrC1">Area under the precision-recall curve of class 1 of the group, by trapezoids.</param>
/// <param name="Status">How the fit ended; null for a model that does not say. Scores of separated or unfinished fits speak of no optimum.</param>
public sealed record UnitScore(int Units, double BalancedAccuracy, double TrapezoidPrC1, FitStatus? Status = null)
{
    /// <summary>Gets how far chance may have moved the balanced accuracy; null where no interval was asked for.</summary>
    public MetricInterval? BalancedAccuracyInterval { get; init; }

    /// <summary>Gets the outcomes of the group's rows at the threshold; null in a score that was kept without.</summary>
    public ConfusionCounts? Confusion { get; init; }
}
