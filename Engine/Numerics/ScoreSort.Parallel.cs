using CommunityToolkit.HighPerformance.Buffers;
using Engine.Diagnostics;

namespace Engine.Numerics;

/// <content>The same order on several threads.</content>
/// <remarks>
/// <code>
/// rows      | stretch 0 | stretch 1 |           each thread counts the digits of its stretch, then moves it
/// places    d=0: s0 s1, d=1: s0 s1, ...         rows of a digit from stretch 1 follow those from stretch 0: the order of one thread
/// </code>
/// </remarks>
internal static unsafe partial class ScoreSort
{
    // Below, a thread costs more than it saves.
    private const int FewestRowsOfThread = 1 << 15;

    private delegate void StretchAction(int start, int end, Span<int> table);

    /// <summary>Sorts rows by rising score on several threads.</summary>
    /// <param name="scores">n scores; any float but NaN.</param>
    /// <param name="order">n entries: receives the row of each rank.</param>
    /// <param name="sortedScores">n entries: receives the score of each rank, rising.</param>
    /// <param name="threadCount">The most threads to use, 1 or more; the result is the same for every value.</param>
    /// <exception cref="ArgumentException">A score is NaN; the message names the first such row.</exception>
    public static void Ascending(ReadOnlySpan<float> scores, Span<int> order, Span<double> sortedScores, int threadCount)
    {
        var stretches = Math.Clamp(scores.Length / FewestRowsOfThread, 1, threadCount);
        if (stretches == 1)
            Ascending(scores, order, sortedScores);
        else
            SortStretches(scores, order[..scores.Length], sortedScores[..scores.Length], stretches);
    }

    private static void SortStretches(ReadOnlySpan<float> scores, Span<int> order, Span<double> sortedScores, int stretches)
    {
        for (var row = 0; row < scores.Length; row++)
        {
            if (float.IsNaN(scores[row]))
                Throw.Argument_ScoreNaN(nameof(scores), row);
        }

        var length = scores.Length;
        using var countsOwner = MemoryOwner<int>.Allocate(stretches * BucketCount);
        using var firstOwner = SpanOwner<ulong>.Allocate(length, LargeScratch<ulong>.Pool);
        using var secondOwner = SpanOwner<ulong>.Allocate(length, LargeScratch<ulong>.Pool);
        fixed (float* pinnedScores = scores)
        fixed (double* pinnedSorted = sortedScores)
        fixed (int* pinnedOrder = order)
        fixed (ulong* pinnedFirst = firstOwner.Span, pinnedSecond = secondOwner.Span)
        {
            var (from, to, ranks) = ((nint)pinnedScores, (nint)pinnedSorted, (nint)pinnedOrder);
            var (first, second) = ((nint)pinnedFirst, (nint)pinnedSecond);
            Pass(
                countsOwner,
                length,
                (start, end, counts) => CountScores((float*)from, start, end, counts),
                (start, end, places) => ScatterScores((float*)from, start, end, places, (ulong*)first));
            Pass(
                countsOwner,
                length,
                (start, end, counts) => Count((ulong*)first, start, end, KeyShift + DigitBits, counts),
                (start, end, places) => Scatter((ulong*)first, start, end, KeyShift + DigitBits, places, (ulong*)second));
            Pass(
                countsOwner,
                length,
                (start, end, counts) => Count((ulong*)second, start, end, KeyShift + (2 * DigitBits), counts),
                (start, end, places) => ScatterLast((ulong*)second, start, end, places, (int*)ranks, (double*)to));
        }
    }

    /// <summary>Counts the digits of every stretch, turns counts into places, and moves every stretch to its places.</summary>
    private static void Pass(MemoryOwner<int> counts, int length, StretchAction count, StretchAction scatter)
    {
        var stretches = counts.Length / BucketCount;
        ParallelLoop.For(0, stretches, new ParallelOptions(), stretch =>
        {
            var table = counts.Span.Slice(stretch * BucketCount, BucketCount);
            table.Clear();
            count(StartOf(stretch), StartOf(stretch + 1), table);
        });
        ToPlaces(counts.Span, stretches);
        ParallelLoop.For(0, stretches, new ParallelOptions(), stretch => scatter(StartOf(stretch), StartOf(stretch + 1), counts.Span.Slice(stretch * BucketCount, BucketCount)));

        int StartOf(int stretch) => (int)((long)length * stretch / stretches);
    }

    private static void ToPlaces(Span<int> counts, int stretches)
    {
        var place = 0;
        for (var bucket = 0; bucket < BucketCount; bucket++)
        {
            for (var stretch = 0; stretch < stretches; stretch++)
            {
                ref var count = ref counts[(stretch * BucketCount) + bucket];
                (place, count) = (place + count, place);
            }
        }
    }

    private static void CountScores(float* scores, int start, int end, Span<int> counts)
    {
        for (var row = start; row < end; row++)
            counts[(int)(ToKey(scores[row]) & DigitMask)]++;
    }

    private static void ScatterScores(float* scores, int start, int end, Span<int> places, ulong* destination)
    {
        for (var row = start; row < end; row++)
        {
            var key = ToKey(scores[row]);
            destination[places[(int)(key & DigitMask)]++] = ((ulong)key << KeyShift) | (uint)row;
        }
    }

    private static void Count(ulong* entries, int start, int end, int shift, Span<int> counts)
    {
        for (var i = start; i < end; i++)
            counts[(int)((entries[i] >> shift) & DigitMask)]++;
    }

    private static void Scatter(ulong* entries, int start, int end, int shift, Span<int> places, ulong* destination)
    {
        for (var i = start; i < end; i++)
            destination[places[(int)((entries[i] >> shift) & DigitMask)]++] = entries[i];
    }

    private static void ScatterLast(ulong* entries, int start, int end, Span<int> places, int* order, double* sortedScores)
    {
        for (var i = start; i < end; i++)
        {
            var rank = places[(int)(entries[i] >> (KeyShift + (2 * DigitBits)))]++;
            order[rank] = (int)entries[i];
            sortedScores[rank] = FromKey((uint)(entries[i] >> KeyShift));
        }
    }
}
