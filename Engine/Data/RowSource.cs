using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Collectives;

namespace Engine.Data;

/// <summary>Where the rows of a <see cref="SampleMatrix"/> come from. Kernels never see the difference: they read blocks.</summary>
internal abstract class RowSource : IDisposable
{
    /// <summary>Copies <paramref name="rowCount"/> rows into <paramref name="destination"/>, one every <paramref name="stride"/> floats; padding up to the matrix's own stride is left alone or zeroed.</summary>
    public abstract void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride);

    /// <summary>Returns the rows in place, when they already lie padded and contiguous.</summary>
    public virtual bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = default;
        return false;
    }

    /// <summary>Returns the rows in place, when they lie in memory at some distance of each other.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="values">From the first row to the end of the last, or of its padding.</param>
    /// <param name="stride">The distance of two rows.</param>
    public virtual bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> values, out int stride)
    {
        values = default;
        stride = 0;
        return false;
    }

    /// <summary>Returns where a row, or that of which it is made, begins in memory: a hint of what is soon read, and never read through; null where that is not known.</summary>
    /// <param name="row">The row.</param>
    public virtual unsafe float* AddressOf(long row) =>
        TryGetRows(row, 1, out var values, out _) ? (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values)) : null;

    /// <summary>Returns whether the rows lie, in part, in some memory of the caller.</summary>
    public virtual bool Overlaps(ReadOnlySpan<byte> memory) => false;

    /// <summary>Gets which rank does the work on which blocks; null where the rows are this process's alone.</summary>
    public virtual RankShare? Share => null;

    /// <summary>Gets what the matrix is called in an error.</summary>
    public virtual string Name => nameof(SampleMatrix);

    /// <summary>Keeps the memory of the rows, whoever disposes it meanwhile, until the hold is disposed.</summary>
    /// <returns>The hold; null where nothing but the garbage collector takes the memory away.</returns>
    /// <exception cref="ObjectDisposedException">The rows were disposed before.</exception>
    public virtual IDisposable? Hold() => null;

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
