using Engine.Collectives;

namespace Engine.Data;

/// <summary>Rows of another matrix, imputed and standardized each time they are read.</summary>
internal sealed unsafe class ScaledRows(SampleMatrix samples, FeatureScaler scaler) : RowSource
{
    private const int LargestOnStack = 1024;

    private readonly Standardization _standardization = new(scaler.Means, scaler.Deviations, scaler.StandardizedColumns);

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        if (samples.TryGetRows(firstRow, rowCount, out var values, out var distance))
            CopyStandardized(values, distance, destination, stride, rowCount);
        else
            CopyMade(firstRow, rowCount, destination, stride);
    }

    public override RankShare? Share => samples.Share;

    public override float* AddressOf(long row) => samples.AddressOf(row);

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();

    /// <summary>Standardizes rows that are made when they are read: together, as their source may prefer, then each from a copy of it.</summary>
    private void CopyMade(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        samples.CopyRows(firstRow, rowCount, destination, stride);
        var raw = samples.FeatureCount <= LargestOnStack ? stackalloc float[samples.FeatureCount] : new float[samples.FeatureCount];
        for (var row = 0; row < rowCount; row++)
        {
            var standardized = destination.Slice(row * stride, samples.FeatureCount);
            standardized.CopyTo(raw);
            CopyStandardized(raw, raw.Length, standardized, raw.Length, 1);
        }
    }

    /// <summary>Standardizes rows that lie in memory.</summary>
    private void CopyStandardized(ReadOnlySpan<float> values, int distance, Span<float> destination, int stride, int rowCount)
    {
        if (rowCount == 0)
            return;
        fixed (float* from = values[..(((rowCount - 1) * distance) + samples.FeatureCount)])
        fixed (float* to = destination[..(((rowCount - 1) * stride) + samples.FeatureCount)])
        {
            for (var row = 0; row < rowCount; row++)
            {
                row += _standardization.Apply(from + ((nint)row * distance), distance, to + ((nint)row * stride), stride, rowCount - row);
                if (row < rowCount)
                    StandardizeOthers(from + ((nint)row * distance), to + ((nint)row * stride));
            }
        }
    }

    /// <summary>Fills in what is missing in a row; what is infinite stays so.</summary>
    private void StandardizeOthers(float* row, float* standardized)
    {
        for (var column = 0; column < samples.FeatureCount; column++)
        {
            // A value that is filled in is not rounded before it is standardized.
            if (!float.IsFinite(row[column]))
                standardized[column] = _standardization.Of(float.IsNaN(row[column]) ? scaler.FillValueOf(column) : row[column], column);
        }
    }
}
