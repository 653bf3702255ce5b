using System.Numerics.Tensors;

namespace Engine.Data;

/// <summary>Rows of another matrix, imputed and standardized each time they are read.</summary>
/// <remarks><b>Determinism</b>: every operation works element by element, so vectors of any width give the same bits.</remarks>
internal sealed class ScaledRows(SampleMatrix samples, FeatureScaler scaler) : RowSource
{
    /// <summary>Up to one column in so many, those that are standardized are found one by one.</summary>
    private const int FewColumns = 8;

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        if (scaler.StandardizedColumns is { } columns && columns.Length <= samples.FeatureCount / FewColumns)
            CopyMostlyAsIs(firstRow, rowCount, destination, stride, columns.Span);
        else
            CopyStandardized(firstRow, rowCount, destination, stride);
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();

    private void CopyStandardized(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        // Stack memory: a reader comes here for every row that another view picks out.
        const int LargestOnStack = 512;
        var length = samples.FeatureCount;
        var wide = length <= LargestOnStack ? stackalloc double[length] : new double[length];
        for (var i = 0; i < rowCount; i++)
        {
            var row = destination.Slice(i * stride, length);
            samples.CopyHeldRow(firstRow + i, row);
            TensorPrimitives.ConvertTruncating<float, double>(row, wide);
            if (TensorPrimitives.IsNaNAny<double>(wide))
                Impute(wide);
            TensorPrimitives.Subtract(wide, scaler.Means, wide);
            TensorPrimitives.Divide(wide, scaler.Deviations, wide);
            TensorPrimitives.ConvertTruncating<double, float>(wide, row);
        }
    }

    private void Impute(Span<double> row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            if (double.IsNaN(row[column]))
                row[column] = scaler.FillValueOf(column);
        }
    }

    /// <summary>Gives the same bits: a value less 0, divided by 1, stays what it is.</summary>
    private void CopyMostlyAsIs(long firstRow, int rowCount, Span<float> destination, int stride, ReadOnlySpan<int> columns)
    {
        samples.CopyRows(firstRow, rowCount, destination, stride);
        for (var i = 0; i < rowCount; i++)
        {
            var row = destination.Slice(i * stride, samples.FeatureCount);
            // A missing value is told before it is filled in: what is filled in is not rounded before it is standardized.
            foreach (var column in columns)
            {
                var value = float.IsNaN(row[column]) ? scaler.FillValueOf(column) : row[column];
                row[column] = (float)((value - scaler.Means[column]) / scaler.Deviations[column]);
            }

            if (TensorPrimitives.IsNaNAny<float>(row))
                FillMissing(row);
        }
    }

    private void FillMissing(Span<float> row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            if (float.IsNaN(row[column]))
                row[column] = (float)scaler.FillValueOf(column);
        }
    }
}
