namespace Bench.Report.Results;

/// <summary>One number of units that DP tried.</summary>
/// <param name="Units">1 is the original data.</param>
/// <param name="BalancedAccuracy">Of the group, on the rows to choose on.</param>
/// <param name="TrapezoidPrC1">Area under the precision-recall curve of class 1 of the group, by trapezoids.</param>
/// <param name="IsChosen">Whether it was chosen.</param>
internal sealed record UnitEntry(int Units, double BalancedAccuracy, double TrapezoidPrC1, bool IsChosen);
