namespace Engine.Numerics;

/// <summary>Scores of some rows on many axes, in double: a small matrix product that keeps sums in registers.</summary>
/// <remarks>
/// <code>
/// axes, packed      | column 0 of axes 0-15 | column 1 of axes 0-15 | ...        eight rows x sixteen axes share every load (<see cref="MatrixTile{TLanes}"/>)
///                   | column 0 of axes 16-31 | ...
/// </code>
/// <b>Error</b>: a score is off by at most (columns + 1) 2^-53 times the product of the lengths of row and axis.
/// </remarks>
internal sealed unsafe class RowProjection
{
    /// <summary>Rows come in so many.</summary>
    public const int RowsPerTile = 8;

    private const int AxesPerPanel = 16;
    private const int AxesPerTile = 8;

    /// <summary>So many columns of a panel of axes stay in the first-level cache for all rows.</summary>
    private const int ColumnsPerChunk = 128;

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

    /// <summary>Gets the distance between the scores of two rows: the number of axes rounded up to a multiple of 16.</summary>
    public int ScoreStride { get; }

    /// <summary>Computes scores.</summary>
    /// <param name="rows">rowCount x columnCount, row-major, with room for a multiple of eight rows.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="axisCount">The number of leading axes that are wanted.</param>
    /// <param name="scores">Receives rowCount x <see cref="ScoreStride"/>, with room for a multiple of eight rows.</param>
    public void Project(ReadOnlySpan<double> rows, int rowCount, int axisCount, Span<double> scores)
    {
        var paddedRows = (rowCount + RowsPerTile - 1) / RowsPerTile * RowsPerTile;
        fixed (double* x = rows[..(paddedRows * _columnCount)], sums = scores[..(paddedRows * ScoreStride)], panels = _panels)
        {
            for (var chunk = 0; chunk < _columnCount; chunk += ColumnsPerChunk)
            {
                var length = Math.Min(ColumnsPerChunk, _columnCount - chunk);
                for (var panel = 0; panel < axisCount; panel += AxesPerPanel)
                {
                    var axes = panels + ((long)panel * _columnCount) + (chunk * AxesPerPanel);
                    var width = axisCount - panel > AxesPerTile ? AxesPerPanel : AxesPerTile;
                    MatrixTile.Multiply(new(x + chunk, _columnCount, 1), paddedRows, new(axes, 1, AxesPerPanel), width, length, sums + panel, ScoreStride, adds: chunk > 0);
                }
            }
        }
    }
}
