using System.Numerics.Tensors;
using Engine.Collectives;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Data;

/// <summary>Imputation by median or mean, and z-scores: learned on training rows, applied to any rows as a view.</summary>
/// <remarks>
/// <para><b>Computes</b>: NaN becomes the median, or the mean, of the column's present values; then (x - mean) / deviation, with the population deviation (ddof 0) of the
/// imputed column. A constant column has deviation 1 and becomes 0; a column without any value counts as constant 0.</para>
/// <para><b>Determinism</b>: sums over rows block by block in double precision; the same bits for any number of threads.</para>
/// <para><b>Source</b>: SimpleImputer and StandardScaler of scikit-learn, which also drops columns without any value: take <see cref="PresentColumns"/> first for the same.</para>
/// </remarks>
public sealed partial class FeatureScaler
{
    private readonly Lazy<double>[] _fillValues;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly int[]? _only;

    private FeatureScaler(Lazy<double>[] fillValues, double[] means, double[] deviations, long[] missingCounts, int[]? only = null)
    {
        _only = only;
        _fillValues = fillValues;
        _means = means;
        _deviations = deviations;
        MissingCounts = missingCounts;
    }

    /// <summary>Returns the value that a missing one becomes.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <returns>The median, or the mean, of the column's training values, 0 where it has none.</returns>
    public double FillValueOf(int column) => _fillValues[column].Value;

    /// <summary>Gets the mean of each imputed column.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>Gets the deviation of each imputed column, 1 where it is constant.</summary>
    public ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>Gets the columns that are standardized, ascending, where <see cref="Only"/> chose some; null for all.</summary>
    internal ReadOnlyMemory<int>? StandardizedColumns => _only is null ? default(ReadOnlyMemory<int>?) : _only;

    /// <summary>Gets the number of missing training values, one a column.</summary>
    public IReadOnlyList<long> MissingCounts { get; }

    /// <summary>Lists the columns that hold a value in some row: those that scikit-learn's imputer keeps.</summary>
    /// <param name="samples">Training rows; NaN where a value is missing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Columns, ascending, for <see cref="SampleMatrix.SelectColumns"/>.</returns>
    public static int[] PresentColumns(SampleMatrix samples, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var missing = MissingValues.Count(samples, new ParallelOptions { CancellationToken = cancellationToken });
        return [.. Enumerable.Range(0, missing.Length).Where(column => missing[column] < samples.RowCount)];
    }

    /// <summary>Learns medians, means and deviations.</summary>
    /// <param name="samples">n x p training rows, at least one; NaN where a value is missing. The scaler keeps them: the median of a column that is complete
    /// here is found when a row to transform first lacks it; of a table of several ranks, at once.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">There is no row, or a value is infinite.</exception>
    public static FeatureScaler Fit(SampleMatrix samples, CancellationToken cancellationToken = default) => Fit(samples, Imputation.Median, cancellationToken);

    /// <summary>Learns what missing values become, means and deviations.</summary>
    /// <param name="samples">As for the other overload.</param>
    /// <param name="imputation">What a missing value becomes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">There is no row, or a value is infinite.</exception>
    public static FeatureScaler Fit(SampleMatrix samples, Imputation imputation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.RowCount == 0)
            Throw.Argument_Invalid(nameof(samples), "samples has no rows; means need at least one.");
        var (featureCount, options) = (samples.FeatureCount, new ParallelOptions { CancellationToken = cancellationToken });
        var missing = MissingValues.Count(samples, options);
        var fillValues = new Lazy<double>[featureCount];
        // In a few passes for all columns, or one for each that lacks values; a column is then looked for when it is asked for.
        var findsAll = samples.IsSpread || missing.Count(static count => count > 0) > ColumnMedians.UsualPasses;
        var medians = imputation == Imputation.Median && findsAll ? ColumnMedians.Of(samples.IsSpread ? samples : samples.DivideAmongRanks(OneProcess.Instance), missing, options) : null;
        var presentSums = imputation == Imputation.Mean ? Sum(samples, options, static row => Fill(row, static _ => 0)) : [];
        for (var column = 0; column < featureCount; column++)
        {
            var (owner, present) = (column, samples.RowCount - missing[column]);
            fillValues[column] = imputation == Imputation.Mean
                ? new Lazy<double>(present == 0 ? 0 : presentSums[column] / present)
                : medians is not null ? new Lazy<double>(medians[column])
                : new Lazy<double>(() => present == 0 ? 0 : MedianOfPresent(samples, owner, present));
        }

        Func<int, double> fillValueOf = column => fillValues[column].Value;
        var means = Sum(samples, options, row => Fill(row, fillValueOf));
        for (var column = 0; column < featureCount; column++)
        {
            means[column] /= samples.RowCount;
            if (!double.IsFinite(means[column]))
                Throw.Argument_Invalid(nameof(samples), $"column {column:N0} holds an infinite value; only NaN marks a missing one.");
        }

