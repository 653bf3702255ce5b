using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;
using Engine.Collectives;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Data;

/// <summary>A table of float32 features, one row a sample, read by kernels in blocks of <see cref="RowsPerBlock"/> rows.</summary>
/// <remarks>
/// <para>The rows can lie in memory of its own, in the caller's, in a mapped file or in another matrix; a kernel reads the same padded blocks from each.</para>
/// <para><b>Determinism</b>: the block size is a constant, because every sum over rows is taken block by block in this order.</para>
/// <para><b>Cost</b>: rows that are already padded are read in place, all others are copied block by block into the reader's scratch.</para>
/// </remarks>
public sealed partial class SampleMatrix : IDisposable
{
    /// <summary>The number of rows in every block but the last.</summary>
    public const int RowsPerBlock = 256;

    /// <summary>The largest number of features a row may have.</summary>
    public const int MaxFeatureCount = 1 << 22;

    /// <summary>The largest number of rows.</summary>
    public const long MaxRowCount = 1L << 40;

    internal const int StrideMultiple = 16;

    private RowSource _source;

    internal SampleMatrix(RowSource source, long rowCount, int featureCount)
    {
        _source = source;
        RowCount = rowCount;
        FeatureCount = featureCount;
    }

    /// <summary>Gets the number of rows.</summary>
    public long RowCount { get; }

    /// <summary>Gets the number of features a row.</summary>
    public int FeatureCount { get; }

    /// <summary>Gets where the rows come from.</summary>
    internal RowSource Source => _source;

    /// <summary>Gets the distance in floats between the rows of a block: <see cref="FeatureCount"/> rounded up to a multiple of 16.</summary>
    public int Stride => PaddedLength(FeatureCount);

    /// <summary>Gets the number of blocks.</summary>
    public long BlockCount => (RowCount + RowsPerBlock - 1) / RowsPerBlock;

    /// <summary>Gets the length in floats of the scratch that <see cref="ReadBlock"/> needs.</summary>
    public int BlockScratchLength => RowsPerBlock * Stride;

    /// <summary>Creates a matrix of zeros with memory of its own; fill it through <see cref="GetWritableRow"/>.</summary>
    /// <param name="rowCount">The number of rows, 0 to <see cref="MaxRowCount"/>.</param>
    /// <param name="featureCount">The number of features a row, 1 to <see cref="MaxFeatureCount"/>.</param>
    /// <returns>A matrix of <paramref name="rowCount"/> x <paramref name="featureCount"/> zeros.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static SampleMatrix Create(long rowCount, int featureCount)
    {
        CheckShape(rowCount, featureCount);
        return new SampleMatrix(new OwnedRows(rowCount, featureCount, PaddedLength(featureCount)), rowCount, featureCount);
    }

    /// <summary>Wraps the caller's row-major values without copying them.</summary>
    /// <param name="values">At least <paramref name="rowCount"/> x <paramref name="featureCount"/> values, row-major.</param>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <param name="featureCount">The number of features a row, 1 to <see cref="MaxFeatureCount"/>.</param>
    /// <returns>A matrix that reads the caller's memory; changes to it are seen.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    /// <exception cref="ArgumentException"><paramref name="values"/> is too short.</exception>
    public static SampleMatrix Wrap(ReadOnlyMemory<float> values, int rowCount, int featureCount)
    {
        CheckShape(rowCount, featureCount);
        if (values.Length < (long)rowCount * featureCount)
            Throw.Argument_TooShort(nameof(values), values.Length, (long)rowCount * featureCount);
        // Two-dimensional memory without rows forgets its width.
        return rowCount == 0 ? Create(0, featureCount) : Wrap(values.AsMemory2D(rowCount, featureCount));
    }

    /// <summary>Wraps the caller's two-dimensional memory, pitch included, without copying it.</summary>
    /// <param name="values">One row a sample; the width is the number of features.</param>
    /// <returns>A matrix that reads the caller's memory; changes to it are seen.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width is outside 1 to <see cref="MaxFeatureCount"/>.</exception>
    public static SampleMatrix Wrap(ReadOnlyMemory2D<float> values)
    {
        CheckShape(values.Height, values.Width);
        return new SampleMatrix(new WrappedRows(values), values.Height, values.Width);
    }

