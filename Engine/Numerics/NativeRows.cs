namespace Engine.Numerics;

/// <summary>A table of doubles outside the managed heap: what a computation needs for a while goes back to the system at once.</summary>
/// <param name="rowCount">The number of rows.</param>
/// <param name="columnCount">The number of columns.</param>
internal sealed unsafe class NativeRows(int rowCount, int columnCount) : IDisposable
{
    private readonly NativeBuffer<double> _values = new((long)rowCount * columnCount);

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; } = rowCount;

    /// <summary>Gets the number of columns.</summary>
    public int ColumnCount { get; } = columnCount;

    /// <summary>Gets all rows, one after the other; at most 2^31 - 1 values.</summary>
    public Span<double> All => new(_values.Pointer, checked((int)_values.Length));

    /// <summary>Returns a row, to read or to write.</summary>
    public Span<double> this[int row] => new(_values.Pointer + ((long)row * ColumnCount), ColumnCount);

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();
}
