using Engine.Collectives;

namespace Engine.Data;

/// <summary>Some columns of another matrix, picked out each time a row is read.</summary>
internal sealed class SelectedColumns(SampleMatrix samples, int[] columns) : RowSource
{
    /// <summary>Returns a view of columns of this view that reads the matrix below.</summary>
    /// <param name="places">Columns of this view.</param>
    public SelectedColumns Select(int[] places) => new(samples, Array.ConvertAll(places, place => columns[place]));

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        // Stack memory: a reader comes here for every row that another view picks out.
        const int LargestOnStack = 1024;
        var whole = samples.FeatureCount <= LargestOnStack ? stackalloc float[samples.FeatureCount] : new float[samples.FeatureCount];
        for (var i = 0; i < rowCount; i++)
        {
            samples.CopyHeldRow(firstRow + i, whole);
            var row = destination.Slice(i * stride, columns.Length);
            for (var column = 0; column < columns.Length; column++)
                row[column] = whole[columns[column]];
        }
    }

    public override RankShare? Share => samples.Share;

    public override unsafe float* AddressOf(long row) => samples.AddressOf(row);

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();
}
