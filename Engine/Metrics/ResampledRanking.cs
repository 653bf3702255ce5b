using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;

namespace Engine.Metrics;

/// <summary>The rows of a group in the order of one model's scores, to be measured with new counts again and again.</summary>
/// <remarks>A row is an entry 2 x slot + label; a slot is a number that does not depend on the order in which rows came: see <see cref="ResampledSlots"/>.</remarks>
internal sealed class ResampledRanking : IDisposable
{
    private const int BlockLength = 4096;

    private readonly BootstrapScope _scope;
    private readonly MemoryOwner<double> _scores;
    private readonly MemoryOwner<uint> _entries;
    private readonly SlotConfusion[] _confusion;
    private readonly ClassOneSegments? _segments;

    /// <summary>Takes the rows of a group out of a ranking.</summary>
    /// <param name="ranking">n ranked rows, without weights.</param>
    /// <param name="mask">The group, m of the n rows.</param>
    /// <param name="slotOfRow">n entries: the slot of each row of the group.</param>
    /// <param name="slotCount">The number of slots.</param>
    /// <param name="scope">What replicates are measured by.</param>
    /// <param name="threshold">The score from which on class 1 is predicted.</param>
    public ResampledRanking(ScoreRanking ranking, RowMask mask, ReadOnlySpan<int> slotOfRow, int slotCount, BootstrapScope scope, double threshold)
    {
        _scope = scope;
        _scores = MemoryOwner<double>.Allocate(mask.Count);
        _entries = MemoryOwner<uint>.Allocate(mask.Count);
        var scores = _scores.Span;
        var entries = _entries.Span;
        var next = 0;
        for (var rank = 0; rank < ranking.Rows.Length; rank++)
        {
            var row = ranking.Rows[rank];
            if (mask[row])
                (scores[next], entries[next++]) = (ranking.Scores[rank], ((uint)slotOfRow[row] << 1) | ranking.Labels[rank]);
        }

        _confusion = scope == BootstrapScope.EveryRow ? [] : SlotConfusion.Count(scores, entries, slotCount, threshold);
        _segments = scope == BootstrapScope.ClassOneCurve ? new ClassOneSegments(scores, entries) : null;
    }

    /// <summary>Measures the rows, each as often as its slot was drawn.</summary>
    /// <param name="scratch">How often each slot was drawn, and a walk, which is emptied first.</param>
    /// <param name="threshold">Not NaN; that of the walk.</param>
    /// <param name="combination">How the dual-class divergence joins those of the two classes.</param>
    public MetricSet Measure(BootstrapScratch scratch, double threshold, DivergenceCombination combination)
    {
        if (_scope == BootstrapScope.EveryRow)
        {
            Walk(scratch.Counts, scratch.Walk);
            return new MetricSet(scratch.Walk, threshold, combination);
        }

        var mass = SlotConfusion.Sum(_confusion, scratch.Counts);
        return new MetricSet(mass, _segments?.Read(scratch.Counts, scratch.Runs), threshold, combination);
    }

    /// <summary>Returns the rented memory.</summary>
    public void Dispose()
    {
        _scores.Dispose();
        _entries.Dispose();
    }

    private void Walk(ReadOnlySpan<byte> counts, MetricWalk walk)
    {
        using var scoresOwner = SpanOwner<double>.Allocate(BlockLength);
        using var positivesOwner = SpanOwner<int>.Allocate(BlockLength);
        using var countsOwner = SpanOwner<int>.Allocate(BlockLength);
        var drawnScores = scoresOwner.Span;
        var positives = positivesOwner.Span;
        var drawnCounts = countsOwner.Span;
        walk.Clear();
        for (var start = 0; start < _entries.Length; start += BlockLength)
        {
            var length = Math.Min(BlockLength, _entries.Length - start);
            var scores = _scores.Span.Slice(start, length);
            var entries = _entries.Span.Slice(start, length);
            var drawn = 0;
            for (var i = 0; i < entries.Length; i++)
            {
                // Every row is written, the next drawn one overwrites one that is not.
                int count = counts[(int)(entries[i] >> 1)];
                drawnScores[drawn] = scores[i];
                drawnCounts[drawn] = count;
                positives[drawn] = (entries[i] & 1) != 0 ? count : 0;
                drawn += count > 0 ? 1 : 0;
            }

            walk.Add(drawnScores[..drawn], drawnCounts, positives);
        }

        walk.Close();
    }
}
