using System.Runtime.InteropServices;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Interop;

/// <summary>A caller's table of float32: rows one after the other, values of a row side by side.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMatrix
{
    /// <summary>The first value of the first row.</summary>
    public float* Values;

    /// <summary>The number of rows.</summary>
    public long RowCount;

    /// <summary>The distance of two rows in floats, at least <see cref="ColumnCount"/>.</summary>
    public long RowStride;

    /// <summary>The number of columns.</summary>
    public int ColumnCount;

    /// <summary>Returns a matrix that reads the table where it lies.</summary>
    public readonly SampleMatrix Wrap() => SampleMatrix.Wrap(Values, RowCount, ColumnCount, RowStride);
}

/// <summary>Reads the other arrays of a caller.</summary>
internal static unsafe class NativeArrays
{
    /// <summary>Returns as many values as there are in a caller's array.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more than .NET has in one span.</exception>
    public static Span<T> SpanOf<T>(T* values, long count)
        where T : unmanaged
    {
        if (count is < 0 or > int.MaxValue)
            Throw.ArgumentOutOfRange(nameof(count), count, $"0 to {int.MaxValue:N0} values in one array; pass parts of it");
        return new Span<T>(values, (int)count);
    }

    /// <summary>Copies the values of an option; none where there is no array.</summary>
    public static T[] CopyOf<T>(T* values, long count)
        where T : unmanaged => values is null ? [] : SpanOf(values, count).ToArray();

    /// <summary>Copies labels of one byte a row.</summary>
    public static Labels LabelsOf(byte* labels, long rowCount) => Labels.From(SpanOf<byte>(labels, rowCount));

    /// <summary>Copies a mask of one byte a row.</summary>
    public static RowMask MaskOf(byte* mask, long rowCount)
    {
        _ = SpanOf<byte>(mask, rowCount);
        return RowMask.From((int)rowCount, row => mask[row] != 0);
    }

    /// <summary>Copies masks, one after the other, as groups that have the numbers of the masks for names: names stay with the caller.</summary>
    public static Subgroups GroupsOf(byte* masks, int groupCount, long rowCount)
    {
        _ = SpanOf<byte>(masks, rowCount);
        var groups = new Subgroups((int)rowCount);
        for (var group = 0; group < groupCount; group++)
            groups.Add($"{group}", MaskOf(masks + (group * rowCount), rowCount));
        return groups;
    }
}
