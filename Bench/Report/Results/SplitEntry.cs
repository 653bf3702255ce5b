using Bench.Cohorts;

namespace Bench.Report.Results;

/// <summary>The size of a split.</summary>
/// <param name="Split">"train", "validation" or "test".</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Positives">Its rows of class 1.</param>
internal sealed record SplitEntry(string Split, long Rows, long Positives)
{
    /// <summary>Counts the rows of a split.</summary>
    public static SplitEntry From(Cohort cohort, CohortSplit split)
    {
        var rows = cohort.RowsOf(split);
        return new SplitEntry(SplitName.Of(split), rows.Length, cohort.Labels.Select(rows).PositiveCount);
    }
}