    /// <summary>Wraps the caller's rows of which only what is not 0 is stored, such as one-hot rows, without copying them.</summary>
    /// <param name="rowStarts">Where the values of each row start, and after the last row the end: 0 first, never falling; one more than there are rows.</param>
    /// <param name="columns">The column of each value, strictly rising within a row, each 0 to <paramref name="featureCount"/> - 1.</param>
    /// <param name="values">At least as many values as the last start says, those of a row one after the other.</param>
    /// <param name="featureCount">The number of features a row, 1 to <see cref="MaxFeatureCount"/>.</param>
    /// <returns>A matrix that reads the caller's memory, whose starts and columns must stay as they are: blocks are filled when they are read, and have the bits of rows that were never sparse.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of features, or a column, is outside its range.</exception>
    /// <exception cref="ArgumentException">The starts do not begin with 0, fall, or go beyond the values, or the columns of a row do not rise.</exception>
    public static SampleMatrix WrapSparse(ReadOnlyMemory<long> rowStarts, ReadOnlyMemory<int> columns, ReadOnlyMemory<float> values, int featureCount)
    {
        CheckShape(Math.Max(rowStarts.Length - 1, 0), featureCount);
        SparseMatrixRows.Check(rowStarts.Span, columns.Span, values.Length, featureCount);
        return new SampleMatrix(new SparseMatrixRows(rowStarts, columns, values, featureCount), rowStarts.Length - 1, featureCount);
    }

    /// <summary>Returns the rows with the given indices, in the given order, as a view.</summary>
    /// <param name="rows">Row indices, each 0 to <see cref="RowCount"/> - 1; an index may occur more than once. They are copied.</param>
    /// <returns>A matrix of <paramref name="rows"/>.Length rows that reads this one; of a table of several ranks, a copy that all of them hold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the matrix.</exception>
    public SampleMatrix SelectRows(ReadOnlyMemory<long> rows)
    {
        using var hold = Hold();
        // Copied before it is checked: the caller may change it later, and rows outside the matrix must never be read.
        var selected = rows.ToArray();
        foreach (var row in selected)
            CheckRow(row);
        if (IsSpread)
            return SendToAll(selected);
        if (_source is HeldRows part)
            return part.Select(selected);
        return new SampleMatrix(_source is SelectedRows view ? view.Select(selected) : new SelectedRows(this, selected), selected.Length, FeatureCount);
    }

    /// <summary>Returns the columns with the given indices, in the given order, as a view.</summary>
    /// <param name="columns">One column at least, each 0 to <see cref="FeatureCount"/> - 1.</param>
    /// <returns>A matrix of <paramref name="columns"/>.Length features that reads this one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no column, or one is outside the matrix.</exception>
    public SampleMatrix SelectColumns(ReadOnlySpan<int> columns)
    {
        using var hold = Hold();
        CheckShape(RowCount, columns.Length);
        foreach (var column in columns)
        {
            if ((uint)column >= (uint)FeatureCount)
                Throw.ArgumentOutOfRange(nameof(columns), column, $"0 to {FeatureCount - 1:N0}");
        }

        var selected = columns.ToArray();
        return new SampleMatrix(_source is SelectedColumns view ? view.Select(selected) : new SelectedColumns(this, selected), RowCount, selected.Length);
    }

    /// <summary>Copies all rows into a matrix with memory of its own, which searches that read a view many times are faster on.</summary>
    /// <returns>The same rows; of a table of several ranks each copies its own.</returns>
    public SampleMatrix Copy()
    {
        using var hold = Hold();
        if (IsSpread)
        {
            var (own, first) = OwnRows();
            return new SampleMatrix(new SharedRows(own.Copy(), first, Share!), RowCount, FeatureCount);
        }

        var copy = Create(RowCount, FeatureCount);
        CopyInto(copy);
        return Share is { } share ? copy.SharedBy(share.Collective) : copy;
    }

