using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;

namespace Engine.Data;

/// <summary>Rows in the caller's memory, read where they lie.</summary>
internal sealed class WrappedRows(ReadOnlyMemory2D<float> values) : RowSource
{
    private readonly ReadOnlyMemory2D<float> _values = values;
    private readonly bool _isPadded = values.Width % SampleMatrix.StrideMultiple == 0;

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        var source = _values.Span;
        for (var i = 0; i < rowCount; i++)
            source.GetRowSpan((int)firstRow + i).CopyTo(destination[(i * stride)..]);
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = default;
        return _isPadded && _values.Slice((int)firstRow, 0, rowCount, _values.Width).Span.TryGetSpan(out rows);
    }

    public override bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> values, out int stride)
    {
        stride = _values.Width;
        return _values.Slice((int)firstRow, 0, rowCount, _values.Width).Span.TryGetSpan(out values);
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
}
