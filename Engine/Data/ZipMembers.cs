using System.Buffers.Binary;
using System.Text;
using Engine.Diagnostics;

namespace Engine.Data;

/// <summary>What a zip file says of one of its members.</summary>
/// <param name="Name">Its name, with folders.</param>
/// <param name="IsStored">Whether its bytes lie in the file as they are, not compressed.</param>
/// <param name="Offset">Where its bytes begin.</param>
/// <param name="StoredLength">How many bytes of the file are its own.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Checksum">The CRC-32 of its bytes.</param>
internal sealed record ZipMember(string Name, bool IsStored, long Offset, long StoredLength, long Length, uint Checksum);

/// <summary>Reads where the members of a zip file lie, which .NET's own reader keeps to itself: what is stored as it is can be mapped.</summary>
/// <remarks>
/// <code>
/// | header, name, bytes of a member | header, name, bytes of the next | ... | directory: an entry a member | end (64-bit lengths: a longer end before it) |
/// </code>
/// <para><b>Source</b>: PKWARE, APPNOTE 6.3, sections 4.3 and 4.5.3.</para>
/// </remarks>
internal sealed class ZipMembers
{
    private const uint LocalHeader = 0x04034B50;
    private const uint DirectoryEntry = 0x02014B50;
    private const uint End = 0x06054B50;
    private const uint LongEnd = 0x06064B50;
    private const uint LongEndLocator = 0x07064B50;

    private const int LocalHeaderLength = 30;
    private const int EntryLength = 46;
    private const int EndLength = 22;
    private const int LongEndLength = 56;
    private const int LocatorLength = 20;
    private const int LongestComment = ushort.MaxValue;
    private const ushort LongLengths = 1;

    /// <summary>A directory of hundreds of thousands of members; a longer one is damage, and must not become an allocation.</summary>
    private const int LongestDirectory = 1 << 26;

    /// <summary>Deflate makes of one byte no more than so many.</summary>
    private const long LargestExpansion = 1032;

    private readonly FileStream _stream;

    private ZipMembers(FileStream stream) => _stream = stream;

    /// <summary>Reads the directory.</summary>
    /// <param name="stream">The open file.</param>
    /// <returns>The members in the order of the directory; where their bytes begin is not looked at yet.</returns>
    /// <exception cref="InvalidDataException">The file is no zip file, or damaged.</exception>
    public static IReadOnlyList<ZipMember> Read(FileStream stream) => new ZipMembers(stream).ReadDirectory();

