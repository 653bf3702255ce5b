using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>Gives the rows of a group their slots, the things that a bootstrap draws: rows, or clusters of rows.</summary>
/// <remarks>
/// <code>
/// slots    0 ... S - 1 | S ... m - 1        rows of class 1, then of class 0, each by (first score, second score)
///                                           clusters with a row of class 1, then those without, each by number
/// </code>
/// Rows that share class and scores may change slots, which no metric can see: so draws are the same for every order of the rows.
/// </remarks>
/// <param name="Count">The number of slots.</param>
/// <param name="FirstStratum">How many slots, from 0, hold class 1.</param>
internal readonly record struct ResampledSlots(int Count, int FirstStratum)
{
    private const ulong Stream = 0x424F_4F54_0000_0000;

    // Beyond the draws of any other class.
    private const ulong FirstIndexOfClassZero = 1UL << 32;

    /// <summary>Gives every row of a group a slot of its own.</summary>
    /// <param name="first">n ranked rows, without weights.</param>
    /// <param name="second">The same rows ranked by the second model; null for one model.</param>
    /// <param name="mask">The group.</param>
    /// <param name="slotOfRow">n entries; receives the slot of each row of the group.</param>
    public static ResampledSlots OfRows(ScoreRanking first, ScoreRanking? second, RowMask mask, Span<int> slotOfRow)
    {
        var positiveCount = 0;
        for (var rank = 0; rank < first.Rows.Length; rank++)
            positiveCount += mask[first.Rows[rank]] ? first.Labels[rank] : 0;

        using var placesOwner = SpanOwner<int>.Allocate(second is null ? 0 : first.Rows.Length);
        var places = placesOwner.Span;
        for (var rank = 0; rank < places.Length; rank++)
            places[second!.Rows[rank]] = rank;

        var members = new List<int>[] { [], [] };
        Span<int> next = [positiveCount, 0];
        for (var start = 0; start < first.Rows.Length;)
        {
            var end = start;
            for (; end < first.Rows.Length && first.Scores[end] == first.Scores[start]; end++)
            {
                if (mask[first.Rows[end]])
                    members[first.Labels[end]].Add(first.Rows[end]);
            }

            for (var label = 0; label < members.Length; label++)
            {
                if (second is not null)
                    SortBy(places, members[label]);
                foreach (var row in members[label])
                    slotOfRow[row] = next[label]++;
                members[label].Clear();
            }

            start = end;
        }

        return new ResampledSlots(mask.Count, positiveCount);
    }

    /// <summary>Gives every cluster with rows in a group a slot.</summary>
    /// <param name="ranking">n ranked rows, without weights.</param>
    /// <param name="mask">The group.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="slotOfRow">n entries; receives the slot of each row of the group.</param>
    public static ResampledSlots OfClusters(ScoreRanking ranking, RowMask mask, ClusterNumbers clusters, Span<int> slotOfRow)
    {
        const int Absent = -1;
        using var kindsOwner = SpanOwner<int>.Allocate(clusters.Count);
        var kinds = kindsOwner.Span;
        kinds.Fill(Absent);
        for (var rank = 0; rank < ranking.Rows.Length; rank++)
        {
            var row = ranking.Rows[rank];
            if (mask[row])
                kinds[clusters[row]] = Math.Max(kinds[clusters[row]], ranking.Labels[rank]);
        }

        var firstStratum = kinds.Count(1);
        Span<int> next = [firstStratum, 0];
        for (var cluster = 0; cluster < kinds.Length; cluster++)
        {
            if (kinds[cluster] != Absent)
                kinds[cluster] = next[kinds[cluster]]++;
        }

        foreach (var row in ranking.Rows)
        {
            if (mask[row])
                slotOfRow[row] = kinds[clusters[row]];
        }

        return new ResampledSlots(next[0], firstStratum);
    }

    /// <summary>Draws a replicate.</summary>
    /// <param name="seed">Any value.</param>
    /// <param name="replicate">The number of the replicate, 0 or more.</param>
    /// <param name="stratified">Whether slots with class 1, and those without, keep their number.</param>
    /// <param name="counts">One entry a slot: receives how often it is drawn. To be drawn 256 times has a chance below 1e-500 among more than 255 slots.</param>
    public void Draw(ulong seed, int replicate, bool stratified, Span<byte> counts)
    {
        counts.Clear();
        var stream = new RandomStream(seed, Stream + (ulong)replicate);
        if (stratified)
        {
            Draw(stream, 0, counts[..FirstStratum]);
            Draw(stream, FirstIndexOfClassZero, counts[FirstStratum..]);
        }
        else
        {
            Draw(stream, 0, counts);
        }
    }

    /// <summary>Counts the draws <see cref="RandomStream.Below"/> of as many indices as there are slots, two from each block of random words.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="firstIndex">The index of the first draw, even.</param>
    /// <param name="counts">One entry a slot: is raised by the draws.</param>
    private static void Draw(RandomStream stream, ulong firstIndex, Span<byte> counts)
    {
        var bound = (ulong)counts.Length;
        for (var draw = 0; draw < counts.Length; draw += 2)
        {
            var (w0, w1, w2, w3) = stream.UInt32x4((firstIndex + (ulong)draw) / 2);
            counts[(int)Math.BigMul(((ulong)w1 << 32) | w0, bound, out _)]++;
            if (draw + 1 < counts.Length)
                counts[(int)Math.BigMul(((ulong)w3 << 32) | w2, bound, out _)]++;
        }
    }

    private static void SortBy(ReadOnlySpan<int> places, List<int> rows)
    {
        if (rows.Count < 2)
            return;
        var keys = new int[rows.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = places[rows[i]];
        keys.AsSpan().Sort(CollectionsMarshal.AsSpan(rows));
    }
}