    /// <summary>Copies all rows over the first of a matrix with memory of its own, of as many columns.</summary>
    internal void CopyInto(SampleMatrix destination)
    {
        using var hold = Hold();
        var rows = (OwnedRows)destination._source;
        ParallelLoop.For(0L, BlockCount, new ParallelOptions(), blockIndex =>
        {
            var (firstRow, rowCount) = RowsOf(blockIndex);
            _source.CopyRows(firstRow, rowCount, rows.GetBlock(firstRow, rowCount), Stride);
        });
    }

    /// <summary>Returns one row for writing; only a matrix with memory of its own has any.</summary>
    /// <param name="row">The row, 0 to <see cref="RowCount"/> - 1.</param>
    /// <returns><see cref="FeatureCount"/> values.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is outside the matrix.</exception>
    /// <exception cref="InvalidOperationException">The matrix is a view or a mapped file.</exception>
    public Span<float> GetWritableRow(long row)
    {
        CheckRow(row);
        if (_source is DisposedRows disposed)
            Throw.ObjectDisposed(disposed.Name);
        if (_source is not OwnedRows owned)
        {
            Throw.InvalidOperation("this matrix reads memory that it does not own; copy it into SampleMatrix.Create(...) to change values.");
            return default;
        }

        return owned.GetRow(row);
    }

    /// <summary>Copies the features of one row.</summary>
    /// <param name="row">The row, 0 to <see cref="RowCount"/> - 1.</param>
    /// <param name="destination">At least <see cref="FeatureCount"/> values.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is outside the matrix.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyRow(long row, Span<float> destination)
    {
        CheckRow(row);
        if (destination.Length < FeatureCount)
            Throw.Argument_DestinationTooShort(nameof(destination), destination.Length, FeatureCount);
        using var hold = Hold();
        _source.CopyRows(row, 1, destination, FeatureCount);
    }

    /// <summary>Copies consecutive rows into the caller's memory, row-major without padding; rows that are computed when they are read are made there.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many rows, 0 or more; the last must be in the matrix.</param>
    /// <param name="destination">At least <paramref name="rowCount"/> x <see cref="FeatureCount"/> values; the first of them are written, nothing beyond.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not all in the matrix.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyRows(long firstRow, int rowCount, Span<float> destination)
    {
        if (rowCount < 0 || rowCount > RowCount)
            Throw.ArgumentOutOfRange(nameof(rowCount), rowCount, $"0 to {RowCount:N0}");
        if (firstRow < 0 || firstRow > RowCount - rowCount)
            Throw.ArgumentOutOfRange(nameof(firstRow), firstRow, $"0 to {RowCount - rowCount:N0} for {rowCount:N0} rows");
        var needed = (long)rowCount * FeatureCount;
        if (destination.Length < needed)
            Throw.Argument_DestinationTooShort(nameof(destination), destination.Length, needed);
        using var hold = Hold();
        _source.CopyRows(firstRow, rowCount, destination[..(int)needed], FeatureCount);
    }

    /// <summary>Reads a block of rows, in place where they lie padded, else into <paramref name="scratch"/>.</summary>
    /// <param name="blockIndex">The block, 0 to <see cref="BlockCount"/> - 1.</param>
    /// <param name="scratch">At least <see cref="BlockScratchLength"/> values; owned by the reader until it is done with the block.</param>
    /// <returns>Rows <paramref name="blockIndex"/> x 256 and on.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blockIndex"/> is outside the matrix.</exception>
    /// <exception cref="ArgumentException"><paramref name="scratch"/> is too short.</exception>
    public RowBlock ReadBlock(long blockIndex, Span<float> scratch)
    {
        using var hold = Hold();
        return ReadHeldBlock(blockIndex, scratch);
    }

    /// <summary>Reads a block of rows of a matrix that the caller holds; see <see cref="ReadBlock"/>.</summary>
    internal RowBlock ReadHeldBlock(long blockIndex, Span<float> scratch)
    {
        if ((ulong)blockIndex >= (ulong)BlockCount)
            Throw.ArgumentOutOfRange(nameof(blockIndex), blockIndex, $"0 to {BlockCount - 1:N0}");
        if (scratch.Length < BlockScratchLength)
            Throw.Argument_DestinationTooShort(nameof(scratch), scratch.Length, BlockScratchLength);

        var (firstRow, rowCount) = RowsOf(blockIndex);
        if (!_source.TryGetPaddedRows(firstRow, rowCount, out var values))
        {
            var packed = scratch[..(rowCount * Stride)];
            ReadPadded(firstRow, rowCount, packed, isClear: false);
            values = packed;
        }

        return new RowBlock(values, firstRow, rowCount, FeatureCount, Stride);
    }

