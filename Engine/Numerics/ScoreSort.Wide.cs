using System.Numerics;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance.Buffers;

namespace Engine.Numerics;

/// <content>The order of scores of any width.</content>
/// <remarks>
/// <code>
/// doubles      .1  .9 + 1e-12  .9  .9 + 1e-12       rounding to float never exchanges two scores, it can only make them equal:
/// as floats    .1  .9          .9  .9               so the doubles are in order but for runs of one float,
/// order         0  2           1   3                which are sorted by themselves
/// </code>
/// <b>Cost</b>: one walk more than floats, as long as few different doubles round to one float.
/// </remarks>
internal static partial class ScoreSort
{
    /// <summary>Sorts rows by rising score on several threads.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scores">n scores; any number but NaN.</param>
    /// <param name="order">n entries: receives the row of each rank.</param>
    /// <param name="sortedScores">n entries: receives the score of each rank, rising.</param>
    /// <param name="threadCount">The most threads to use, 1 or more; the result is the same for every value.</param>
    /// <exception cref="ArgumentException">A score is NaN; the message names the first such row.</exception>
    public static void Ascending<T>(ReadOnlySpan<T> scores, Span<int> order, Span<double> sortedScores, int threadCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Ascending(MemoryMarshal.Cast<T, float>(scores), order, sortedScores, threadCount);
            return;
        }

        using var roundedOwner = SpanOwner<float>.Allocate(scores.Length, LargeScratch<float>.Pool);
        var rounded = roundedOwner.Span;
        for (var row = 0; row < scores.Length; row++)
            rounded[row] = float.CreateTruncating(scores[row]);
        Ascending(rounded, order, sortedScores, threadCount);
        for (var start = 0; start < scores.Length;)
        {
            var end = start + 1;
            while (end < scores.Length && sortedScores[end] == sortedScores[start])
                end++;
            SortRun(scores, order[start..end], sortedScores[start..end]);
            start = end;
        }
    }

    /// <summary>Sorts ranks whose scores round to one float and whose rows rise.</summary>
    private static void SortRun<T>(ReadOnlySpan<T> scores, Span<int> order, Span<double> sortedScores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var isRising = true;
        for (var rank = 0; rank < order.Length; rank++)
        {
            // Adding +0 changes no score but -0, which becomes +0.
            sortedScores[rank] = double.CreateTruncating(scores[order[rank]]) + 0;
            isRising &= rank == 0 || sortedScores[rank - 1] <= sortedScores[rank];
        }

        if (isRising)
            return;
        sortedScores.Sort(order);
        // That sort is not stable: rows of one score get their order back.
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && sortedScores[end] == sortedScores[start])
                end++;
            order[start..end].Sort();
            start = end;
        }
    }
}
