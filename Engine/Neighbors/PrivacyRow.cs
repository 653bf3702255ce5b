namespace Engine.Neighbors;

/// <summary>How close synthetic rows come to the real rows of one group, beside how close other real rows do.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Synthetic">Distances of synthetic rows to the closest real row of the group.</param>
/// <param name="HeldOut">Distances of held-out real rows to it.</param>
/// <param name="CloserShare">
/// The share of synthetic rows that are closer than the 5 % quantile of held-out rows, 0 to 1. About .05 says that they are as close as other patients' rows are;
/// much more, that rows were copied.
/// </param>
public sealed record PrivacyRow(string Group, DistanceSummary Synthetic, DistanceSummary HeldOut, double CloserShare);
