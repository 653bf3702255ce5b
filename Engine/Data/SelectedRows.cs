namespace Engine.Data;

/// <summary>Rows of another matrix, chosen by index: splits, classes and the last hours of prefix samples without a copy.</summary>
internal sealed class SelectedRows(SampleMatrix samples, ReadOnlyMemory<long> rows) : RowSource
{
    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var selected = rows.Span.Slice((int)firstRow, rowCount);
        for (var i = 0; i < selected.Length; i++)
            samples.CopyHeldRow(selected[i], destination[(i * stride)..]);
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();
}
