using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        for (var i = 0; i < rowCount; i++)
        {
            var row = destination.Slice(i * stride, samples.FeatureCount);
            samples.CopyHeldRow(firstRow + i, row);
            Standardize(row);
            // What is missing stays so above, and nothing else becomes it. A value that is filled in is not rounded before it is standardized.
            if (TensorPrimitives.IsNaNAny<float>(row))
                FillMissing(row);
        }
    }

    /// <summary>Standardizes a row, each value widened, moved, divided and rounded in a register.</summary>
    private void Standardize(Span<float> row)
    {
        ref var x = ref MemoryMarshal.GetReference(row);
        ref var mean = ref MemoryMarshal.GetReference(scaler.Means[..row.Length]);
        ref var deviation = ref MemoryMarshal.GetReference(scaler.Deviations[..row.Length]);
        nuint column = 0;
        for (; Vector512.IsHardwareAccelerated && (int)column <= row.Length - Vector512<float>.Count; column += (nuint)Vector512<float>.Count)
        {
            var second = column + (nuint)Vector512<double>.Count;
            var (low, high) = Vector512.Widen(Vector512.LoadUnsafe(ref x, column));
            low = (low - Vector512.LoadUnsafe(ref mean, column)) / Vector512.LoadUnsafe(ref deviation, column);
            high = (high - Vector512.LoadUnsafe(ref mean, second)) / Vector512.LoadUnsafe(ref deviation, second);
            Vector512.Narrow(low, high).StoreUnsafe(ref x, column);
        }

        for (; Vector256.IsHardwareAccelerated && (int)column <= row.Length - Vector256<float>.Count; column += (nuint)Vector256<float>.Count)
        {
            var second = column + (nuint)Vector256<double>.Count;
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref x, column));
            low = (low - Vector256.LoadUnsafe(ref mean, column)) / Vector256.LoadUnsafe(ref deviation, column);
            high = (high - Vector256.LoadUnsafe(ref mean, second)) / Vector256.LoadUnsafe(ref deviation, second);
            Vector256.Narrow(low, high).StoreUnsafe(ref x, column);
        }

        for (var left = (int)column; left < row.Length; left++)
            row[left] = Standardize(row[left], left);
    }

    private float Standardize(double value, int column) => (float)((value - scaler.Means[column]) / scaler.Deviations[column]);

    /// <summary>Gives the same bits: a value less 0, divided by 1, stays what it is.</summary>
    private void CopyMostlyAsIs(long firstRow, int rowCount, Span<float> destination, int stride, ReadOnlySpan<int> columns)
    {
        samples.CopyRows(firstRow, rowCount, destination, stride);
        for (var i = 0; i < rowCount; i++)
        {
            var row = destination.Slice(i * stride, samples.FeatureCount);
            foreach (var column in columns)
                row[column] = Standardize(row[column], column);

            if (TensorPrimitives.IsNaNAny<float>(row))
                FillMissing(row);
        }
    }

    private void FillMissing(Span<float> row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            if (float.IsNaN(row[column]))
                row[column] = Standardize(scaler.FillValueOf(column), column);
        }
    }
}
