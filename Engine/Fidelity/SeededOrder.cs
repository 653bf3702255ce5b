using Engine.Numerics;

namespace Engine.Fidelity;

/// <summary>Random orders of rows, each a function of (seed, stream) alone.</summary>
internal static class SeededOrder
{
    /// <summary>Streams of the draws, one a quantity.</summary>
    public const ulong
        RealFolds = 0x4649_4445_0001,
        SyntheticFolds = 0x4649_4445_0002,
        Predicates = 0x4649_4445_0003,
        BaselinePredicates = 0x4649_4445_0004,
        ComparedRows = 0x4649_4445_0005,
        HeldOutRows = 0x4649_4445_0006,
        AttackedRows = 0x4649_4445_0007,
        GroupSplit = 0x4649_4445_0008,
        Trees = 0x4649_4445_0009,
        LimitedRows = 0x4649_4445_000A;

    /// <summary>Orders rows by a random key each, the word of the row's index; of equal keys the lower row.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <returns>All rows, in random order.</returns>
    public static int[] Of(int count, ulong seed, ulong stream)
    {
        var draws = new RandomStream(seed, stream);
        var (keys, rows) = (new (ulong Key, int Row)[count], new int[count]);
        for (var row = 0; row < count; row++)
            keys[row] = (draws.UInt64((ulong)row), row);
        Array.Sort(keys);
        for (var place = 0; place < count; place++)
            rows[place] = keys[place].Row;
        return rows;
    }

    /// <summary>Draws some of all rows.</summary>
    /// <returns>Rows, ascending; all of them where as many are asked for.</returns>
    public static long[] Draw(long count, long drawn, ulong seed, ulong stream)
    {
        var all = (int)count;
        return drawn >= count
            ? [.. Enumerable.Range(0, all).Select(static row => (long)row)]
            : [.. Of(all, seed, stream).Take((int)drawn).Order().Select(static row => (long)row)];
    }
}
