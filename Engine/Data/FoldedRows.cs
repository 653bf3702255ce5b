using Engine.Collectives;

namespace Engine.Data;

/// <summary>Rows of several parts of the same width, such as 48 hours of 76 columns, read as one row a part.</summary>
/// <param name="samples">n x (parts x width).</param>
/// <param name="partCount">The parts of a row.</param>
internal sealed class FoldedRows(SampleMatrix samples, int partCount) : RowSource
{
    private readonly int _width = samples.FeatureCount / partCount;

    /// <summary>Gets the rows before they are folded.</summary>
    public SampleMatrix Whole => samples;

    /// <summary>Gets the parts of each.</summary>
    public int PartCount => partCount;

    /// <remarks>Whole runs of rows are whole runs of parts.</remarks>
    public override RankShare? Share { get; } = ShareOf(samples, partCount);

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

    private static RankShare? ShareOf(SampleMatrix samples, int partCount)
    {
        if (samples.Share is not { } share)
            return null;
        var blockCount = ((samples.RowCount * partCount) + SampleMatrix.RowsPerBlock - 1) / SampleMatrix.RowsPerBlock;
        return new RankShare(
            share.Collective,
            [.. share.Segments.Select(segment => segment with { FirstBlock = segment.FirstBlock * partCount, EndBlock = Math.Min(blockCount, segment.EndBlock * partCount) })],
            share.IsReadableByAll);
    }
}
