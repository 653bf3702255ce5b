using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;

namespace Engine.Metrics;

/// <summary>The rows of a group in the order of one model's scores, to be measured with new counts again and again.</summary>
/// <remarks>A row is named by its <b>slot</b>, a number that does not depend on the order in which rows came: see <see cref="ResampledRows"/>.</remarks>
internal sealed class ResampledRanking : IDisposable
{
    private const int BlockLength = 4096;

    private readonly MemoryOwner<double> _scores;
    private readonly MemoryOwner<int> _slots;
    private readonly int _positiveCount;

    /// <summary>Takes the rows of a group out of a ranking.</summary>
    /// <param name="ranking">n ranked rows, without weights.</param>
    /// <param name="mask">The group, m of the n rows.</param>
    /// <param name="slotOfRow">n entries: the slot of each row of the group.</param>
    /// <param name="positiveCount">The slots below are of class 1, the others of class 0.</param>
    public ResampledRanking(ScoreRanking ranking, RowMask mask, ReadOnlySpan<int> slotOfRow, int positiveCount)
    {
        _scores = MemoryOwner<double>.Allocate(mask.Count);
        _slots = MemoryOwner<int>.Allocate(mask.Count);
        _positiveCount = positiveCount;
        var scores = _scores.Span;
        var slots = _slots.Span;
        var next = 0;
        for (var rank = 0; rank < ranking.Rows.Length; rank++)
        {
            var row = ranking.Rows[rank];
            if (mask[row])
                (scores[next], slots[next++]) = (ranking.Scores[rank], slotOfRow[row]);
        }
    }

    /// <summary>Measures the rows, each as often as it was drawn.</summary>
    /// <param name="counts">m entries: how often the row of each slot was drawn.</param>
    /// <param name="walk">A walk, which is emptied first.</param>
    /// <param name="threshold">Not NaN; that of the walk.</param>
    /// <param name="combination">How the dual-class divergence joins those of the two classes.</param>
    public MetricSet Measure(ReadOnlySpan<byte> counts, MetricWalk walk, double threshold, DivergenceCombination combination)
    {
        using var scoresOwner = SpanOwner<double>.Allocate(BlockLength);
        using var positivesOwner = SpanOwner<int>.Allocate(BlockLength);
        using var countsOwner = SpanOwner<int>.Allocate(BlockLength);
        var drawnScores = scoresOwner.Span;
        var positives = positivesOwner.Span;
        var drawnCounts = countsOwner.Span;
        walk.Clear();
        for (var start = 0; start < _slots.Length; start += BlockLength)
        {
            var length = Math.Min(BlockLength, _slots.Length - start);
            var scores = _scores.Span.Slice(start, length);
            var slots = _slots.Span.Slice(start, length);
            var drawn = 0;
            for (var i = 0; i < slots.Length; i++)
            {
                // Every row is written, the next drawn one overwrites one that is not.
                int count = counts[slots[i]];
                drawnScores[drawn] = scores[i];
                drawnCounts[drawn] = count;
                positives[drawn] = slots[i] < _positiveCount ? count : 0;
                drawn += count > 0 ? 1 : 0;
            }

            walk.Add(drawnScores[..drawn], drawnCounts, positives);
        }

        walk.Close();
        return new MetricSet(walk, threshold, combination);
    }

    /// <summary>Returns the rented memory.</summary>
    public void Dispose()
    {
        _scores.Dispose();
        _slots.Dispose();
    }
}
