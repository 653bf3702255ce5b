using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>What a matrix that was disposed reads: nothing.</summary>
/// <param name="name">What the matrix is called in an error.</param>
internal sealed class DisposedRows(string name) : RowSource
{
    public override string Name => name;

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride) => Throw.ObjectDisposed(name);

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        Throw.ObjectDisposed(name);
        rows = default;
        return false;
    }

    public override bool Overlaps(ReadOnlySpan<byte> memory)
    {
        Throw.ObjectDisposed(name);
        return false;
    }

    public override IDisposable? Hold()
    {
        Throw.ObjectDisposed(name);
        return null;
    }
}
