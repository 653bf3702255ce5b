using Bench.Cohorts;
using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>All simulated training rows, searched by those of class 1 for their nearest other rows; the number of queries follows from the data.</summary>
/// <param name="areSummaries">Whether a row is the 714 summaries of its prefix, or the 76 columns of its last hour.</param>
internal sealed class ClassOneRows(bool areSummaries) : IArraySource
{
    /// <inheritdoc/>
    public string Description => $"simulated {(areSummaries ? "prefixes, summarized" : "hours")}, class 1 rows search";

    /// <inheritdoc/>
    public CaseArrays Make(ArraySize size, CohortShelf shelf, CancellationToken cancellation)
    {
        var cohort = shelf.Simulate(size.Rows, cancellation);
        var training = cohort.RowsOf(CohortSplit.Train);
        var own = Enumerable.Range(0, training.Length).Where(place => cohort.Labels[(int)training[place]] == 1).Select(place => (long)place).ToArray();
        if (own.Length == 0)
            throw new CaseUnavailableException($"none of {training.Length:N0} training rows is of class 1");
        var reference = areSummaries ? Summarize(cohort, training, cancellation) : cohort.Samples.SelectRows(training).Copy();
        return new CaseArrays(reference, reference.SelectRows(own).Copy(), own);
    }

    private static SampleMatrix Summarize(Cohort cohort, long[] training, CancellationToken cancellation)
    {
        var rows = SummaryRows.Summarize(cohort.Episodes!, training.Select(row => cohort.Prefixes![(int)row]).ToArray(), cancellation);
        SummaryRows.Standardize(rows, FeatureScaler.Fit(rows, cancellation), cancellation);
        return rows;
    }
}
