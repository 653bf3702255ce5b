using System.Runtime.InteropServices;

namespace Engine.Data;

/// <summary>Rows in memory that .NET knows nothing of, read where they lie; whoever owns them keeps them for as long as the matrix is used.</summary>
/// <remarks>
/// <code>
/// values   | row 0: p floats | anything |
///          | row 1: p floats | anything |
///          |&lt;-------- stride ---------&gt;|
/// </code>
/// </remarks>
internal sealed unsafe class ForeignRows(float* values, long rowCount, int featureCount, long stride) : RowSource
{
    private readonly bool _isPadded = stride == featureCount && featureCount % SampleMatrix.StrideMultiple == 0;

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int rowStride)
    {
        for (var i = 0; i < rowCount; i++)
            RowAt(firstRow + i).CopyTo(destination[(i * rowStride)..]);
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = default;
        return _isPadded && TryGetRows(firstRow, rowCount, out rows, out _);
    }

    public override bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows, out int rowStride)
    {
        rows = default;
        rowStride = 0;
        var length = rowCount == 0 ? 0 : ((rowCount - 1) * stride) + featureCount;
        if (stride > int.MaxValue || length > int.MaxValue)
            return false;
        rows = new ReadOnlySpan<float>(values + (firstRow * stride), (int)length);
        rowStride = (int)stride;
        return true;
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory)
    {
        fixed (byte* start = memory)
        {
            if (rowCount == 0 || memory.IsEmpty || start + memory.Length <= (byte*)values || start >= (byte*)(values + ((rowCount - 1) * stride) + featureCount))
                return false;
        }

        for (var row = 0L; row < rowCount; row++)
        {
            if (MemoryMarshal.AsBytes(RowAt(row)).Overlaps(memory))
                return true;
        }

        return false;
    }

    private ReadOnlySpan<float> RowAt(long row) => new(values + (row * stride), featureCount);
}
