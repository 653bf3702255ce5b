using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>Measures many groups in one pass over a ranking for each thread.</summary>
/// <remarks>
/// <code>
/// ranks | 4,096 | 4,096 | ...      a block stays in the first cache while each group of the thread takes its rows out of it,
///         64 ranks a word          membership first, as bits (<see cref="RankedGroups"/>), so that rows of other groups cost no branch
/// </code>
/// <para><b>Determinism</b>: one thread walks all rows of a group in their order, so the number of threads cannot change a bit.</para>
/// <para><b>Cost</b>: 16 rented bytes a row, and those of a <see cref="MetricWalk"/> for each group.</para>
/// </remarks>
internal static class SubgroupWalk
{
    private const int BlockLength = 4096;

    /// <summary>Measures groups.</summary>
    /// <param name="ranking">n ranked rows, without weights.</param>
    /// <param name="masks">One mask over the n rows for each group.</param>
    /// <param name="threshold">Not NaN.</param>
    /// <param name="combination">How the dual-class divergence joins those of the two classes.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>The metrics of each group.</returns>
    public static MetricSet[] Measure(
        ScoreRanking ranking, RowMask[] masks, double threshold, DivergenceCombination combination, ParallelOptions options)
    {
        var metrics = new MetricSet[masks.Length];
        for (var first = 0; first < masks.Length; first += RankedGroups.MaxCount)
        {
            var some = masks[first..Math.Min(masks.Length, first + RankedGroups.MaxCount)];
            using var groups = new RankedGroups(ranking, some, options);
            var hands = Deal(some, options);
            var firstGroup = first;
            ParallelLoop.For(0, hands.Length, options, hand =>
            {
                var walks = hands[hand].ConvertAll(_ => new MetricWalk(threshold));
                Walk(ranking, groups, hands[hand], walks);
                for (var i = 0; i < walks.Count; i++)
                {
                    metrics[firstGroup + hands[hand][i]] = new MetricSet(walks[i], threshold, combination);
                    walks[i].Dispose();
                }
            });
        }

        return metrics;
    }

    /// <summary>Measures all rows.</summary>
    /// <param name="ranking">n ranked rows, without weights.</param>
    /// <param name="threshold">Not NaN.</param>
    /// <param name="combination">How the dual-class divergence joins those of the two classes.</param>
    public static MetricSet MeasureAll(ScoreRanking ranking, double threshold, DivergenceCombination combination)
    {
        using var walk = new MetricWalk(threshold);
        using var positivesOwner = SpanOwner<int>.Allocate(BlockLength);
        using var countsOwner = SpanOwner<int>.Allocate(BlockLength);
        countsOwner.Span.Fill(1);
        for (var start = 0; start < ranking.Rows.Length; start += BlockLength)
        {
            var length = Math.Min(BlockLength, ranking.Rows.Length - start);
            for (var i = 0; i < length; i++)
                positivesOwner.Span[i] = ranking.Labels[start + i];
            walk.Add(ranking.Scores.Slice(start, length), countsOwner.Span, positivesOwner.Span);
        }

        walk.Close();
        return new MetricSet(walk, threshold, combination);
    }

    /// <summary>Deals the groups to threads, largest first, each to the thread that has the fewest rows.</summary>
    private static List<int>[] Deal(RowMask[] masks, ParallelOptions options)
    {
        var hands = new List<int>[Math.Min(masks.Length, MetricArguments.ThreadsOf(options))];
        var rows = new long[hands.Length];
        for (var hand = 0; hand < hands.Length; hand++)
            hands[hand] = [];
        foreach (var group in Enumerable.Range(0, masks.Length).OrderByDescending(group => masks[group].Count))
        {
            var lightest = Array.IndexOf(rows, rows.Min());
            hands[lightest].Add(group);
            rows[lightest] += masks[group].Count;
        }

        return hands;
    }

    private static void Walk(ScoreRanking ranking, RankedGroups groups, List<int> own, List<MetricWalk> walks)
    {
        using var scoresOwner = SpanOwner<double>.Allocate(BlockLength);
        using var positivesOwner = SpanOwner<int>.Allocate(BlockLength);
        using var countsOwner = SpanOwner<int>.Allocate(BlockLength);
        var scores = scoresOwner.Span;
        var positives = positivesOwner.Span;
        countsOwner.Span.Fill(1);
        for (var start = 0; start < ranking.Rows.Length; start += BlockLength)
        {
            var end = Math.Min(start + BlockLength, ranking.Rows.Length);
            for (var i = 0; i < own.Count; i++)
            {
                var count = 0;
                for (var rank = start; rank < end; rank += RankedGroups.RanksPerWord)
                {
                    count += Take(
                        groups.Members(rank, own[i]), ranking.Scores[rank..], ranking.Labels[rank..], scores[count..], positives[count..]);
                }

                walks[i].Add(scores[..count], countsOwner.Span, positives);
            }
        }

        foreach (var walk in walks)
            walk.Close();
    }

    /// <summary>Copies scores and labels of the members among 64 ranks; returns how many there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Take(ulong members, ReadOnlySpan<double> scores, ReadOnlySpan<byte> labels, Span<double> memberScores, Span<int> positives)
    {
        var count = 0;
        for (; members != 0; members &= members - 1)
        {
            var i = (int)ulong.TrailingZeroCount(members);
            memberScores[count] = scores[i];
            positives[count] = labels[i];
            count++;
        }

        return count;
    }
}
