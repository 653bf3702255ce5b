using Bench.Cohorts;
using Engine.Prognosis;

namespace Bench.Report.Results;

/// <summary>How well a group is represented in a split.</summary>
/// <param name="Split">"train", "validation" or "test".</param>
/// <param name="Group">The group.</param>
/// <param name="N">Its rows.</param>
/// <param name="Share">Its share of all rows.</param>
/// <param name="Positives">Its rows of class 1.</param>
/// <param name="PositiveRate">Class 1 rows / rows; null for an empty group.</param>
/// <param name="ShareOfPositives">Its share of all class 1 rows; null when there are none.</param>
/// <param name="Stays">Its stays, or patients where they are known or every row is one.</param>
/// <param name="PositiveStays">Its stays with a row of class 1.</param>
internal sealed record BiasEntry(
    string Split, string Group, long N, double? Share, long Positives, double? PositiveRate, double? ShareOfPositives, long Stays, long PositiveStays)
{
    /// <summary>Lists the groups of every split.</summary>
    public static IEnumerable<BiasEntry> ListOf(IReadOnlyDictionary<CohortSplit, IReadOnlyList<BiasRow>> bias) =>
        from split in bias
        orderby split.Key
        from row in split.Value
        select new BiasEntry(SplitName.Of(split.Key), row.Group, row.RowCount, row.Share, row.PositiveCount, row.PositiveRate, row.ShareOfPositives, row.ClusterCount, row.PositiveClusterCount);
}
