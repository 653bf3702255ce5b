using System.Buffers.Binary;

namespace Engine.Data;

/// <summary>The CRC-32 that a zip file keeps of every member.</summary>
/// <remarks>
/// <para>Polynomial 0xEDB88320, bits reflected. Eight bytes at once: table t holds what a byte becomes that t more bytes follow, so that the eight look-ups do not wait for each other.</para>
/// <para><b>Source</b>: PKWARE, APPNOTE 6.3, 4.4.7; Kounavis and Berry 2005 for the tables.</para>
/// </remarks>
internal sealed class ZipChecksum
{
    private const uint Polynomial = 0xEDB88320;
    private const int Width = sizeof(ulong);

    private static readonly uint[][] s_tables = MakeTables();

    private uint _state = uint.MaxValue;

    /// <summary>Gets the checksum of the bytes added so far.</summary>
    public uint Value => ~_state;

    /// <summary>Adds the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        var tables = s_tables;
        for (; bytes.Length >= Width; bytes = bytes[Width..])
        {
            var next = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ state;
            state = tables[7][(byte)next] ^ tables[6][(byte)(next >> 8)] ^ tables[5][(byte)(next >> 16)] ^ tables[4][(byte)(next >> 24)]
                ^ tables[3][(byte)(next >> 32)] ^ tables[2][(byte)(next >> 40)] ^ tables[1][(byte)(next >> 48)] ^ tables[0][(byte)(next >> 56)];
        }

        foreach (var value in bytes)
            state = tables[0][(byte)(state ^ value)] ^ (state >> 8);
        _state = state;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[Width][];
        for (var table = 0; table < Width; table++)
        {
            tables[table] = new uint[256];
            for (var value = 0; value < 256; value++)
                tables[table][value] = table == 0 ? OfByte((uint)value) : tables[0][(byte)tables[table - 1][value]] ^ (tables[table - 1][value] >> 8);
        }

        return tables;
    }

    private static uint OfByte(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? Polynomial ^ (value >> 1) : value >> 1;
        return value;
    }
}
