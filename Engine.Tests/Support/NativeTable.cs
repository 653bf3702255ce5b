using Engine.Numerics;

namespace Engine.Tests.Support;

internal static class NativeTable
{
    /// <summary>Copies values, row-major, into a table outside the managed heap.</summary>
    public static NativeRows Of(double[] values, int rowCount, int columnCount)
    {
        var rows = new NativeRows(rowCount, columnCount);
        for (var row = 0; row < rowCount; row++)
            values.AsSpan(row * columnCount, columnCount).CopyTo(rows[row]);
        return rows;
    }
}
