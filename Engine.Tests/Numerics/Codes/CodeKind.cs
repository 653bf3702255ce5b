using System.Numerics;

namespace Engine.Tests.Numerics.Codes;

/// <summary>How codes are packed and what they add to a sum, in plain words. Sums wrap around as registers do.</summary>
internal sealed record CodeKind<T>(int CodesPerPack, int Lowest, int Highest, Func<int, int, T> Term, Func<int, T> GapTerm)
    where T : unmanaged, IBinaryInteger<T>
{
    public unsafe T Pack(int[] codes, int pack)
    {
        var bits = 8 * sizeof(T) / CodesPerPack;
        var mask = (T.One << bits) - T.One;
        var value = T.Zero;
        for (var i = 0; i < CodesPerPack; i++)
            value |= (T.CreateTruncating(codes[(pack * CodesPerPack) + i]) & mask) << (bits * i);
        return value;
    }
}

internal static class CodeKinds
{
    /// <summary>Gets pairs of 16-bit codes, all values allowed.</summary>
    public static CodeKind<int> Pairs { get; } = new(2, short.MinValue, short.MaxValue, (x, y) => x * y, gap => gap * gap);

    /// <summary>Gets pairs of 16-bit codes whose differences fit in 16 bits, as boxes need.</summary>
    public static CodeKind<int> SmallPairs { get; } = Pairs with { Lowest = -16_000, Highest = 16_000 };

    /// <summary>Gets eight byte codes.</summary>
    public static CodeKind<long> Bytes { get; } = new(8, byte.MinValue, byte.MaxValue, (x, y) => Math.Abs(x - y), gap => gap);
}
