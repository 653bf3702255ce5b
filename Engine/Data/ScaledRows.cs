using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Engine.Collectives;

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

    public override RankShare? Share => samples.Share;

    public override unsafe float* AddressOf(long row) => samples.AddressOf(row);

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();

    private void CopyStandardized(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        if (!samples.TryGetRows(firstRow, rowCount, out var values, out var distance))
        {
            samples.CopyRows(firstRow, rowCount, destination, stride);
            values = destination;
            distance = stride;
        }

        Standardize(values, distance, destination, stride, rowCount);
        // What is missing stays so above, and nothing else becomes it. A value that is filled in is not rounded before it is standardized.
        for (var i = 0; i < rowCount; i++)
        {
            var row = destination.Slice(i * stride, samples.FeatureCount);
            if (TensorPrimitives.IsNaNAny<float>(row))
                FillMissing(row);
        }
    }

    /// <summary>Standardizes some columns of all rows, then the next: each value is widened, moved, divided and rounded in a register.</summary>
    private void Standardize(ReadOnlySpan<float> values, int distance, Span<float> destination, int stride, int rowCount)
    {
        ref var from = ref MemoryMarshal.GetReference(values[..(((rowCount - 1) * distance) + samples.FeatureCount)]);
        ref var to = ref MemoryMarshal.GetReference(destination[..(((rowCount - 1) * stride) + samples.FeatureCount)]);
        ref var means = ref MemoryMarshal.GetReference(scaler.Means[..samples.FeatureCount]);
        ref var deviations = ref MemoryMarshal.GetReference(scaler.Deviations[..samples.FeatureCount]);
        var column = 0;
        for (; Vector512.IsHardwareAccelerated && column <= samples.FeatureCount - Vector512<float>.Count; column += Vector512<float>.Count)
        {
            var (mean0, mean1) = (Vector512.LoadUnsafe(ref means, (nuint)column), Vector512.LoadUnsafe(ref means, (nuint)column + 8));
            var (deviation0, deviation1) = (Vector512.LoadUnsafe(ref deviations, (nuint)column), Vector512.LoadUnsafe(ref deviations, (nuint)column + 8));
            for (var row = 0; row < rowCount; row++)
            {
                var (low, high) = Vector512.Widen(Vector512.LoadUnsafe(ref from, (nuint)((row * distance) + column)));
                Vector512.Narrow((low - mean0) / deviation0, (high - mean1) / deviation1).StoreUnsafe(ref to, (nuint)((row * stride) + column));
            }
        }

        for (; Vector256.IsHardwareAccelerated && column <= samples.FeatureCount - Vector256<float>.Count; column += Vector256<float>.Count)
        {
            var (mean0, mean1) = (Vector256.LoadUnsafe(ref means, (nuint)column), Vector256.LoadUnsafe(ref means, (nuint)column + 4));
            var (deviation0, deviation1) = (Vector256.LoadUnsafe(ref deviations, (nuint)column), Vector256.LoadUnsafe(ref deviations, (nuint)column + 4));
            for (var row = 0; row < rowCount; row++)
            {
                var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)((row * distance) + column)));
                Vector256.Narrow((low - mean0) / deviation0, (high - mean1) / deviation1).StoreUnsafe(ref to, (nuint)((row * stride) + column));
            }
        }

        for (; column < samples.FeatureCount; column++)
        {
            for (var row = 0; row < rowCount; row++)
                destination[(row * stride) + column] = Standardize(values[(row * distance) + column], column);
        }
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
