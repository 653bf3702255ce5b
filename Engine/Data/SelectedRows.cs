namespace Engine.Data;

/// <summary>Rows of another matrix, chosen by index: splits, classes and the last hours of prefix samples without a copy.</summary>
/// <param name="samples">The matrix.</param>
/// <param name="rows">Rows of it; nobody else has this array.</param>
internal sealed class SelectedRows(SampleMatrix samples, long[] rows) : RowSource
{
    /// <summary>Returns a view of rows of this view that reads the matrix below: views of views stay one step away from it.</summary>
    /// <param name="places">Rows of this view.</param>
    public SelectedRows Select(long[] places) => new(samples, Array.ConvertAll(places, place => rows[place]));

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var selected = rows.AsSpan((int)firstRow, rowCount);
        for (var i = 0; i < selected.Length; i++)
            samples.CopyHeldRow(selected[i], destination[(i * stride)..]);
    }

    public override unsafe float* AddressOf(long row) => samples.AddressOf(rows[row]);

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();
}
