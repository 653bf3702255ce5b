using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Engine.Diagnostics;
using Engine.Numerics;

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
    private readonly Lifetime _lifetime;
    private readonly FileStream _stream;
    private readonly long _neededLength;
    private readonly int _featureCount;
    private readonly bool _isAligned;
    private readonly bool _isPadded;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _values;

    public override string Name { get; }

    /// <summary>Maps the whole file.</summary>
    /// <param name="stream">The open file; owned by the mapping from now on.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="header">The header of the array, float32 and two-dimensional.</param>
    /// <param name="arrayOffset">Where the array begins, header included.</param>
    public MappedRows(FileStream stream, string name, NpyHeader header, long arrayOffset)
    {
        var offset = arrayOffset + header.DataOffset;
        Name = $"the matrix mapped from {name}";
        _featureCount = (int)header.Shape[1];
        // A file written elsewhere may begin its values anywhere; floats are read in place only where floats may lie.
        _isAligned = offset % sizeof(float) == 0;
        _isPadded = _isAligned && _featureCount % SampleMatrix.StrideMultiple == 0;
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _values = start + offset;
        _lifetime = new Lifetime(Name, Unmap);
        _stream = stream;
        _neededLength = offset + (header.ElementCount * sizeof(float));
    }

    public override void CopyRows(long firstRow, int rowCount, Span<float> destination, int stride)
    {
        // Bytes to bytes, because the values of a foreign file need not be aligned.
        for (var i = 0; i < rowCount; i++)
            new ReadOnlySpan<byte>(RowStart(firstRow + i), _featureCount * sizeof(float)).CopyTo(MemoryMarshal.AsBytes(destination[(i * stride)..]));
    }

    public override bool TryGetPaddedRows(long firstRow, int rowCount, out ReadOnlySpan<float> rows)
    {
        rows = _isPadded ? new ReadOnlySpan<float>(RowStart(firstRow), rowCount * _featureCount) : default;
        return _isPadded;
    }

    public override bool TryGetRows(long firstRow, int rowCount, out ReadOnlySpan<float> values, out int stride)
    {
        values = _isAligned ? new ReadOnlySpan<float>(RowStart(firstRow), rowCount * _featureCount) : default;
        stride = _featureCount;
        return _isAligned;
    }

    /// <remarks>A page of the map beyond the end of its file ends the process when it is touched, so the end is looked for before anything is read.</remarks>
    public override IDisposable? Hold()
    {
        var use = _lifetime.Use();
        try
        {
            var length = RandomAccess.GetLength(_stream.SafeFileHandle);
            if (length < _neededLength)
                Throw.InvalidData_File(_stream.Name, $"the file was cut short while it was mapped: {length:N0} of {_neededLength:N0} bytes are left; write it again and map it anew, or read it into memory with NpyFile.ReadSamples.");
            return use;
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        _lifetime.Dispose();
        base.Dispose();
    }

    private byte* RowStart(long row) => _values + (row * _featureCount * sizeof(float));

    private void Unmap()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
