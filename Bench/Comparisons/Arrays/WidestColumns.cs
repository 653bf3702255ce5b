using Engine.Data;

namespace Bench.Comparisons.Arrays;

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
