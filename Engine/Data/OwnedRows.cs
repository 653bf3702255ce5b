using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engine.Data;

/// <summary>Rows in memory that the matrix owns: padded, 64-byte aligned, in chunks, so that more than 2^31 elements are ordinary.</summary>
internal sealed class OwnedRows : RowSource
{
    private const int AlignmentInFloats = 16;
    private const int ChunkTargetInFloats = 1 << 24;

    private readonly float[][] _chunks;
    private readonly int[] _starts;
    // A power of two: a row is found by a shift, not by a division.
    private readonly int _rowsPerChunk;
    private readonly int _chunkShift;
    private readonly int _featureCount;
    private readonly int _stride;

    public OwnedRows(long rowCount, int featureCount, int stride)
    {
        _featureCount = featureCount;
        _stride = stride;
        var blocksPerChunk = Math.Max(1, ChunkTargetInFloats / (SampleMatrix.RowsPerBlock * stride));
        _rowsPerChunk = (1 << BitOperations.Log2((uint)blocksPerChunk)) * SampleMatrix.RowsPerBlock;
        _chunkShift = BitOperations.Log2((uint)_rowsPerChunk);
        _chunks = new float[(rowCount + _rowsPerChunk - 1) / _rowsPerChunk][];
        _starts = new int[_chunks.Length];
        for (var chunk = 0; chunk < _chunks.Length; chunk++)
        {
            var rows = (int)Math.Min(_rowsPerChunk, rowCount - ((long)chunk * _rowsPerChunk));
            // Pinned, so that the aligned start found here stays aligned.
            _chunks[chunk] = GC.AllocateArray<float>((rows * stride) + AlignmentInFloats, pinned: true);
            _starts[chunk] = AlignedStart(_chunks[chunk]);
        }
    }

    public Span<float> GetRow(long row) => GetPaddedRow(row)[.._featureCount];

    /// <summary>Returns the rows of a block with their padding, for writing; a block lies in one chunk.</summary>
    public Span<float> GetBlock(long firstRow, int rowCount)
    {
        var (chunk, row) = Find(firstRow);
        return _chunks[chunk].AsSpan(_starts[chunk] + (row * _stride), rowCount * _stride);
    }

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        for (var i = 0; i < rowCount; i++)
            GetPaddedRow(firstRow + i)[.._featureCount].CopyTo(destination[(i * stride)..]);
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        var (chunk, row) = Find(firstRow);
        if (row + rowCount > _rowsPerChunk)
        {
            rows = default;
            return false;
        }

        rows = _chunks[chunk].AsSpan(_starts[chunk] + (row * _stride), rowCount * _stride);
        return true;
    }

    public override bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> values, out int stride)
    {
        stride = _stride;
        return TryGetPaddedRows(firstRow, rowCount, out values);
    }

    public override unsafe float* AddressOf(long row)
    {
        var (chunk, rowInChunk) = Find(row);
        return (float*)Unsafe.AsPointer(ref _chunks[chunk][_starts[chunk] + (rowInChunk * _stride)]);
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory)
    {
        foreach (var chunk in _chunks)
        {
            if (MemoryMarshal.AsBytes(chunk.AsSpan()).Overlaps(memory))
                return true;
        }

        return false;
    }

    private static unsafe int AlignedStart(float[] chunk)
    {
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(chunk));
        var beyond = (int)(address / sizeof(float) % AlignmentInFloats);
        return beyond == 0 ? 0 : AlignmentInFloats - beyond;
    }

    private Span<float> GetPaddedRow(long row)
    {
        var (chunk, rowInChunk) = Find(row);
        return _chunks[chunk].AsSpan(_starts[chunk] + (rowInChunk * _stride), _stride);
    }

    private (int Chunk, int Row) Find(long row) => ((int)(row >> _chunkShift), (int)row & (_rowsPerChunk - 1));
}
