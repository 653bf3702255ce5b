using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engine.Numerics;

/// <summary>Scores of some rows on many axes, in double: a small matrix product that keeps sums in registers.</summary>
/// <remarks>
/// <code>
/// axes, packed      | column 0 of axes 0-7 | column 1 of axes 0-7 | ...        four rows x eight axes share every load
///                   | column 0 of axes 8-15 | ...
/// </code>
/// <para><b>Error</b>: a score is off by at most (columns + 1) 2^-53 times the product of the lengths of row and axis; its last bits depend on the machine.</para>
/// </remarks>
internal sealed class RowProjection
{
    private const int AxesPerPanel = 8;
    private const int RowsPerTile = 4;
    private const int ColumnsPerChunk = 256;

    private readonly double[] _panels;
    private readonly int _columnCount;

    /// <summary>Packs axes.</summary>
    /// <param name="axes">axisCount x columnCount, row-major.</param>
    /// <param name="axisCount">The number of axes.</param>
    /// <param name="columnCount">The number of columns.</param>
    public RowProjection(ReadOnlySpan<double> axes, int axisCount, int columnCount)
    {
        _columnCount = columnCount;
        ScoreStride = (axisCount + AxesPerPanel - 1) / AxesPerPanel * AxesPerPanel;
        _panels = new double[ScoreStride * columnCount];
        for (var axis = 0; axis < axisCount; axis++)
        {
            for (var column = 0; column < columnCount; column++)
                _panels[(axis / AxesPerPanel * AxesPerPanel * columnCount) + (column * AxesPerPanel) + (axis % AxesPerPanel)] = axes[(axis * columnCount) + column];
        }
    }

    /// <summary>Gets the distance between the scores of two rows: the number of axes rounded up to a multiple of 8.</summary>
    public int ScoreStride { get; }

    /// <summary>Computes scores.</summary>
    /// <param name="rows">rowCount x columnCount, row-major, with room for a multiple of four rows.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="axisCount">The number of leading axes that are wanted.</param>
    /// <param name="scores">Receives rowCount x <see cref="ScoreStride"/>, with room for a multiple of four rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Project(ReadOnlySpan<double> rows, int rowCount, int axisCount, Span<double> scores)
    {
        var paddedRows = (rowCount + RowsPerTile - 1) / RowsPerTile * RowsPerTile;
        ref var x = ref MemoryMarshal.GetReference(rows[..(paddedRows * _columnCount)]);
        ref var sums = ref MemoryMarshal.GetReference(scores[..(paddedRows * ScoreStride)]);
        scores[..(paddedRows * ScoreStride)].Clear();
        for (var chunk = 0; chunk < _columnCount; chunk += ColumnsPerChunk)
        {
            var length = Math.Min(ColumnsPerChunk, _columnCount - chunk);
            for (var panel = 0; panel < axisCount; panel += AxesPerPanel)
            {
                ref var axes = ref _panels[(panel * _columnCount) + (chunk * AxesPerPanel)];
                for (var row = 0; row < rowCount; row += RowsPerTile)
                    AddTile(ref Unsafe.Add(ref x, (row * _columnCount) + chunk), ref axes, length, ref Unsafe.Add(ref sums, (row * ScoreStride) + panel));
            }
        }
    }

    /// <summary>Adds the products of a chunk of columns to the scores of four rows on eight axes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTile(ref double rows, ref double axes, int length, ref double scores)
    {
        // Vectors of more than eight doubles do not exist, those of two are summed in more passes over the axes.
        for (var axis = 0; axis < AxesPerPanel; axis += 2 * Vector<double>.Count)
        {
            var second = axis + Vector<double>.Count;
            if (second >= AxesPerPanel)
            {
                AddOneVector(ref rows, ref axes, length, ref scores);
                return;
            }

            Vector<double> sum00 = default, sum01 = default, sum10 = default, sum11 = default, sum20 = default, sum21 = default, sum30 = default, sum31 = default;
            ref var row0 = ref rows;
            ref var row1 = ref Unsafe.Add(ref rows, _columnCount);
            ref var row2 = ref Unsafe.Add(ref rows, 2 * _columnCount);
            ref var row3 = ref Unsafe.Add(ref rows, 3 * _columnCount);
            ref var panel = ref axes;
            for (var column = 0; column < length; column++)
            {
                var axis0 = Vector.LoadUnsafe(ref panel, (nuint)axis);
                var axis1 = Vector.LoadUnsafe(ref panel, (nuint)second);
                panel = ref Unsafe.Add(ref panel, AxesPerPanel);
                var x = new Vector<double>(Unsafe.Add(ref row0, column));
                sum00 = Vector.FusedMultiplyAdd(x, axis0, sum00);
                sum01 = Vector.FusedMultiplyAdd(x, axis1, sum01);
                x = new Vector<double>(Unsafe.Add(ref row1, column));
                sum10 = Vector.FusedMultiplyAdd(x, axis0, sum10);
                sum11 = Vector.FusedMultiplyAdd(x, axis1, sum11);
                x = new Vector<double>(Unsafe.Add(ref row2, column));
                sum20 = Vector.FusedMultiplyAdd(x, axis0, sum20);
                sum21 = Vector.FusedMultiplyAdd(x, axis1, sum21);
                x = new Vector<double>(Unsafe.Add(ref row3, column));
                sum30 = Vector.FusedMultiplyAdd(x, axis0, sum30);
                sum31 = Vector.FusedMultiplyAdd(x, axis1, sum31);
            }

            Add(ref scores, axis, sum00, sum01);
            Add(ref Unsafe.Add(ref scores, ScoreStride), axis, sum10, sum11);
            Add(ref Unsafe.Add(ref scores, 2 * ScoreStride), axis, sum20, sum21);
            Add(ref Unsafe.Add(ref scores, 3 * ScoreStride), axis, sum30, sum31);
        }
    }

    private void AddOneVector(ref double rows, ref double axes, int length, ref double scores)
    {
        for (var row = 0; row < RowsPerTile; row++)
        {
            var sum = Vector<double>.Zero;
            for (var column = 0; column < length; column++)
                sum = Vector.FusedMultiplyAdd(new Vector<double>(Unsafe.Add(ref rows, (row * _columnCount) + column)), Vector.LoadUnsafe(ref axes, (nuint)(column * AxesPerPanel)), sum);
            (Vector.LoadUnsafe(ref scores, (nuint)(row * ScoreStride)) + sum).StoreUnsafe(ref scores, (nuint)(row * ScoreStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double scores, int axis, Vector<double> sum0, Vector<double> sum1)
    {
        (Vector.LoadUnsafe(ref scores, (nuint)axis) + sum0).StoreUnsafe(ref scores, (nuint)axis);
        (Vector.LoadUnsafe(ref scores, (nuint)(axis + Vector<double>.Count)) + sum1).StoreUnsafe(ref scores, (nuint)(axis + Vector<double>.Count));
    }
}
