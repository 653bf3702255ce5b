using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>Rows of a file that the operating system maps into memory: read when touched, dropped when memory is short.</summary>
/// <remarks>
/// <code>
/// | header |  row 0  |  row 1  |  row 2  | ...        rows lie end to end, without padding
///          ^ _values
/// </code>
/// </remarks>
internal sealed unsafe class MappedRows : RowSource
{
    private readonly string _path;
    private readonly int _featureCount;
    private readonly bool _isPadded;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _values;

    /// <summary>Maps the whole file.</summary>
    /// <param name="stream">The open file; owned by the mapping from now on.</param>
    /// <param name="header">Its header, float32 and two-dimensional.</param>
    public MappedRows(FileStream stream, NpyHeader header)
    {
        _path = stream.Name;
        _featureCount = (int)header.Shape[1];
        // A file written elsewhere may begin its values anywhere; floats are read in place only where floats may lie.
        _isPadded = _featureCount % SampleMatrix.StrideMultiple == 0 && header.DataOffset % sizeof(float) == 0;
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _values = start + header.DataOffset;
    }

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        ThrowIfDisposed();
        // Bytes to bytes, because the values of a foreign file need not be aligned.
        for (var i = 0; i < rowCount; i++)
            new ReadOnlySpan<byte>(RowStart(firstRow + i), _featureCount * sizeof(float)).CopyTo(MemoryMarshal.AsBytes(destination[(i * stride)..]));
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        ThrowIfDisposed();
        rows = _isPadded ? new ReadOnlySpan<float>(RowStart(firstRow), rowCount * _featureCount) : default;
        return _isPadded;
    }

    public override void Dispose()
    {
        if (_values is not null)
        {
            _values = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }

        base.Dispose();
    }

    private byte* RowStart(long row) => _values + (row * _featureCount * sizeof(float));

    private void ThrowIfDisposed()
    {
        if (_values is null)
            Throw.ObjectDisposed_MappedFile(_path);
    }
}