    /// <summary>Opens a block of rows of a matrix that the caller holds, of which some are read at a time.</summary>
    internal RowRun OpenBlock(long blockIndex)
    {
        var (firstRow, rowCount) = RowsOf(blockIndex);
        return new RowRun(this, firstRow, rowCount);
    }

    /// <summary>Copies consecutive rows with their zero padding; the caller holds the matrix.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="padded">Receives <paramref name="rowCount"/> x <see cref="Stride"/> values.</param>
    /// <param name="isClear">Whether the padding is zero already.</param>
    internal void ReadPadded(long firstRow, int rowCount, Span<float> padded, bool isClear)
    {
        if (_source.TryGetRows(firstRow, rowCount, out var rows, out var stride))
        {
            RowCopy.Pad(rows, stride, rowCount, FeatureCount, padded);
            return;
        }

        if (!isClear)
            ClearPadding(padded);
        _source.CopyRows(firstRow, rowCount, padded, Stride);
    }

    /// <summary>Wraps rows in memory that .NET knows nothing of, without copying them.</summary>
    /// <param name="values">The first value of the first row; the memory stays as it is for as long as the matrix, or a view of it, is used.</param>
    /// <param name="rowCount">The number of rows, 0 to <see cref="MaxRowCount"/>.</param>
    /// <param name="featureCount">The number of features a row, 1 to <see cref="MaxFeatureCount"/>.</param>
    /// <param name="rowStride">The distance of two rows in floats, at least <paramref name="featureCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    internal static unsafe SampleMatrix Wrap(float* values, long rowCount, int featureCount, long rowStride)
    {
        CheckShape(rowCount, featureCount);
        if (rowStride < featureCount)
            Throw.ArgumentOutOfRange(nameof(rowStride), rowStride, $"{featureCount:N0}, the features of a row, or more");
        return new SampleMatrix(new ForeignRows(values, rowCount, featureCount, rowStride), rowCount, featureCount);
    }

    /// <summary>Returns all rows, imputed and standardized, as a view; of a choice of rows each is standardized where it lies.</summary>
    internal SampleMatrix Scale(FeatureScaler scaler) => new(_source is SelectedRows view ? view.Scale(scaler) : new ScaledRows(this, scaler), RowCount, FeatureCount);

    /// <summary>Returns all rows, every column multiplied by a factor in float32, as a view.</summary>
    internal SampleMatrix MultiplyColumns(float[] factors) => new(new MultipliedColumns(this, factors), RowCount, FeatureCount);

    /// <summary>Returns whether the rows lie, in part, in some memory of the caller.</summary>
    internal bool Overlaps(ReadOnlySpan<byte> memory) => _source.Overlaps(memory);

    /// <summary>Keeps the memory of the rows, whoever disposes the matrix meanwhile: for the time of an operation that reads rows in place, or one by one.</summary>
    /// <returns>The hold, to be disposed; null where nothing but the garbage collector takes the memory away.</returns>
    /// <exception cref="ObjectDisposedException">The matrix, or one that it reads, was disposed.</exception>
    internal IDisposable? Hold() => _source.Hold();

    /// <summary>Copies the features of one row of a matrix that the caller holds.</summary>
    internal void CopyHeldRow(long row, Span<float> destination)
    {
        CheckRow(row);
        _source.CopyRows(row, 1, destination, FeatureCount);
    }

