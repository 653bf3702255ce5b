using System.Buffers.Binary;
using System.IO.Compression;

namespace Bench.Cohorts;

/// <summary>Decompresses a .gz file and throws where the file was cut short: .NET's own stream takes the cut for the end of the data.</summary>
/// <remarks>A gzip file ends with the length of its data. Files of several members end with the length of the last one only, and are refused.</remarks>
internal sealed class WholeGzipStream : Stream
{
    private const int SmallestFile = 18;

    // Tables shrink to a tenth, repetitive ones to a fiftieth; a file made to fill memory, to a thousandth.
    private const long LargestExpansion = 250;
    private const long AlwaysAllowed = 1 << 26;

    private readonly GZipStream _data;
    private readonly uint _expectedLength;
    private readonly long _compressedLength;
    private long _length;

    /// <summary>Decompresses a file.</summary>
    /// <param name="compressed">The file, opened; this stream closes it.</param>
    /// <exception cref="InvalidDataException">The file is too short to be a gzip file.</exception>
    public WholeGzipStream(FileStream compressed)
    {
        _data = new GZipStream(compressed, CompressionMode.Decompress);
        _compressedLength = compressed.Length;
        if (_compressedLength < SmallestFile)
        {
            _data.Dispose();
            throw new InvalidDataException($"it has {_compressedLength} bytes");
        }

        Span<byte> end = stackalloc byte[sizeof(uint)];
        compressed.Seek(-end.Length, SeekOrigin.End);
        compressed.ReadExactly(end);
        compressed.Seek(0, SeekOrigin.Begin);
        _expectedLength = BinaryPrimitives.ReadUInt32LittleEndian(end);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data end before or after the length that the file states, are damaged, or grow beyond all measure.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = _data.Read(buffer);
        _length += count;
        if (_length > Math.Max(AlwaysAllowed, LargestExpansion * _compressedLength))
            throw new InvalidDataException($"its {_compressedLength:N0} bytes grow more than {LargestExpansion}-fold, which no table does; decompress it first if it is one");
        // The format keeps the length modulo 2^32.
        if (count == 0 && buffer.Length > 0 && unchecked((uint)_length) != _expectedLength)
        {
            throw new InvalidDataException(
                $"it holds {_length:N0} bytes of data and its end says {_expectedLength:N0}; if it was joined from several, compress it anew as one");
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _data.Dispose();
        base.Dispose(disposing);
    }
}
