namespace Engine.Prognosis;

/// <summary>How well a group is represented.</summary>
/// <param name="Group">The group.</param>
/// <param name="RowCount">Its rows.</param>
/// <param name="Share">Its share of all rows; null when there are no rows at all.</param>
/// <param name="PositiveCount">Its rows of class 1.</param>
/// <param name="PositiveRate">Class 1 rows / rows; null for an empty group.</param>
/// <param name="ShareOfPositives">Its share of all class 1 rows; null when there are none.</param>
/// <param name="ClusterCount">Its clusters, such as stays of patients; its rows where every row stands for itself.</param>
/// <param name="PositiveClusterCount">Its clusters with a row of class 1: what it can teach of class 1 grows with these, not with their rows.</param>
public sealed record BiasRow(
    string Group, int RowCount, double? Share, int PositiveCount, double? PositiveRate, double? ShareOfPositives, int ClusterCount, int PositiveClusterCount);
