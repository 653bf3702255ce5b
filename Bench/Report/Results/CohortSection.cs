using Bench.Cohorts;

namespace Bench.Report.Results;

/// <summary>The data of a run.</summary>
/// <param name="Name">The name of data set and task.</param>
/// <param name="PositiveMeaning">What class 1 means.</param>
/// <param name="IsSimulated">Whether the rows speak of no patient.</param>
/// <param name="Rows">All rows.</param>
/// <param name="FeatureCount">Columns.</param>
/// <param name="FeatureNames">One name a column.</param>
/// <param name="Splits">The splits that have rows.</param>
/// <param name="Notes">What a reader must know.</param>
internal sealed record CohortSection(
    string Name,
    string PositiveMeaning,
    bool IsSimulated,
    long Rows,
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
        cohort.FeatureNames.Count,
        cohort.FeatureNames,
        [.. Enum.GetValues<CohortSplit>().Select(split => SplitEntry.From(cohort, split)).Where(split => split.Rows > 0)],
        cohort.Notes);
}
