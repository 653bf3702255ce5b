using System.Text;

namespace Engine.Tests.Fuzz;

/// <summary>Spoils bytes as broken disks, editors and hostile people do; a function of the seed.</summary>
internal static class MutatedBytes
{
    private const int MostMutations = 4;
    private const int LongestRun = 1 << 21;

    private static readonly byte[][] s_pieces =
    [
        .. new[]
        {
            "\0", "\0\0\0", "\"", ",", ",,,,", "\n", "\r", ";", "\t", "-", "1e999", "-1e31", "NaN", "Infinity", "-0", "99999999999999999999", "0x10",
            "\u001b[2J", "\u202e", "é", "{", "}", "[", "]", "null", "true", "1", "0", "../", "48:01",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [0xc3], [0x1f, 0x8b],
    ];

    /// <summary>Returns a spoiled copy, of any length.</summary>
    public static byte[] Of(byte[] bytes, Random random)
    {
        var spoiled = bytes;
        for (var mutation = random.Next(1, MostMutations + 1); mutation > 0; mutation--)
            spoiled = Once(spoiled, random);
        return spoiled;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        var (start, other) = (random.Next(bytes.Length + 1), random.Next(bytes.Length + 1));
        var (low, high) = (Math.Min(start, other), Math.Max(start, other));
        switch (random.Next(9))
        {
            case 0:
                return bytes[..low];
            case 1:
                return [.. bytes[..low], .. bytes[high..]];
            case 2:
                return [.. bytes[..high], .. bytes[low..high], .. bytes[high..]];
            case 3:
                return [.. bytes[..start], .. s_pieces[random.Next(s_pieces.Length)], .. bytes[start..]];
            case 4 when random.Next(40) == 0:
                return [.. bytes[..start], .. Enumerable.Repeat((byte)random.Next(256), random.Next(LongestRun)), .. bytes[start..]];
            case 5:
                // One piece in place of as many bytes: lengths and offsets stay.
                var piece = s_pieces[random.Next(s_pieces.Length)];
                return [.. bytes[..start], .. piece, .. bytes[Math.Min(bytes.Length, start + piece.Length)..]];
            default:
                if (bytes.Length == 0)
                    return [(byte)random.Next(256)];
                var copy = (byte[])bytes.Clone();
                copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
                return copy;
        }
    }
}
