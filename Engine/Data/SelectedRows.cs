namespace Engine.Data;

/// <summary>Rows of another matrix, chosen by index: splits, classes and the last hours of prefix samples without a copy.</summary>
/// <param name="samples">The matrix.</param>
/// <param name="rows">Rows of it; nobody else changes this array.</param>
internal sealed unsafe class SelectedRows(SampleMatrix samples, long[] rows) : RowSource
{
    // A chosen row that does not lie a little behind the last is a wait for memory, unless it is asked for some rows ahead: those of the next call too.
    private const int RowsAhead = 8;
    private const int RowsThatFollow = 4;

    /// <summary>Returns a view of rows of this view that reads the matrix below: views of views stay one step away from it.</summary>
    /// <param name="places">Rows of this view.</param>
    public SelectedRows Select(long[] places) => new(samples, Array.ConvertAll(places, place => rows[place]));

    /// <summary>Returns the same choice of rows that a scaler transforms.</summary>
    public SelectedRows Scale(FeatureScaler scaler) => new(scaler.Transform(samples), rows);

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var selected = rows.AsSpan((int)firstRow, rowCount);
        for (int i = 0, count; i < selected.Length; i += count)
        {
            // As a rule some rows follow each other, and are copied together.
            count = RowCopy.CountFollowing(selected[i..]);
            for (var row = (int)firstRow + i + RowsAhead; row < Math.Min(firstRow + i + count + RowsAhead, rows.Length); row++)
            {
                if (rows[row] - rows[row - 1] is < 0 or > RowsThatFollow)
                    RowReader.Prefetch(samples, rows[row]);
            }

            var place = destination[(i * stride)..];
            // Whole registers, where their zeros fall into padding.
            if (stride == samples.Stride && place.Length >= count * stride)
                samples.ReadPadded(selected[i], count, place[..(count * stride)], isClear: true);
            else
                samples.CopyRows(selected[i], count, place, stride);
        }
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> values)
    {
        values = default;
        return rowCount == 1 && samples.TryGetPaddedRow(rows[firstRow], out values);
    }

    public override bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> values, out int stride)
    {
        values = default;
        stride = 0;
        return rowCount == 1 && samples.TryGetRows(rows[firstRow], 1, out values, out stride);
    }

    public override float* AddressOf(long row) => samples.AddressOf(rows[row]);

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();
}
