namespace Engine.Data;

/// <summary>The rows of one matrix, then those of another of as many features, as if they were one table; nothing is copied.</summary>
internal sealed class JoinedRows(SampleMatrix first, SampleMatrix second) : RowSource
{
    /// <summary>Joins two matrices in a view.</summary>
    public static SampleMatrix Join(SampleMatrix first, SampleMatrix second) =>
        new(new JoinedRows(first, second), first.RowCount + second.RowCount, first.FeatureCount);

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var ofFirst = (int)Math.Clamp(first.RowCount - firstRow, 0, rowCount);
        for (var i = 0; i < ofFirst; i++)
            first.CopyRow(firstRow + i, destination[(i * stride)..]);
        for (var i = ofFirst; i < rowCount; i++)
            second.CopyRow(firstRow + i - first.RowCount, destination[(i * stride)..]);
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = default;
        if (firstRow + rowCount > first.RowCount)
            return false;
        return rowCount == 1 && first.TryGetPaddedRow(firstRow, out rows);
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory) => first.Overlaps(memory) || second.Overlaps(memory);
}
