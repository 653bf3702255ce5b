using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;

namespace Engine.Data;

/// <summary>Rows in the caller's memory, read where they lie.</summary>
internal sealed class WrappedRows : RowSource
{
    private readonly ReadOnlyMemory2D<float> _values;

    /// <summary>The same where rows lie end to end: quicker to find a row in.</summary>
    private readonly ReadOnlyMemory<float> _dense;
    private readonly bool _isDense;
    private readonly bool _isPadded;

    public WrappedRows(ReadOnlyMemory2D<float> values)
    {
        _values = values;
        _isDense = values.TryGetMemory(out _dense);
        _isPadded = values.Width % SampleMatrix.StrideMultiple == 0;
    }

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        for (var i = 0; i < rowCount; i++)
            RowAt((int)firstRow + i).CopyTo(destination[(i * stride)..]);
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = default;
        return _isPadded && TryGetRows(firstRow, rowCount, out rows, out _);
    }

    public override bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> values, out int stride)
    {
        stride = _values.Width;
        values = _isDense ? _dense.Span.Slice((int)firstRow * stride, rowCount * stride) : rowCount == 1 ? RowAt((int)firstRow) : default;
        return _isDense || rowCount == 1;
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory)
    {
        var rows = _values.Span;
        if (rows.TryGetSpan(out var all))
            return MemoryMarshal.AsBytes(all).Overlaps(memory);
        for (var row = 0; row < rows.Height; row++)
        {
            if (MemoryMarshal.AsBytes(rows.GetRowSpan(row)).Overlaps(memory))
                return true;
        }

        return false;
    }

    private ReadOnlySpan<float> RowAt(int row) => _isDense ? _dense.Span.Slice(row * _values.Width, _values.Width) : _values.Span.GetRowSpan(row);
}
