namespace Engine.Data;

/// <summary>Rows of several parts of the same width, such as 48 hours of 76 columns, read as one row a part.</summary>
/// <param name="samples">n x (parts x width).</param>
/// <param name="partCount">The parts of a row.</param>
internal sealed class FoldedRows(SampleMatrix samples, int partCount) : RowSource
{
    private readonly int _width = samples.FeatureCount / partCount;

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var whole = new float[SampleMatrix.PaddedLength(samples.FeatureCount)];
        var held = -1L;
        for (var i = 0; i < rowCount; i++)
        {
            var (row, part) = Math.DivRem(firstRow + i, partCount);
            if (row != held)
                samples.CopyHeldRow(held = row, whole);
            whole.AsSpan((int)part * _width, _width).CopyTo(destination[(i * stride)..]);
        }
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();
}
