namespace Engine.Data;

/// <summary>As many consecutive rows of a matrix, such as 48 hours of 76 columns, read as one: the inverse of <see cref="FoldedRows"/>.</summary>
/// <param name="samples">The matrix.</param>
/// <param name="firstRows">Where each run of rows starts.</param>
/// <param name="partCount">The rows of a run.</param>
internal sealed class JoinedHours(SampleMatrix samples, long[] firstRows, int partCount) : RowSource
{
    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        for (var i = 0; i < rowCount; i++)
            samples.CopyRows(firstRows[firstRow + i], partCount, destination[(i * stride)..], samples.FeatureCount);
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();
}
