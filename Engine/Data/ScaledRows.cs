namespace Engine.Data;

/// <summary>Rows of another matrix, imputed and standardised each time they are read.</summary>
internal sealed class ScaledRows(SampleMatrix samples, double[] fillValues, double[] means, double[] deviations) : RowSource
{
    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        for (var i = 0; i < rowCount; i++)
        {
            var row = destination.Slice(i * stride, samples.FeatureCount);
            samples.CopyRow(firstRow + i, row);
            for (var column = 0; column < row.Length; column++)
            {
                var value = float.IsNaN(row[column]) ? fillValues[column] : row[column];
                row[column] = (float)((value - means[column]) / deviations[column]);
            }
        }
    }
}
