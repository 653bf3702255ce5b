using CommunityToolkit.HighPerformance.Buffers;

namespace Engine.Metrics;

/// <summary>The rows of a ranking around its scores with class 1, to be counted anew for every replicate.</summary>
/// <remarks>
/// <code>
/// rows by score      0 0 0 | 1 | 0 0 | 1 1 0 | 0 0
/// segments           below  tied below  tied   the rest, which no area needs but the count
/// </code>
/// Rows of class 0 between two of class 1 are one sum of draws, without a look at their scores.
/// </remarks>
internal sealed class ClassOneSegments
{
    private readonly int[] _negatives;
    private readonly int[] _positives;
    private readonly Segment[] _segments;

    /// <summary>Finds the segments.</summary>
    /// <param name="scores">m scores, rising.</param>
    /// <param name="entries">2 x slot + label of each row.</param>
    public ClassOneSegments(ReadOnlySpan<double> scores, ReadOnlySpan<uint> entries)
    {
        var negatives = new List<int>(entries.Length);
        var positives = new List<int>();
        var segments = new List<Segment>();
        for (var start = 0; start < scores.Length;)
        {
            var (negativesBelow, positivesBelow) = (negatives.Count, positives.Count);
            var end = start;
            for (; end < scores.Length && scores[end] == scores[start]; end++)
                ((entries[end] & 1) != 0 ? positives : negatives).Add((int)(entries[end] >> 1));
            if (positives.Count > positivesBelow)
                segments.Add(new Segment(negativesBelow, negatives.Count, positives.Count));
            start = end;
        }

        (_negatives, _positives, _segments) = ([.. negatives], [.. positives], [.. segments]);
    }

    /// <summary>Counts a replicate.</summary>
    /// <param name="counts">How often each slot was drawn.</param>
    /// <param name="runs">Receives the runs that were drawn; emptied first.</param>
    public ClassOneCurve Read(ReadOnlySpan<byte> counts, ArrayPoolBufferWriter<ClassOneRun> runs)
    {
        runs.Clear();
        var drawn = runs.GetSpan(_segments.Length);
        var drawnCount = 0;
        var (negative, positive) = (0, 0);
        var (negativeCount, positiveCount) = (0, 0);
        ulong twicePairsWon = 0;
        foreach (var segment in _segments)
        {
            negativeCount += Sum(counts, _negatives.AsSpan(negative, segment.TiedNegatives - negative));
            var tied = Sum(counts, _negatives.AsSpan(segment.TiedNegatives, segment.NegativesEnd - segment.TiedNegatives));
            var members = Sum(counts, _positives.AsSpan(positive, segment.PositivesEnd - positive));
            // Written whether it was drawn or not, the next run overwrites one that was not.
            drawn[drawnCount] = new ClassOneRun(members, tied, positiveCount, negativeCount);
            drawnCount += members > 0 ? 1 : 0;
            twicePairsWon += (ulong)(uint)members * ((2UL * (uint)negativeCount) + (uint)tied);
            (negativeCount, positiveCount) = (negativeCount + tied, positiveCount + members);
            (negative, positive) = (segment.NegativesEnd, segment.PositivesEnd);
        }

        negativeCount += Sum(counts, _negatives.AsSpan(negative));
        runs.Advance(drawnCount);
        return new ClassOneCurve(runs.WrittenMemory, positiveCount, negativeCount, twicePairsWon);
    }

    private static int Sum(ReadOnlySpan<byte> counts, ReadOnlySpan<int> slots)
    {
        var sum = 0;
        foreach (var slot in slots)
            sum += counts[slot];
        return sum;
    }

    /// <summary>Where the rows of a score with class 1 lie: negatives of it from <paramref name="TiedNegatives"/>, positives of it from the end of the segment before.</summary>
    private readonly record struct Segment(int TiedNegatives, int NegativesEnd, int PositivesEnd);
}

/// <summary>The rows of one score, of which at least one is of class 1, and the rows below.</summary>
/// <param name="Positives">Rows of class 1 with the score.</param>
/// <param name="Negatives">Rows of class 0 with the score.</param>
/// <param name="PositivesBelow">Rows of class 1 with a lower score.</param>
/// <param name="NegativesBelow">Rows of class 0 with a lower score.</param>
internal readonly record struct ClassOneRun(int Positives, int Negatives, int PositivesBelow, int NegativesBelow);