    /// <summary>Finds where the bytes of a member begin, behind a header of its own.</summary>
    /// <exception cref="InvalidDataException">There is no such header, or the bytes end behind the file.</exception>
    public static ZipMember Locate(FileStream stream, ZipMember member)
    {
        var zip = new ZipMembers(stream);
        var header = zip.ReadAt(member.Offset, LocalHeaderLength, $"the header of '{member.Name}'");
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalHeader)
            zip.Fail($"no member begins where the directory has '{member.Name}'");
        var offset = member.Offset + LocalHeaderLength + UInt16(header, 26) + UInt16(header, 28);
        if (offset + member.StoredLength > stream.Length)
            zip.Fail($"'{member.Name}' ends behind the file");
        return member with { Offset = offset };
    }

    private List<ZipMember> ReadDirectory()
    {
        var (start, length) = FindDirectory();
        if (length is < 0 or > LongestDirectory || start < 0 || start > _stream.Length - length)
            Fail("its directory lies outside the file");
        var bytes = ReadAt(start, (int)length, "its directory");
        var members = new List<ZipMember>();
        for (var place = 0; place < bytes.Length;)
        {
            var entry = bytes.AsSpan(place);
            if (entry.Length < EntryLength || BinaryPrimitives.ReadUInt32LittleEndian(entry) != DirectoryEntry)
                Fail("its directory is damaged");
            var entryLength = EntryLength + UInt16(entry, 28) + UInt16(entry, 30) + UInt16(entry, 32);
            if (entry.Length < entryLength)
                Fail("its directory is damaged");
            members.Add(ReadEntry(entry[..entryLength]));
            place += entryLength;
        }

        return members;
    }

    private (long Start, long Length) FindDirectory()
    {
        var tailLength = (int)Math.Min(_stream.Length, EndLength + LongestComment);
        var tail = ReadAt(_stream.Length - tailLength, tailLength, "its end");
        for (var place = tail.Length - EndLength; place >= 0; place--)
        {
            var end = tail.AsSpan(place);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == End && EndLength + UInt16(end, 20) == end.Length)
                return FindLongEnd(_stream.Length - tailLength + place) ?? (UInt32(end, 16), UInt32(end, 12));
        }

        Fail("it has no directory, as a file that was cut short has none");
        return default;
    }

    private (long Start, long Length)? FindLongEnd(long endOffset)
    {
        if (endOffset < LocatorLength)
            return null;
        var locator = ReadAt(endOffset - LocatorLength, LocatorLength, "its end");
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != LongEndLocator)
            return null;
        var end = ReadAt(Int64(locator, 8), LongEndLength, "its end");
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != LongEnd)
            Fail("its end is damaged");
        return (Int64(end, 48), Int64(end, 40));
    }

    private ZipMember ReadEntry(ReadOnlySpan<byte> entry)
    {
        var (nameLength, extraLength) = (UInt16(entry, 28), UInt16(entry, 30));
        var name = Encoding.UTF8.GetString(entry.Slice(EntryLength, nameLength));
        var (storedLength, length, offset) = Lengths(entry, entry.Slice(EntryLength + nameLength, extraLength));
        var method = UInt16(entry, 10);
        if ((UInt16(entry, 8) & 1) != 0)
            Fail($"'{name}' is encrypted; write the file without a password");
        if (method is not (0 or 8))
            Fail($"'{name}' is compressed by method {method}; read is what numpy.savez and numpy.savez_compressed write, stored or deflated");
        if (length < 0 || storedLength < 0 || offset < 0 || storedLength > _stream.Length)
            Fail($"'{name}' lies outside the file");
        if (method == 0 ? length != storedLength : length / LargestExpansion > storedLength)
            Fail($"'{name}' cannot have {length:N0} bytes, of {storedLength:N0} in the file");
        return new ZipMember(name, method == 0, offset, storedLength, length, UInt32(entry, 16));
    }

    // A length of 32 bits that are all set stands in an extra field, in 64.
    private (long StoredLength, long Length, long Offset) Lengths(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        Span<long> lengths = [UInt32(entry, 24), UInt32(entry, 20), UInt32(entry, 42)];
        while (extra.Length >= 4)
        {
            var (kind, fieldLength) = (UInt16(extra, 0), UInt16(extra, 2));
            if (extra.Length < 4 + fieldLength)
                Fail("its directory is damaged");
            var field = extra.Slice(4, fieldLength);
            for (var i = 0; kind == LongLengths && i < lengths.Length; i++)
            {
                if (lengths[i] != uint.MaxValue)
                    continue;
                if (field.Length < sizeof(long))
                    Fail("its directory is damaged");
                lengths[i] = BinaryPrimitives.ReadInt64LittleEndian(field);
                field = field[sizeof(long)..];
            }

            extra = extra[(4 + fieldLength)..];
        }

        return (lengths[1], lengths[0], lengths[2]);
    }

    private byte[] ReadAt(long offset, int length, string what)
    {
        if (offset < 0 || offset > _stream.Length - length)
            Fail($"{what} lies outside the file");
        var bytes = new byte[length];
        _stream.Position = offset;
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private void Fail(string reason) => Throw.InvalidData_File(_stream.Name, $"the zip file cannot be read: {reason}; copy or write it again.");

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);
}
