using Bench.Cohorts;
using Bench.Studies.Samples;
using Engine.Prognosis;

namespace Bench.Report.Results;

/// <summary>The data of a run.</summary>
/// <param name="Name">The name of data set and task.</param>
/// <param name="PositiveMeaning">What class 1 means.</param>
/// <param name="IsSimulated">Whether the rows speak of no patient.</param>
/// <param name="Rows">All rows.</param>
/// <param name="StayNoun">"stays", or "patients" where they are known or every row is one.</param>
/// <param name="FeatureCount">Columns.</param>
/// <param name="FeatureNames">One name a column.</param>
/// <param name="Splits">The splits that have rows.</param>
/// <param name="Notes">What a reader must know.</param>
internal sealed record CohortSection(
    string Name,
    string PositiveMeaning,
    bool IsSimulated,
    long Rows,
    string StayNoun,
    int FeatureCount,
    IReadOnlyList<string> FeatureNames,
    IReadOnlyList<SplitEntry> Splits,
    IReadOnlyList<string> Notes)
{
    /// <summary>Describes a cohort.</summary>
    public static CohortSection From(Cohort cohort) => new(
        cohort.Name,
        cohort.PositiveMeaning,
        cohort.IsSimulated,
        cohort.Labels.Count,
        CohortStays.NounOf(cohort),
        cohort.FeatureNames.Count,
        cohort.FeatureNames,
        [.. Enum.GetValues<CohortSplit>().Select(split => SplitEntry.From(cohort, split)).Where(split => split.Rows > 0)],
        cohort.Notes);
}

/// <summary>The size of a split.</summary>
/// <param name="Split">"train", "validation" or "test".</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Positives">Its rows of class 1.</param>
/// <param name="Stays">Its stays, or patients where they are known or every row is one.</param>
/// <param name="PositiveStays">Its stays with a row of class 1.</param>
internal sealed record SplitEntry(string Split, long Rows, long Positives, long Stays, long PositiveStays)
{
    /// <summary>Counts the rows of a split.</summary>
    public static SplitEntry From(Cohort cohort, CohortSplit split)
    {
        var rows = cohort.RowsOf(split);
        var everyone = BiasReport.Compute(cohort.Labels.Select(rows), cohort.Groups.Only(Cohort.Everyone).Select(rows), CohortStays.Of(cohort, rows))[0];
        return new SplitEntry(SplitName.Of(split), everyone.RowCount, everyone.PositiveCount, everyone.ClusterCount, everyone.PositiveClusterCount);
    }
}

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
