using Bench.Cohorts;
using Bench.Studies.Samples;

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
