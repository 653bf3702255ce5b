using Engine.Compute;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>How well a synthetic column has the shape of the real one.</summary>
/// <remarks><b>Source</b>: SDMetrics, whose names the measures have; formulas in docs/fidelity.md. All are 0 to 1, and 1 is best.</remarks>
public sealed record ColumnFidelity
{
    private const string NoRealValue = "every real value is missing";
    private const string NoSyntheticValue = "every synthetic value is missing";
    private const string NotANumber = "the column holds levels, not numbers";
    private const string NotNominal = "the column holds numbers, not levels";

    /// <summary>Gets the name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the values are.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Gets 1 - the two-sample Kolmogorov-Smirnov statistic of the numbers that are present; undefined for levels.</summary>
    public required FidelityScore KsComplement { get; init; }

    /// <summary>Gets 1 - the total variation distance of the levels that are present; undefined for numbers.</summary>
    public required FidelityScore TvComplement { get; init; }

    /// <summary>Gets the share of the real range that the synthetic one covers; undefined for levels and where the real column is constant.</summary>
    public required FidelityScore RangeCoverage { get; init; }

    /// <summary>Gets the share of the real levels that occur among the synthetic ones; undefined for numbers.</summary>
    public required FidelityScore CategoryCoverage { get; init; }

    /// <summary>Gets the share of synthetic rows within the real range; a missing value is within where a real one is missing. Undefined for levels.</summary>
    public required FidelityScore BoundaryAdherence { get; init; }

    /// <summary>Gets 1 - the difference of the shares of missing values.</summary>
    public required FidelityScore MissingValueSimilarity { get; init; }

    /// <summary>Measures every column.</summary>
    /// <param name="real">n real rows, 1 or more.</param>
    /// <param name="synthetic">m rows of the same columns, 1 or more.</param>
    /// <param name="options">How to use the machine; no bit of the result depends on it.</param>
    /// <returns>One entry a column, in their order.</returns>
    /// <exception cref="ArgumentException">A table has no row, or the columns differ.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <remarks><b>Cost</b>: two sorts a column; memory for sixteen columns of both tables at a time.</remarks>
    public static IReadOnlyList<ColumnFidelity> Compute(SchemaTable real, SchemaTable synthetic, ComputeOptions? options = null)
    {
        TablePair.Check(real, synthetic);
        var (columns, parallel) = (real.Schema.Columns, (options ?? ComputeOptions.Default).ToParallelOptions());
        var results = new ColumnFidelity[columns.Count];
        for (var first = 0; first < columns.Count; first += TablePair.ColumnsPerPass)
        {
            var count = Math.Min(TablePair.ColumnsPerPass, columns.Count - first);
            var start = first;
            var realColumns = TablePair.ReadColumns(real.Rows, first, count, parallel);
            var syntheticColumns = TablePair.ReadColumns(synthetic.Rows, first, count, parallel);
            ParallelLoop.For(0, count, parallel, column => results[start + column] = Measure(columns[start + column], realColumns[column], syntheticColumns[column]));
        }

        return results;
    }

    private static ColumnFidelity Measure(ColumnDescription column, float[] real, float[] synthetic)
    {
        var (realPresent, syntheticPresent) = (PresentOf(real), PresentOf(synthetic));
        var missing = FidelityScore.Of(1 - Math.Abs(MissingShare(real, realPresent) - MissingShare(synthetic, syntheticPresent)));
        var reason = realPresent.Length == 0 ? NoRealValue : syntheticPresent.Length == 0 ? NoSyntheticValue : null;
        if (column.IsNominal)
        {
            var number = FidelityScore.Undefined(NotANumber);
            var (realCounts, syntheticCounts) = (CountLevels(realPresent, column.LevelCount), CountLevels(syntheticPresent, column.LevelCount));
            return new ColumnFidelity
            {
                Name = column.Name,
                Kind = column.Kind,
                KsComplement = number,
                TvComplement = reason is null ? FidelityScore.Of(1 - TotalVariation(realCounts, realPresent.Length, syntheticCounts, syntheticPresent.Length)) : FidelityScore.Undefined(reason),
                RangeCoverage = number,
                CategoryCoverage = realPresent.Length == 0 ? FidelityScore.Undefined(NoRealValue) : FidelityScore.Of(Covered(realCounts, syntheticCounts)),
                BoundaryAdherence = number,
                MissingValueSimilarity = missing,
            };
        }

        Array.Sort(realPresent);
        Array.Sort(syntheticPresent);
        var level = FidelityScore.Undefined(NotNominal);
        return new ColumnFidelity
        {
            Name = column.Name,
            Kind = column.Kind,
            KsComplement = reason is null ? FidelityScore.Of(1 - KolmogorovSmirnov(realPresent, syntheticPresent)) : FidelityScore.Undefined(reason),
            TvComplement = level,
            RangeCoverage = reason is null ? CoverRange(realPresent, syntheticPresent) : FidelityScore.Undefined(reason),
            CategoryCoverage = level,
            BoundaryAdherence = realPresent.Length == 0
                ? FidelityScore.Undefined(NoRealValue)
                : FidelityScore.Of(Adhering(realPresent, real.Length, syntheticPresent, synthetic.Length)),
            MissingValueSimilarity = missing,
        };
    }

    private static float[] PresentOf(float[] values) => Array.FindAll(values, static value => !float.IsNaN(value));

    private static double MissingShare(float[] all, float[] present) => (double)(all.Length - present.Length) / all.Length;

    private static long[] CountLevels(float[] values, int levelCount)
    {
        var counts = new long[levelCount];
        foreach (var value in values)
            counts[(int)value]++;
        return counts;
    }

    private static double TotalVariation(long[] first, int firstTotal, long[] second, int secondTotal)
    {
        var sum = 0.0;
        for (var level = 0; level < first.Length; level++)
            sum += Math.Abs(((double)first[level] / firstTotal) - ((double)second[level] / secondTotal));
        return sum / 2;
    }

    private static double Covered(long[] real, long[] synthetic)
    {
        var (present, covered) = (0, 0);
        for (var level = 0; level < real.Length; level++)
        {
            present += real[level] > 0 ? 1 : 0;
            covered += real[level] > 0 && synthetic[level] > 0 ? 1 : 0;
        }

        return (double)covered / present;
    }

    /// <summary>Computes the largest difference of two empirical distribution functions; both sorted.</summary>
    private static double KolmogorovSmirnov(float[] first, float[] second)
    {
        var (i, j, largest) = (0, 0, 0.0);
        while (i < first.Length && j < second.Length)
        {
            // Both functions step at a value at once: between equal values there is no difference to look at.
            var value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] == value)
                i++;
            while (j < second.Length && second[j] == value)
                j++;
            largest = Math.Max(largest, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        return largest;
    }

    private static FidelityScore CoverRange(float[] real, float[] synthetic)
    {
        double least = real[0], most = real[^1];
        if (least == most)
            return FidelityScore.Undefined("the real column is constant");
        var below = Math.Max((synthetic[0] - least) / (most - least), 0);
        var above = Math.Max((most - synthetic[^1]) / (most - least), 0);
        return FidelityScore.Of(Math.Max(1 - (below + above), 0));
    }

    private static double Adhering(float[] real, int realCount, float[] synthetic, int syntheticCount)
    {
        var within = synthetic.Count(value => value >= real[0] && value <= real[^1]);
        if (real.Length < realCount)
            within += syntheticCount - synthetic.Length;
        return (double)within / syntheticCount;
    }
}
