using System.IO.Compression;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>An array in numpy's format that is being read, from first byte to last: a .npy file, or a member of a .npz file, which is a zip file of them.</summary>
internal sealed class NpyInput : IDisposable
{
    private const int BufferLength = 1 << 20;

    private readonly Stream _bytes;
    private readonly ZipMember? _member;
    private readonly ZipChecksum _checksum = new();
    private long _readLength;

    private NpyInput(FileStream file, ZipMember? member)
    {
        (File, _member) = (file, member);
        Length = member?.Length ?? file.Length;
        Name = member is null ? file.Name : $"{file.Name}, array '{NpzFile.ArrayNameOf(member)}'";
        file.Position = member?.Offset ?? 0;
        _bytes = member is null or { IsStored: true } ? file : new DeflateStream(file, CompressionMode.Decompress);
    }

    /// <summary>Gets the file.</summary>
    public FileStream File { get; }

    /// <summary>Gets what is read, as errors name it.</summary>
    public string Name { get; }

    /// <summary>Gets how many bytes it has.</summary>
    public long Length { get; }

    /// <summary>Gets whether it is a file of its own.</summary>
    public bool IsFile => _member is null;

    /// <summary>Gets where it begins in the file; null where it is compressed.</summary>
    public long? Offset => _member is null ? 0 : _member.IsStored ? _member.Offset : null;

    /// <summary>Opens a .npy file.</summary>
    public static NpyInput Open(string path) => new(RegularFile.Open(path, BufferLength), null);

    /// <summary>Opens a member of a .npz file.</summary>
    public static NpyInput Open(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var file = RegularFile.Open(path, BufferLength);
        try
        {
            return new NpyInput(file, ZipMembers.Locate(file, NpzFile.Find(file, name)));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next bytes.</summary>
    /// <returns>How many: fewer than asked for only at the end.</returns>
    /// <exception cref="InvalidDataException">What is compressed is damaged.</exception>
    public int ReadUpTo(Span<byte> destination)
    {
        var wanted = destination[..(int)Math.Min(destination.Length, Length - _readLength)];
        var count = 0;
        try
        {
            count = _bytes.ReadAtLeast(wanted, wanted.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            Throw.InvalidData_File(Name, $"the compressed bytes are damaged ({error.Message}); copy or write the file again.");
        }

        _readLength += count;
        if (_member is not null)
            _checksum.Add(wanted[..count]);
        return count;
    }

    /// <summary>Reads the next bytes, all that are asked for.</summary>
    /// <exception cref="InvalidDataException">They end before.</exception>
    public void ReadExactly(Span<byte> destination)
    {
        if (ReadUpTo(destination) < destination.Length)
            Throw.InvalidData_File(Name, $"the bytes end after {_readLength:N0} of {Length:N0}; copy or write the file again.");
    }

    /// <summary>Reads what is left of a member, and compares its checksum; a file has none.</summary>
    /// <exception cref="InvalidDataException">The checksum is another.</exception>
    public void CheckWhole()
    {
        if (_member is null)
            return;
        var rest = new byte[1 << 12];
        while (ReadUpTo(rest) > 0)
        {
        }

        if (_readLength != Length || _checksum.Value != _member.Checksum)
            Throw.InvalidData_File(Name, "its bytes are not those that were written: their checksum is another; copy or write the file again.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bytes.Dispose();
        File.Dispose();
    }
}
