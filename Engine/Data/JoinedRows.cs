using Engine.Collectives;
using Engine.Numerics;

namespace Engine.Data;

/// <summary>The rows of one matrix, then those of another of as many features, as if they were one table; nothing is copied.</summary>
internal sealed class JoinedRows(SampleMatrix first, SampleMatrix second) : RowSource
{
    /// <summary>Gets the matrix whose rows come first.</summary>
    public SampleMatrix First => first;

    /// <summary>Gets the matrix whose rows follow.</summary>
    public SampleMatrix Second => second;

    /// <remarks>The rows of the first lie where they lie; those of the second, which every rank can read, are shared anew from where a run begins.</remarks>
    public override RankShare? Share { get; } = ShareOf(first, first.RowCount + second.RowCount);

    /// <summary>Joins two matrices in a view.</summary>
    public static SampleMatrix Join(SampleMatrix first, SampleMatrix second) =>
        new(new JoinedRows(first, second), first.RowCount + second.RowCount, first.FeatureCount);

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var ofFirst = (int)Math.Clamp(first.RowCount - firstRow, 0, rowCount);
        if (ofFirst > 0)
            first.CopyRows(firstRow, ofFirst, destination, stride);
        if (ofFirst < rowCount)
            second.CopyRows(firstRow + ofFirst - first.RowCount, rowCount - ofFirst, destination[(ofFirst * stride)..], stride);
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        if (firstRow + rowCount <= first.RowCount)
            return first.TryGetPaddedRows(firstRow, rowCount, out rows);
        if (firstRow >= first.RowCount)
            return second.TryGetPaddedRows(firstRow - first.RowCount, rowCount, out rows);
        rows = default;
        return false;
    }

    public override bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> values, out int stride)
    {
        if (firstRow + rowCount <= first.RowCount)
            return first.TryGetRows(firstRow, rowCount, out values, out stride);
        if (firstRow >= first.RowCount)
            return second.TryGetRows(firstRow - first.RowCount, rowCount, out values, out stride);
        values = default;
        stride = 0;
        return false;
    }

    public override unsafe float* AddressOf(long row) => row < first.RowCount ? first.AddressOf(row) : second.AddressOf(row - first.RowCount);

    public override bool Overlaps(ReadOnlySpan<byte> memory) => first.Overlaps(memory) || second.Overlaps(memory);

    public override IDisposable? Hold()
    {
        var ofFirst = first.Hold();
        try
        {
            return second.Hold() is { } ofSecond ? new BothHolds(ofFirst, ofSecond) : ofFirst;
        }
        catch
        {
            ofFirst?.Dispose();
            throw;
        }
    }

    private static RankShare? ShareOf(SampleMatrix first, long rowCount)
    {
        if (first.Share is not { } share)
            return null;
        var (last, blockCount) = (share.Segments[^1], (rowCount + SampleMatrix.RowsPerBlock - 1) / SampleMatrix.RowsPerBlock);
        var runEnd = (last.EndBlock + BlockReduction.BlocksPerRun - 1) / BlockReduction.BlocksPerRun * BlockReduction.BlocksPerRun;
        last = last with { EndBlock = Math.Min(blockCount, runEnd) };
        return new RankShare(share.Collective, [.. share.Segments.SkipLast(1), last, .. BlockReduction.Divide(share.Collective, last.EndBlock, blockCount)], share.IsReadableByAll);
    }

    private sealed class BothHolds(IDisposable? first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first?.Dispose();
            second.Dispose();
        }
    }
}
