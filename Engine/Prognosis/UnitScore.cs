namespace Engine.Prognosis;

/// <summary>How the model of one number of units did on the rows that choose.</summary>
/// <param name="Units">The number of units: 1 is the original data.</param>
/// <param name="BalancedAccuracy">Balanced accuracy of the group at the threshold.</param>
/// <param name="TrapezoidPrC1">Area under the precision-recall curve of class 1 of the group, by trapezoids.</param>
public sealed record UnitScore(int Units, double BalancedAccuracy, double TrapezoidPrC1);
