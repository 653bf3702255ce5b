using Bench.Cohorts;
using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>Hours of stays, 76 columns: random ones for the reference, other random ones for the queries.</summary>
/// <param name="source">Simulated: last hours of training samples. PhysioNet 2012: any hours of its stays.</param>
/// <param name="columnCount">How many columns to keep, those of largest variance in the reference; all when null.</param>
internal sealed class LastHours(CohortSource source, int? columnCount = null) : IArraySource
{
    /// <inheritdoc/>
    public string Description => $"{CohortSourceName.Of(source)} hours{(columnCount is null ? "" : ", widest columns")}";

    /// <inheritdoc/>
    public CaseArrays Make(ArraySize size, CohortShelf shelf, CancellationToken cancellation)
    {
        var cohort = shelf.Get(source, cancellation);
        var hours = source == CohortSource.Simulated ? cohort.Samples.SelectRows(cohort.RowsOf(CohortSplit.Train)) : cohort.Episodes!.Hours;
        var (reference, queries) = RandomRows.Draw((int)hours.RowCount, size);
        return KeepColumns(new CaseArrays(CopyRows(hours, reference), CopyRows(hours, queries)));
    }

    private static SampleMatrix CopyRows(SampleMatrix hours, int[] rows) => hours.SelectRows(rows.Select(row => (long)row).ToArray()).Copy();

    private CaseArrays KeepColumns(CaseArrays arrays)
    {
        if (columnCount is not { } count)
            return arrays;
        var columns = WidestColumns.Of(arrays.Reference, count);
        return new CaseArrays(arrays.Reference.SelectColumns(columns).Copy(), arrays.Queries.SelectColumns(columns).Copy());
    }
}
