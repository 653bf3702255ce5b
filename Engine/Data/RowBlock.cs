namespace Engine.Data;

/// <summary>A run of consecutive rows of a <see cref="SampleMatrix"/>, ready for a kernel: padded and contiguous.</summary>
/// <remarks>
/// <code>
///            FeatureCount        zeros
///          |----------------|-----------|
/// row 0    x x x x x x x x x 0 0 0 0 0 0 0
/// row 1    x x x x x x x x x 0 0 0 0 0 0 0
///          |--------- Stride -----------|      Stride is a multiple of 16 floats
/// </code>
/// A block stays valid as long as its matrix, and as long as the scratch it was read into is not reused.
/// </remarks>
public readonly ref struct RowBlock
{
    internal RowBlock(ReadOnlySpan<float> values, long firstRow, int rowCount, int featureCount, int stride)
    {
        Values = values;
        FirstRow = firstRow;
        RowCount = rowCount;
        FeatureCount = featureCount;
        Stride = stride;
    }

    /// <summary>Gets the values, <see cref="RowCount"/> x <see cref="Stride"/>, row-major.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>Gets the index in the matrix of this block's first row.</summary>
    public long FirstRow { get; }

    /// <summary>Gets the number of rows, 1 to <see cref="SampleMatrix.RowsPerBlock"/>.</summary>
    public int RowCount { get; }

    /// <summary>Gets the number of features a row.</summary>
    public int FeatureCount { get; }

    /// <summary>Gets the distance in floats between two rows; everything past <see cref="FeatureCount"/> is zero.</summary>
    public int Stride { get; }

    /// <summary>Returns the features of one row.</summary>
    /// <param name="row">The row within the block, 0 to <see cref="RowCount"/> - 1.</param>
    /// <returns><see cref="FeatureCount"/> values.</returns>
    public ReadOnlySpan<float> Row(int row) => Values.Slice(row * Stride, FeatureCount);

    /// <summary>Returns one row with its zero padding.</summary>
    /// <param name="row">The row within the block, 0 to <see cref="RowCount"/> - 1.</param>
    /// <returns><see cref="Stride"/> values.</returns>
    internal ReadOnlySpan<float> PaddedRow(int row) => Values.Slice(row * Stride, Stride);
}