    /// <summary>Copies consecutive rows, one every <paramref name="stride"/> values; padding up to <see cref="Stride"/> is left alone or zeroed.</summary>
    internal void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride) => _source.CopyRows(firstRow, rowCount, destination, stride);

    /// <summary>Returns where a row, or that of which it is made, begins in memory, as a hint; null where that is not known.</summary>
    internal unsafe float* AddressOf(long row) => _source.AddressOf(row);

    /// <summary>Returns consecutive rows where they lie in memory at some distance of each other.</summary>
    internal bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> values, out int stride) => _source.TryGetRows(firstRow, rowCount, out values, out stride);

    /// <summary>Returns consecutive rows with their zero padding, where they lie so in memory.</summary>
    internal bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> values) => _source.TryGetPaddedRows(firstRow, rowCount, out values);

    /// <summary>Returns one row with its zero padding, where it lies so in memory.</summary>
    internal bool TryGetPaddedRow(long row, out ReadOnlySpan<float> values) => _source.TryGetPaddedRows(row, 1, out values);

    /// <summary>Throws when a value is NaN or infinite, naming the first such row and column.</summary>
    /// <param name="name">The name of the matrix in the message.</param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public void EnsureFinite(string name)
    {
        using var hold = Hold();
        // Blocks may be checked in any order; the first bad one is told.
        var firstBad = long.MaxValue;
        var gate = new object();
        ForBlocks(new ParallelOptions(), block =>
        {
            if (IsFinite(block.Values))
                return;
            lock (gate)
                firstBad = Math.Min(firstBad, block.FirstRow / RowsPerBlock);
        });
        var (row, column, value) = firstBad < long.MaxValue ? FirstNotFinite(ReadHeldBlock(firstBad, new float[BlockScratchLength])) : (long.MaxValue, 0, 0f);
        if (IsSpread)
            (row, column, value) = Share!.Collective.GatherOne((row, column, value)).Min();
        if (row < long.MaxValue)
            Throw.Argument_NotFinite(name, row, column, value);
    }

    /// <summary>Releases a mapped file once running operations are done; memory of its own is left to the garbage collector, the caller's is not touched.</summary>
    /// <remarks>Whatever reads the matrix afterwards, or a view of it, throws <see cref="ObjectDisposedException"/>; a view that is disposed leaves the matrix that it reads as it is.</remarks>
    public void Dispose()
    {
        // What is taken out is disposed once, by whoever took it.
        var source = Interlocked.Exchange(ref _source, new DisposedRows(_source.Name));
        source.Dispose();
    }

    internal static int PaddedLength(int length) => (length + StrideMultiple - 1) / StrideMultiple * StrideMultiple;

    internal static void CheckShape(long rowCount, int featureCount)
    {
        if (rowCount is < 0 or > MaxRowCount)
            Throw.ArgumentOutOfRange(nameof(rowCount), rowCount, $"0 to {MaxRowCount:N0}");
        if (featureCount is < 1 or > MaxFeatureCount)
            Throw.ArgumentOutOfRange(nameof(featureCount), featureCount, $"1 to {MaxFeatureCount:N0}");
    }

    /// <summary>Whether all values are finite: 0 times a finite value is 0, and any other product stays in the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        // Four sums, which do not wait for each other.
        Vector<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var i = 0;
        for (; i <= vectors.Length - 4; i += 4)
        {
            sum0 += vectors[i] * 0f;
            sum1 += vectors[i + 1] * 0f;
            sum2 += vectors[i + 2] * 0f;
            sum3 += vectors[i + 3] * 0f;
        }

        for (; i < vectors.Length; i++)
            sum0 += vectors[i] * 0f;
        return Vector.Sum(sum0 + sum1 + sum2 + sum3) == 0;
    }

    private static (long Row, int Column, float Value) FirstNotFinite(RowBlock block)
    {
        for (var row = 0; row < block.RowCount; row++)
        {
            for (var column = 0; column < block.FeatureCount; column++)
            {
                if (!float.IsFinite(block.Row(row)[column]))
                    return (block.FirstRow + row, column, block.Row(row)[column]);
            }
        }

        return (long.MaxValue, 0, 0);
    }

    private (long FirstRow, int RowCount) RowsOf(long blockIndex)
    {
        var firstRow = blockIndex * RowsPerBlock;
        return (firstRow, (int)Math.Min(RowsPerBlock, RowCount - firstRow));
    }

    private void ClearPadding(Span<float> packed)
    {
        for (var start = 0; start < packed.Length && FeatureCount < Stride; start += Stride)
            packed[(start + FeatureCount)..(start + Stride)].Clear();
    }

    private void CheckRow(long row)
    {
        if ((ulong)row >= (ulong)RowCount)
            Throw.Index_RowOutOfRange(row, RowCount);
    }
}
