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

/// <summary>Keeps the columns whose values vary most: how a case with few columns is made of rows with many.</summary>
internal static class WidestColumns
{
    /// <summary>Finds the columns of largest variance.</summary>
    /// <param name="samples">n x p, at least one row.</param>
    /// <param name="count">1 to p.</param>
    /// <returns>Columns, ascending.</returns>
    public static int[] Of(SampleMatrix samples, int count)
    {
        var means = MeansOf(samples, static (_, value) => value);
        var variances = MeansOf(samples, (column, value) => (value - means[column]) * (value - means[column]));
        return [.. Enumerable.Range(0, samples.FeatureCount).OrderByDescending(column => variances[column]).Take(count).Order()];
    }

    private static double[] MeansOf(SampleMatrix samples, Func<int, double, double> term)
    {
        var sums = new double[samples.FeatureCount];
        var row = new float[samples.FeatureCount];
        for (long i = 0; i < samples.RowCount; i++)
        {
            samples.CopyRow(i, row);
            for (var column = 0; column < row.Length; column++)
                sums[column] += term(column, row[column]);
        }

        return [.. sums.Select(sum => sum / samples.RowCount)];
    }
}
