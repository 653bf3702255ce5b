using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>The class of every row: 0 (C0) or 1 (C1, the class that is scored).</summary>
public sealed class Labels
{
    private readonly byte[] _values;

    private Labels(byte[] values)
    {
        _values = values;
        foreach (var value in values)
            PositiveCount += value;
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count => _values.Length;

    /// <summary>Gets the number of rows of class 1.</summary>
    public int PositiveCount { get; }

    /// <summary>Gets the number of rows of class 0.</summary>
    public int NegativeCount => Count - PositiveCount;

    /// <summary>Gets the labels, one a row.</summary>
    public ReadOnlySpan<byte> Values => _values;

    /// <summary>Gets the class with the fewer rows; class 1 when both have as many.</summary>
    public byte MinorityClass => PositiveCount <= NegativeCount ? (byte)1 : (byte)0;

    /// <summary>Gets the label of a row.</summary>
    /// <param name="row">The row, 0 to <see cref="Count"/> - 1.</param>
    public byte this[int row] => _values[row];

    /// <summary>Copies labels given as bytes.</summary>
    /// <param name="values">0 or 1, one a row.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">A value is neither 0 nor 1.</exception>
    public static Labels From(byte[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return From((ReadOnlySpan<byte>)values);
    }

    /// <summary>Copies labels given as bytes.</summary>
    /// <param name="values">0 or 1, one a row.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="ArgumentException">A value is neither 0 nor 1.</exception>
    public static Labels From(ReadOnlySpan<byte> values)
    {
        var other = values.IndexOfAnyExcept<byte>(0, 1);
        if (other >= 0)
            Throw.Argument_LabelNotBinary(nameof(values), other, values[other]);
        return new Labels(values.ToArray());
    }

    /// <summary>Copies labels given as integers.</summary>
    /// <param name="values">0 or 1, one a row.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">A value is neither 0 nor 1.</exception>
    public static Labels From(int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return From((ReadOnlySpan<int>)values);
    }

    /// <summary>Copies labels given as integers.</summary>
    /// <param name="values">0 or 1, one a row.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="ArgumentException">A value is neither 0 nor 1.</exception>
    public static Labels From(ReadOnlySpan<int> values)
    {
        var bytes = new byte[values.Length];
        for (var row = 0; row < values.Length; row++)
        {
            if (values[row] is not (0 or 1))
                Throw.Argument_LabelNotBinary(nameof(values), row, values[row]);
            bytes[row] = (byte)values[row];
        }

        return new Labels(bytes);
    }

    /// <summary>Copies labels given as truth values.</summary>
    /// <param name="values">True for class 1, one a row.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    public static Labels From(bool[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return From((ReadOnlySpan<bool>)values);
    }

    /// <summary>Copies labels given as truth values.</summary>
    /// <param name="values">True for class 1, one a row.</param>
    /// <returns>The labels.</returns>
    public static Labels From(ReadOnlySpan<bool> values)
    {
        var bytes = new byte[values.Length];
        for (var row = 0; row < values.Length; row++)
            bytes[row] = values[row] ? (byte)1 : (byte)0;
        return new Labels(bytes);
    }

    /// <summary>Copies the labels of chosen rows.</summary>
    /// <param name="rows">Row indices, each 0 to <see cref="Count"/> - 1.</param>
    /// <returns>One label for each index, in the given order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the labels.</exception>
    public Labels Select(ReadOnlySpan<long> rows)
    {
        var bytes = new byte[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            if ((ulong)rows[i] >= (ulong)Count)
                Throw.Index_RowOutOfRange(rows[i], Count);
            bytes[i] = _values[rows[i]];
        }

        return new Labels(bytes);
    }

    /// <summary>Returns the rows of one class.</summary>
    /// <param name="label">The class, 0 or 1.</param>
    /// <returns>A mask over all rows.</returns>
    public RowMask ToMask(byte label) => RowMask.From(Count, row => _values[row] == label);
}
