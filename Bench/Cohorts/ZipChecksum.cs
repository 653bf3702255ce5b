namespace Bench.Cohorts;

/// <summary>The CRC-32 that a zip file keeps of every entry, and that .NET's reader does not check.</summary>
/// <remarks>Polynomial 0xEDB88320, bits reflected, as in PKWARE's APPNOTE 4.4.7; one table look-up a byte.</remarks>
internal static class ZipChecksum
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] s_ofByte = [.. Enumerable.Range(0, 256).Select(value => OfByte((uint)value))];

    /// <summary>Computes the checksum of an entry's bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
            checksum = s_ofByte[(byte)(checksum ^ value)] ^ (checksum >> 8);
        return ~checksum;
    }

    private static uint OfByte(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? Polynomial ^ (value >> 1) : value >> 1;
        return value;
    }
}
