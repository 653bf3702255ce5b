namespace Engine.Numerics;

/// <summary>A table of doubles outside the managed heap: what a computation needs for a while goes back to the system at once.</summary>
/// <param name="rowCount">The number of rows.</param>
/// <param name="columnCount">The number of columns.</param>
internal sealed unsafe class NativeRows(int rowCount, int columnCount) : IDisposable
{
    // With room for whole tiles of rows.
    private readonly NativeBuffer<double> _values = new((long)(rowCount + RowProjection.RowsPerTile - 1) / RowProjection.RowsPerTile * RowProjection.RowsPerTile * columnCount);

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; } = rowCount;

    /// <summary>Gets the number of columns.</summary>
    public int ColumnCount { get; } = columnCount;

    /// <summary>Gets all rows, one after the other, and zeros up to a multiple of eight rows; at most 2^31 - 1 values.</summary>
    public Span<double> All => From(0);

    /// <summary>Gets the rows from one on, as <see cref="All"/>.</summary>
    public Span<double> From(int row) => new(_values.Pointer + ((long)row * ColumnCount), checked((int)(_values.Length - ((long)row * ColumnCount))));

    /// <summary>Returns a row, to read or to write.</summary>
    public Span<double> this[int row] => new(_values.Pointer + ((long)row * ColumnCount), ColumnCount);

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();
}
