using Engine.Data;

namespace Engine.Resampling;

/// <summary>Feature weights under which a differing category counts as much as a typical difference of numbers.</summary>
internal static class NominalWeights
{
    /// <summary>Returns 1 for numbers, s² for masks and s²/2 for one-hot columns, of which two differ at a time; s as in <see cref="SmoteNominal"/>.</summary>
    public static float[] Of(ColumnSchema schema, SampleMatrix rows)
    {
        var spread = MedianDeviation(schema, rows);
        var weights = new float[schema.FeatureCount];
        Array.Fill(weights, 1);
        foreach (var column in schema.Masks)
            weights[column] = (float)(spread * spread);
        foreach (var column in schema.OneHotGroups.SelectMany(group => group))
            weights[column] = (float)(spread * spread / 2);
        return weights;
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