        var deviations = Sum(samples, options, row =>
        {
            Fill(row, fillValueOf);
            TensorPrimitives.Subtract(row, means, row);
            TensorPrimitives.Multiply<double>(row, row, row);
        });
        for (var column = 0; column < featureCount; column++)
        {
            // Up to 2^29 rows a sum of equal float32 is exact, and so is its mean; beyond, rounding can leave a constant column a trace of deviation.
            var deviation = Math.Sqrt(deviations[column] / samples.RowCount);
            deviations[column] = deviation <= 1e-14 * Math.Abs(means[column]) ? 1 : deviation;
        }

        return new FeatureScaler(fillValues, means, deviations, missing);
    }

    /// <summary>Returns a scaler that standardizes some columns only, such as the continuous ones beside masks and categories.</summary>
    /// <param name="columns">The columns to standardize, each from 0 to p - 1.</param>
    /// <returns>A scaler that leaves the values of all other columns as they are; missing ones are still imputed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is outside the table.</exception>
    public FeatureScaler Only(ReadOnlySpan<int> columns)
    {
        var (means, deviations) = (new double[_means.Length], new double[_means.Length]);
        Array.Fill(deviations, 1);
        foreach (var column in columns)
        {
            if ((uint)column >= (uint)_means.Length)
                Throw.ArgumentOutOfRange(nameof(columns), column, $"0 to {_means.Length - 1:N0}");
            (means[column], deviations[column]) = (_means[column], _deviations[column]);
        }

        return new FeatureScaler(_fillValues, means, deviations, [.. MissingCounts], [.. columns.ToArray().Distinct().Order()]);
    }

    /// <summary>Applies what was learned.</summary>
    /// <param name="samples">Rows of the same columns.</param>
    /// <returns>A view: rows are imputed and standardized each time they are read.</returns>
    /// <exception cref="ArgumentException">The columns differ in number.</exception>
    public SampleMatrix Transform(SampleMatrix samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.FeatureCount != _means.Length)
            Throw.Argument_FeatureCountsDiffer(nameof(samples), samples.FeatureCount, "the scaler", _means.Length);
        return samples.Scale(this);
    }

    /// <summary>Makes of a row, NaN where a value is missing, what is summed.</summary>
    private delegate void RowTerm(Span<double> row);

    private static void Fill(Span<double> row, Func<int, double> fillValueOf)
    {
        if (!TensorPrimitives.IsNaNAny<double>(row))
            return;
        for (var column = 0; column < row.Length; column++)
        {
            if (double.IsNaN(row[column]))
                row[column] = fillValueOf(column);
        }
    }

    private static double[] Sum(SampleMatrix samples, ParallelOptions options, RowTerm term)
    {
        using var hold = samples.Hold();
        var total = new VectorSum(samples.FeatureCount);
        BlockReduction.Sum(
            samples.Share,
            samples.BlockCount,
            options,
            () => (Sums: new VectorSum(samples.FeatureCount), Row: new double[samples.FeatureCount], Scratch: new float[samples.BlockScratchLength]),
            static partial => partial.Sums,
            (partial, blockIndex) =>
            {
                var block = samples.ReadHeldBlock(blockIndex, partial.Scratch);
                for (var row = 0; row < block.RowCount; row++)
                {
                    TensorPrimitives.ConvertTruncating(block.Row(row), partial.Row.AsSpan());
                    term(partial.Row);
                    // Value by value, in the order of rows: any width of vectors gives the same sums.
                    TensorPrimitives.Add<double>(partial.Sums.Values, partial.Row, partial.Sums.Values);
                }
            },
            total);
        return total.Values;
    }

    private static double MedianOfPresent(SampleMatrix samples, int column, long presentCount)
    {
        using var hold = samples.Hold();
        var present = new List<float>(checked((int)presentCount));
        var scratch = new float[samples.BlockScratchLength];
        for (long blockIndex = 0; blockIndex < samples.BlockCount; blockIndex++)
        {
            var block = samples.ReadHeldBlock(blockIndex, scratch);
            for (var row = 0; row < block.RowCount; row++)
            {
                if (!float.IsNaN(block.Row(row)[column]))
                    present.Add(block.Row(row)[column]);
            }
        }

        present.Sort();
        var middle = present.Count / 2;
        // Zeros of either sign are as large as each other; + 0.0 gives one sign to whichever comes to lie in the middle.
        return (present.Count % 2 == 1 ? present[middle] : ((double)present[middle - 1] + present[middle]) / 2) + 0.0;
    }
}
