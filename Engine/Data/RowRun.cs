namespace Engine.Data;

/// <summary>A block of rows for a kernel that takes some of them at a time: where they lie, when padded, else copied as they are taken, so that they are still in the first-level cache when they are read again.</summary>
/// <remarks>Valid as long as the caller holds the matrix.</remarks>
internal readonly unsafe ref struct RowRun
{
    private readonly SampleMatrix _samples;

    public RowRun(SampleMatrix samples, long firstRow, int rowCount)
    {
        (_samples, FirstRow, RowCount) = (samples, firstRow, rowCount);
        samples.TryGetPaddedRows(firstRow, rowCount, out var values);
        InPlace = values;
    }

    /// <summary>Gets the index in the matrix of the first row.</summary>
    public long FirstRow { get; }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Gets the number of features a row.</summary>
    public int FeatureCount => _samples.FeatureCount;

    /// <summary>Gets the distance in floats between two padded rows.</summary>
    public int Stride => _samples.Stride;

    /// <summary>Gets all rows, <see cref="RowCount"/> x <see cref="Stride"/>, where they lie padded; empty where they do not.</summary>
    public ReadOnlySpan<float> InPlace { get; }

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
