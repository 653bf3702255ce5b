using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;
using Engine.Diagnostics;

namespace Engine.Numerics;

/// <summary>Orders rows by a score: a stable radix sort of float32 scores, whose time depends on the row count only, and one of doubles on top of it.</summary>
/// <remarks>
/// <para><b>Computes</b>: keys are the score's bits, with the sign turned so that unsigned order is numeric order, sorted from the low digit up in three passes:</para>
/// <code>
/// scores --(bits 0-10)--> first --(bits 11-21)--> second --(bits 22-31)--> order, sortedScores
/// </code>
/// <para><b>Ties</b>: equal scores keep their row order. -0 equals +0 and comes out as +0. Infinities are ordinary ends of the order.</para>
/// <para><b>NaN</b>: has no place in an order and is an argument error that names the row.</para>
/// <para><b>Determinism</b>: integer work; the result is a function of the scores alone, for any number of threads.</para>
/// <para><b>Cost</b>: four reads and three writes a row, on several threads two reads more; two rented buffers of 8 bytes a row. One thread puts nothing on the heap.</para>
/// </remarks>
internal static partial class ScoreSort
{
    // 11 + 11 + 10 bits: three scatters instead of four, and three tables of counts still fit in the first-level cache.
    private const int DigitBits = 11;
    private const int BucketCount = 1 << DigitBits;
    private const uint DigitMask = BucketCount - 1;
    private const int KeyShift = 32;

    /// <summary>Sorts rows by rising score.</summary>
    /// <param name="scores">n scores; any float but NaN.</param>
    /// <param name="order">n entries: receives the row of each rank.</param>
    /// <param name="sortedScores">n entries: receives the score of each rank, rising; a double holds every float.</param>
    /// <exception cref="ArgumentException">A score is NaN; the message names the first such row.</exception>
    public static void Ascending(ReadOnlySpan<float> scores, Span<int> order, Span<double> sortedScores)
    {
        Span<int> low = stackalloc int[BucketCount];
        Span<int> middle = stackalloc int[BucketCount];
        Span<int> high = stackalloc int[BucketCount];
        low.Clear();
        middle.Clear();
        high.Clear();
        CountDigits(scores, low, middle, high);
        ToStarts(low);
        ToStarts(middle);
        ToStarts(high);

        using var firstOwner = SpanOwner<ulong>.Allocate(scores.Length, LargeScratch<ulong>.Pool);
        using var secondOwner = SpanOwner<ulong>.Allocate(scores.Length, LargeScratch<ulong>.Pool);
        var first = firstOwner.Span;
        var second = secondOwner.Span;
        for (var row = 0; row < scores.Length; row++)
        {
            var key = ToKey(scores[row]);
            first[low[(int)(key & DigitMask)]++] = ((ulong)key << KeyShift) | (uint)row;
        }

        foreach (var entry in first)
            second[middle[(int)((entry >> (KeyShift + DigitBits)) & DigitMask)]++] = entry;

        foreach (var entry in second)
        {
            var rank = high[(int)(entry >> (KeyShift + (2 * DigitBits)))]++;
            order[rank] = (int)entry;
            sortedScores[rank] = FromKey((uint)(entry >> KeyShift));
        }
    }

    private static void CountDigits(ReadOnlySpan<float> scores, Span<int> low, Span<int> middle, Span<int> high)
    {
        for (var row = 0; row < scores.Length; row++)
        {
            if (float.IsNaN(scores[row]))
                Throw.Argument_ScoreNaN(nameof(scores), row);
            var key = ToKey(scores[row]);
            low[(int)(key & DigitMask)]++;
            middle[(int)((key >> DigitBits) & DigitMask)]++;
            high[(int)(key >> (2 * DigitBits))]++;
        }
    }

    private static void ToStarts(Span<int> counts)
    {
        var start = 0;
        foreach (ref var count in counts)
        {
            var next = start + count;
            count = start;
            start = next;
        }
    }

    // A negative float grows with falling bits, so all its bits turn; a positive one only needs to lie above the negatives.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ToKey(float score)
    {
        // Adding +0 changes no score but -0, which becomes +0: the two are one score.
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return bits ^ ((uint)((int)bits >> 31) | 0x8000_0000u);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float FromKey(uint key) =>
        BitConverter.UInt32BitsToSingle(key ^ (~(uint)((int)key >> 31) | 0x8000_0000u));
}
