using Engine.Data;
using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>A column as the places of its values among those that occur: a split between any two values is one between two places.</summary>
internal sealed class RankedColumn
{
    private const int LargestByteCount = 256;

    private RankedColumn(float[] values, byte[]? bytes, int[]? ranks) => (Values, Bytes, Ranks) = (values, bytes, ranks);

    /// <summary>Gets the different values, ascending.</summary>
    public float[] Values { get; }

    /// <summary>Gets the place of each row's value, where there are up to 256.</summary>
    public byte[]? Bytes { get; }

    /// <summary>Gets the place of each row's value, where there are more.</summary>
    public int[]? Ranks { get; }

    /// <summary>Returns the place of a row's value.</summary>
    public int PlaceOf(int row) => Bytes is { } bytes ? bytes[row] : Ranks![row];

    /// <summary>Ranks all columns of finite rows.</summary>
    public static RankedColumn[] Of(SampleMatrix rows, ParallelOptions options)
    {
        var columns = new RankedColumn[rows.FeatureCount];
        for (var first = 0; first < columns.Length; first += TablePair.ColumnsPerPass)
        {
            var start = first;
            var values = TablePair.ReadColumns(rows, first, Math.Min(TablePair.ColumnsPerPass, columns.Length - first), options);
            ParallelLoop.For(0, values.Length, options, column => columns[start + column] = Of(values[column]));
        }

        return columns;
    }

    private static RankedColumn Of(float[] column)
    {
        var sorted = (float[])column.Clone();
        Array.Sort(sorted);
        var count = 0;
        foreach (var value in sorted)
        {
            if (count == 0 || value != sorted[count - 1])
                sorted[count++] = value;
        }

        var values = sorted[..count];
        if (count <= LargestByteCount)
            return new RankedColumn(values, Array.ConvertAll(column, value => (byte)PlaceOf(values, value)), null);
        return new RankedColumn(values, null, Array.ConvertAll(column, value => PlaceOf(values, value)));
    }

    private static int PlaceOf(float[] values, float value)
    {
        var (first, last) = (0, values.Length - 1);
        while (first < last)
        {
            var middle = first + ((last - first) / 2);
            if (values[middle] < value)
                first = middle + 1;
            else
                last = middle;
        }

        return first;
    }
}
