using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;

namespace Engine.Metrics;

/// <summary>Measures many groups in one pass over a ranking for each thread: the groups of a row are the bits of one word.</summary>
/// <remarks>
/// <code>
/// rank      0      1      2   ...  | block of 4,096 ranks: stays in the first cache while each group of the thread
/// groups  0b0101 0b0011 0b0110     | takes its rows out of it
/// </code>
/// <para><b>Determinism</b>: one thread walks all rows of a group in their order, so the number of threads cannot change a bit.</para>
/// <para><b>Cost</b>: 16 rented bytes a row, and those of a <see cref="MetricWalk"/> for each group.</para>
/// </remarks>
internal static class SubgroupWalk
{
    private const int GroupsPerWord = 64;
    private const int RowsPerWord = 64;
    private const int BlockLength = 4096;
    private const int RanksPerTask = 1 << 16;

    /// <summary>Measures groups.</summary>
    /// <param name="ranking">n ranked rows, without weights.</param>
    /// <param name="masks">One mask over the n rows for each group, any number of them.</param>
    /// <param name="threshold">Not NaN.</param>
    /// <param name="combination">How the dual-class divergence joins those of the two classes.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>The metrics of each group.</returns>
    public static MetricSet[] Measure(
        ScoreRanking ranking, ReadOnlySpan<RowMask> masks, float threshold, DivergenceCombination combination, ParallelOptions options)
    {
        var metrics = new MetricSet[masks.Length];
        for (var first = 0; first < masks.Length; first += GroupsPerWord)
        {
            var some = masks[first..Math.Min(masks.Length, first + GroupsPerWord)].ToArray();
            using var groups = RankGroups(ranking, some, options);
            var walks = Array.ConvertAll(some, _ => new MetricWalk(threshold));
            var workers = Deal(some, options);
            Parallel.For(0, workers.Length, options, worker => Walk(ranking, groups.Span, workers[worker], walks));
            for (var i = 0; i < walks.Length; i++)
            {
                metrics[first + i] = new MetricSet(walks[i], threshold, combination);
                walks[i].Dispose();
            }
        }

        return metrics;
    }

    /// <summary>Gathers, for each rank, a word with bit g set where its row is in group g.</summary>
    private static MemoryOwner<ulong> RankGroups(ScoreRanking ranking, RowMask[] masks, ParallelOptions options)
    {
        var rowCount = ranking.Rows.Length;
        using var ofRow = MemoryOwner<ulong>.Allocate(rowCount);
        var ofRank = MemoryOwner<ulong>.Allocate(rowCount);
        var taskCount = (rowCount + RanksPerTask - 1) / RanksPerTask;
        Parallel.For(0, taskCount, options, task => Transpose(masks, task * RanksPerTask, Slice(ofRow.Span, task)));
        Parallel.For(0, taskCount, options, task =>
        {
            var rows = Slice(ranking.Rows, task);
            var groups = Slice(ofRank.Span, task);
            var source = ofRow.Span;
            for (var i = 0; i < rows.Length; i++)
                groups[i] = source[rows[i]];
        });
        return ofRank;
    }

    private static void Transpose(RowMask[] masks, int firstRow, Span<ulong> groups)
    {
        groups.Clear();
        for (var group = 0; group < masks.Length; group++)
        {
            var words = masks[group].Words;
            for (var start = 0; start < groups.Length; start += RowsPerWord)
            {
                for (var rows = words[(firstRow + start) / RowsPerWord]; rows != 0; rows &= rows - 1)
                    groups[start + (int)ulong.TrailingZeroCount(rows)] |= 1UL << group;
            }
        }
    }

    /// <summary>Deals the groups to threads, largest first, each to the thread that has the fewest rows.</summary>
    private static List<int>[] Deal(RowMask[] masks, ParallelOptions options)
    {
        var threads = options.MaxDegreeOfParallelism > 0 ? options.MaxDegreeOfParallelism : Environment.ProcessorCount;
        var hands = new List<int>[Math.Min(masks.Length, threads)];
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

    private static void Walk(ScoreRanking ranking, ReadOnlySpan<ulong> groups, List<int> own, MetricWalk[] walks)
    {
        using var scoresOwner = SpanOwner<float>.Allocate(BlockLength);
        using var positivesOwner = SpanOwner<int>.Allocate(BlockLength);
        using var negativesOwner = SpanOwner<int>.Allocate(BlockLength);
        var memberScores = scoresOwner.Span;
        var positives = positivesOwner.Span;
        var negatives = negativesOwner.Span;
        for (var start = 0; start < groups.Length; start += BlockLength)
        {
            var length = Math.Min(BlockLength, groups.Length - start);
            var scores = ranking.Scores.Slice(start, length);
            var labels = ranking.Labels.Slice(start, length);
            var words = groups.Slice(start, length);
            foreach (var group in own)
            {
                var count = 0;
                for (var i = 0; i < words.Length; i++)
                {
                    // Every row is written, the next member overwrites one that is not: membership is as good as random, a branch on it costs more.
                    memberScores[count] = scores[i];
                    positives[count] = labels[i];
                    negatives[count] = 1 - labels[i];
                    count += (int)(words[i] >> group) & 1;
                }

                walks[group].Add(memberScores[..count], positives, negatives);
            }
        }

        foreach (var group in own)
            walks[group].Close();
    }

    private static Span<T> Slice<T>(Span<T> values, int task) => values[(task * RanksPerTask)..Math.Min(values.Length, (task + 1) * RanksPerTask)];

    private static ReadOnlySpan<T> Slice<T>(ReadOnlySpan<T> values, int task) => values[(task * RanksPerTask)..Math.Min(values.Length, (task + 1) * RanksPerTask)];
}
