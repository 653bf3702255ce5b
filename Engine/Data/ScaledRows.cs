using System.Numerics.Tensors;

namespace Engine.Data;

/// <summary>Rows of another matrix, imputed and standardized each time they are read.</summary>
/// <remarks><b>Determinism</b>: every operation works element by element, so vectors of any width give the same bits.</remarks>
internal sealed class ScaledRows(SampleMatrix samples, FeatureScaler scaler) : RowSource
{
    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
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

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();

    private void Impute(Span<double> row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            if (double.IsNaN(row[column]))
                row[column] = scaler.FillValueOf(column);
        }
    }
}
