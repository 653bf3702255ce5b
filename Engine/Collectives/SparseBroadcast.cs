using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engine.Collectives;

/// <summary>Sends rows of which most values may be 0, such as those of one-hot columns: a bit for each value, and the values that are not 0.</summary>
internal static class SparseBroadcast
{
    /// <summary>The values from which on it is nothing to ask first how many are 0.</summary>
    private const int LeastLength = 1 << 16;

    private const int BitsPerWord = 32;

    /// <summary>Gives every rank the values of one, in few bytes or as they are, whichever is less.</summary>
    /// <param name="collective">The ranks.</param>
    /// <param name="values">What the root sends and every other rank receives, to the bit; as many on every rank.</param>
    /// <param name="root">The rank that sends.</param>
    public static void BroadcastRows(this ICollective collective, Span<float> values, int root)
    {
        var words = MemoryMarshal.Cast<float, uint>(values);
        var maskCount = (words.Length + BitsPerWord - 1) / BitsPerWord;
        // -0 is not 0 here: it arrives with its sign.
        var count = words.Length < LeastLength ? words.Length : collective.Rank == root ? words.Length - words.Count(0u) : 0;
        if (words.Length >= LeastLength)
            collective.BroadcastValues(new Span<int>(ref count), root);
        if (maskCount + count >= words.Length)
        {
            collective.BroadcastValues(values, root);
            return;
        }

        var message = new uint[maskCount + count];
        if (collective.Rank == root)
            Pack(words, message.AsSpan(0, maskCount), message.AsSpan(maskCount));
        collective.BroadcastValues(message.AsSpan(), root);
        if (collective.Rank != root)
            Unpack(message.AsSpan(0, maskCount), message.AsSpan(maskCount), words);
    }

    private static void Pack(ReadOnlySpan<uint> values, Span<uint> masks, Span<uint> kept)
    {
        var next = 0;
        for (var word = 0; word < masks.Length; word++)
        {
            var part = values[(word * BitsPerWord)..Math.Min(values.Length, (word + 1) * BitsPerWord)];
            masks[word] = MaskOf(part);
            for (var mask = masks[word]; mask != 0; mask &= mask - 1)
                kept[next++] = part[BitOperations.TrailingZeroCount(mask)];
        }
    }

    private static void Unpack(ReadOnlySpan<uint> masks, ReadOnlySpan<uint> kept, Span<uint> values)
    {
        values.Clear();
        var next = 0;
        for (var word = 0; word < masks.Length; word++)
        {
            for (var mask = masks[word]; mask != 0; mask &= mask - 1)
                values[(word * BitsPerWord) + BitOperations.TrailingZeroCount(mask)] = kept[next++];
        }
    }

    /// <summary>Returns which of up to 32 values are not 0.</summary>
    private static uint MaskOf(ReadOnlySpan<uint> values)
    {
        var mask = 0u;
        if (values.Length == BitsPerWord)
        {
            for (var first = 0; first < BitsPerWord; first += Vector256<uint>.Count)
                mask |= Vector256.Equals(Vector256.Create(values[first..]), Vector256<uint>.Zero).ExtractMostSignificantBits() << first;
            return ~mask;
        }

        for (var i = 0; i < values.Length; i++)
            mask |= values[i] != 0 ? 1u << i : 0;
        return mask;
    }
}
