using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Rows of a larger table that this process holds, at their places in the whole; the others are not to be had.</summary>
/// <param name="held">The rows.</param>
/// <param name="rows">The place of each, strictly rising; nobody else changes this array.</param>
internal sealed class HeldRows(SampleMatrix held, long[] rows) : RowSource
{
    /// <summary>Returns chosen rows, all of them held, as a view of what is held.</summary>
    public SampleMatrix Select(long[] chosen) => held.SelectRows(Array.ConvertAll(chosen, PlaceOf));

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        for (var i = 0; i < rowCount; i++)
            held.CopyRows(PlaceOf(firstRow + i), 1, destination[(i * stride)..], stride);
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory) => held.Overlaps(memory);

    public override IDisposable? Hold() => held.Hold();

    private long PlaceOf(long row)
    {
        var place = Array.BinarySearch(rows, row);
        if (place < 0)
            Throw.InvalidOperation($"row {row:N0} is not among the {rows.Length:N0} that this process holds of the table. Take rows that it holds, such as those that RankRows.Of says, and make a table of all ranks of them with SampleMatrix.OfRanks.");
        return place;
    }
}
