namespace Engine.Data;

/// <summary>A block of rows for a kernel that takes some of them at a time: where they lie, else copied as they are taken, so that they are still in the first-level cache when they are read again.</summary>
/// <remarks>Valid as long as the caller holds the matrix.</remarks>
internal readonly unsafe ref struct RowRun
{
    private readonly SampleMatrix _samples;

    public RowRun(SampleMatrix samples, long firstRow, int rowCount)
    {
        (_samples, FirstRow, RowCount) = (samples, firstRow, rowCount);
        if (samples.TryGetPaddedRows(firstRow, rowCount, out var values))
        {
            InPlace = values;
            (Distance, IsPadded) = (samples.Stride, true);
            return;
        }

        // Whole registers are read of the last row too, so that there must be rows behind it.
        var behind = (samples.Stride - samples.FeatureCount + samples.FeatureCount - 1) / samples.FeatureCount;
        if (firstRow + rowCount + behind <= samples.RowCount && samples.TryGetRows(firstRow, rowCount + behind, out values, out var distance))
        {
            InPlace = values;
            Distance = distance;
        }
    }

    /// <summary>Gets the index in the matrix of the first row.</summary>
    public long FirstRow { get; }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Gets the number of features a row.</summary>
    public int FeatureCount => _samples.FeatureCount;

    /// <summary>Gets the length of a padded row.</summary>
    public int Stride => _samples.Stride;

    /// <summary>Gets all rows, of each of which <see cref="Stride"/> values can be read, in memory that may move unless it is pinned; empty where they do not lie so.</summary>
    public ReadOnlySpan<float> InPlace { get; }

    /// <summary>Gets the distance in floats of rows in place.</summary>
    public int Distance { get; }

    /// <summary>Gets whether what follows the features of a row in place are zeros; otherwise it is anything.</summary>
    public bool IsPadded { get; }

    /// <summary>Copies some rows.</summary>
    /// <param name="rows">Which, rising from 0.</param>
    /// <param name="destination">Receives one every <see cref="Stride"/> values; the padding must be zero and stays so.</param>
    public void Copy(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (int i = 0, count; i < rows.Length; i += count)
        {
            count = RowCopy.CountFollowing(rows[i..]);
            _samples.ReadPadded(FirstRow + rows[i], count, destination.Slice(i * Stride, count * Stride), isClear: true);
        }
    }

    /// <summary>Returns where a row, or that of which it is made, begins in memory: a hint of what is soon read; null where that is not known, or there is none.</summary>
    /// <param name="row">The row from 0; it may lie behind the run.</param>
    public float* AddressOf(int row) => FirstRow + row < _samples.RowCount ? _samples.AddressOf(FirstRow + row) : null;
}
