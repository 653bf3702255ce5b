using Engine.Numerics;

namespace Engine.Networks;

/// <summary>The rows that a network computes together: of all values, or of those that are not 0.</summary>
/// <param name="rowCount">The most rows.</param>
/// <param name="stride">The distance in floats between rows of all values, where there are any.</param>
internal sealed unsafe class MlpBatch(int rowCount, int stride) : IDisposable
{
    private readonly NativeBuffer<nint> _rows = new(rowCount);
    private readonly NativeBuffer<int> _counts = new(rowCount);
    // Rows that lie elsewhere are copied here.
    private NativeBuffer<float>? _copies;

    /// <summary>Gets whether the rows are of entries.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Gets where rows of all values are.</summary>
    public float** Dense => (float**)_rows.Pointer;

    /// <summary>Gets where the entries of rows are.</summary>
    public SparseEntry** Sparse => (SparseEntry**)_rows.Pointer;

    /// <summary>Gets how many entries rows have.</summary>
    public int* Counts => _counts.Pointer;

    /// <summary>Begins a batch without rows.</summary>
    public void Clear(bool isSparse) => (IsSparse, Count) = (isSparse, 0);

    /// <summary>Adds a row of all values.</summary>
    public void Add(float* row) => _rows.Pointer[Count++] = (nint)row;

    /// <summary>Adds a row of entries.</summary>
    public void Add(SparseEntry* entries, int count)
    {
        _counts.Pointer[Count] = count;
        _rows.Pointer[Count++] = (nint)entries;
    }

    /// <summary>Adds a row of all values, to be copied to where this returns.</summary>
    public Span<float> AddCopy()
    {
        _copies ??= new NativeBuffer<float>((long)rowCount * stride);
        var copy = _copies.Pointer + ((long)Count * stride);
        Add(copy);
        return new Span<float>(copy, stride);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _counts.Dispose();
        _copies?.Dispose();
    }
}
