using Bench.Cohorts;
using Bench.Studies.Samples;
using Engine.Prognosis;

namespace Bench.Report.Results;

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
