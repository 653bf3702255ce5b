using Engine.Data;

namespace Engine.Resampling;

/// <summary>Feature weights under which a differing category counts as much as a typical difference of numbers.</summary>
internal static class NominalWeights
{
    /// <summary>Spreads within 2^60 and 2^-60 have squares that are ordinary weights beside a 1.</summary>
    private const int LargestExponent = 60;

    /// <summary>2^126: the largest common factor.</summary>
    private const int LargestFactorExponent = 126;

    /// <summary>Returns 1 for numbers, s² for masks and s²/2 for one-hot columns, of which two differ at a time; s as in <see cref="SmoteNominal"/>. All of them times a power of four where s² is no float32.</summary>
    public static float[] Of(ColumnSchema schema, SampleMatrix rows)
    {
        var spread = MedianDeviation(schema, rows);
        var factor = CommonFactor(spread);
        var weights = new float[schema.FeatureCount];
        Array.Fill(weights, (float)factor);
        foreach (var column in schema.Masks)
            weights[column] = (float)(spread * spread * factor);
        foreach (var column in schema.OneHotGroups.SelectMany(group => group))
            weights[column] = (float)(spread * spread / 2 * factor);
        return weights;
    }

    /// <summary>Returns the power of four that brings a spread's square and 1 within the range of float32: neighbors do not depend on it.</summary>
    private static double CommonFactor(double spread)
    {
        if (spread == 0 || Math.Abs(Math.ILogB(spread)) <= LargestExponent)
            return 1;
        var exponent = -2 * ((Math.ILogB(spread) + 2) / 2);
        return Math.ScaleB(1, Math.Min(exponent, LargestFactorExponent));
    }

    private static double MedianDeviation(ColumnSchema schema, SampleMatrix rows)
    {
        var deviations = Deviations(rows).Where((_, column) => !schema.IsNominal(column)).Order().ToArray();
        if (deviations.Length == 0)
            return 1;
        var middle = deviations.Length / 2;
        return deviations.Length % 2 == 1 ? deviations[middle] : (deviations[middle - 1] + deviations[middle]) / 2;
    }

    /// <summary>Computes the population standard deviation of every column, in double precision, rows in order.</summary>
    private static double[] Deviations(SampleMatrix rows)
    {
        var (means, squares) = (new double[rows.FeatureCount], new double[rows.FeatureCount]);
        var row = new float[rows.FeatureCount];
        for (long i = 0; i < rows.RowCount; i++)
        {
            rows.CopyRow(i, row);
            for (var column = 0; column < row.Length; column++)
                means[column] += row[column] / (double)rows.RowCount;
        }

        for (long i = 0; i < rows.RowCount; i++)
        {
            rows.CopyRow(i, row);
            for (var column = 0; column < row.Length; column++)
                squares[column] += (row[column] - means[column]) * (row[column] - means[column]);
        }

        return [.. squares.Select(sum => Math.Sqrt(sum / rows.RowCount))];
    }
}
