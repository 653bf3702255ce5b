using Bench.Cohorts;

namespace Bench.Comparisons.Arrays;

/// <summary>The last hours of all simulated training samples, searched by those of random validation samples.</summary>
internal sealed class ValidationHours : IArraySource
{
    /// <inheritdoc/>
    public string Description => "simulated hours, validation rows search";

    /// <inheritdoc/>
    public CaseArrays Make(ArraySize size, CohortShelf shelf, CancellationToken cancellation)
    {
        var cohort = shelf.Simulate(size.Rows, cancellation);
        var validation = cohort.RowsOf(CohortSplit.Validation);
        var (chosen, _) = RandomRows.Draw(validation.Length, new ArraySize(size.Queries, 0));
        return new CaseArrays(
            cohort.Samples.SelectRows(cohort.RowsOf(CohortSplit.Train)).Copy(),
            cohort.Samples.SelectRows(chosen.Select(place => validation[place]).ToArray()).Copy());
    }
}
