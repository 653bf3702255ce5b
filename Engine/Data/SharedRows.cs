using Engine.Collectives;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Rows of a table that is the work of several ranks: those that this one holds, at their places in the whole.</summary>
/// <param name="rows">The rows that this rank can read: its own, or all.</param>
/// <param name="firstRow">The place of the first of them.</param>
/// <param name="share">Which rank does what.</param>
internal sealed class SharedRows(SampleMatrix rows, long firstRow, RankShare share) : RowSource
{
    public override RankShare? Share => share;

    /// <summary>Gets the rows that this rank can read.</summary>
    public SampleMatrix Readable => rows;

    /// <summary>Gets the place of the first of them.</summary>
    public long FirstRow => firstRow;

    public override void CopyRows(long first, int rowCount, Span<float> destination, int stride)
    {
        if (!Holds(first, rowCount))
            Throw.InvalidOperation_RowOfAnotherRank(first, share.OwnerOf(first / SampleMatrix.RowsPerBlock), share.Collective.Rank);
        rows.CopyRows(first - firstRow, rowCount, destination, stride);
    }

    public override bool TryGetPaddedRows(long first, int rowCount, out ReadOnlySpan<float> values)
    {
        if (Holds(first, rowCount))
            return rows.TryGetPaddedRows(first - firstRow, rowCount, out values);
        values = default;
        return false;
    }

    public override bool TryGetRows(long first, int rowCount, out ReadOnlySpan<float> values, out int stride)
    {
        if (Holds(first, rowCount))
            return rows.TryGetRows(first - firstRow, rowCount, out values, out stride);
        values = default;
        stride = 0;
        return false;
    }

    public override unsafe float* AddressOf(long row) => Holds(row, 1) ? rows.AddressOf(row - firstRow) : null;

    public override bool Overlaps(ReadOnlySpan<byte> memory) => rows.Overlaps(memory);

    public override IDisposable? Hold() => rows.Hold();

    private bool Holds(long first, int rowCount) => first >= firstRow && first + rowCount <= firstRow + rows.RowCount;
}

/// <summary>Consecutive rows of another matrix.</summary>
/// <param name="samples">The matrix.</param>
/// <param name="firstRow">The first row.</param>
internal sealed class ConsecutiveRows(SampleMatrix samples, long firstRow) : RowSource
{
    public override void CopyRows(long first, int rowCount, Span<float> destination, int stride) => samples.CopyRows(firstRow + first, rowCount, destination, stride);

    public override bool TryGetPaddedRows(long first, int rowCount, out ReadOnlySpan<float> values) => samples.TryGetPaddedRows(firstRow + first, rowCount, out values);

    public override bool TryGetRows(long first, int rowCount, out ReadOnlySpan<float> values, out int stride) =>
        samples.TryGetRows(firstRow + first, rowCount, out values, out stride);

    public override unsafe float* AddressOf(long row) => samples.AddressOf(firstRow + row);

    public override bool Overlaps(ReadOnlySpan<byte> memory) => samples.Overlaps(memory);

    public override IDisposable? Hold() => samples.Hold();
}
