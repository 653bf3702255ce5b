using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;
using Engine.Numerics;

namespace Engine.Metrics;

/// <summary>The rows of a group, ranked by one model or by two, and the draws that make replicates of them.</summary>
internal sealed class ResampledRows : IDisposable
{
    private const ulong Stream = 0x424F_4F54_0000_0000;

    // Beyond the draws of any other class.
    private const ulong FirstIndexOfClassZero = 1UL << 32;

    /// <summary>Ranks the rows of a group by one model, or by two.</summary>
    /// <param name="first">n ranked rows, without weights.</param>
    /// <param name="second">The same rows ranked by the second model; null for one model.</param>
    /// <param name="mask">The group.</param>
    /// <param name="clusters">The cluster of each row; null where every row is drawn by itself.</param>
    /// <param name="scope">What replicates are measured by.</param>
    /// <param name="threshold">The score from which on class 1 is predicted.</param>
    public ResampledRows(ScoreRanking first, ScoreRanking? second, RowMask mask, ClusterNumbers? clusters, BootstrapScope scope, double threshold)
    {
        using var slots = SpanOwner<int>.Allocate(first.Rows.Length);
        Slots = clusters is null ? ResampledSlots.OfRows(first, second, mask, slots.Span) : ResampledSlots.OfClusters(first, mask, clusters, slots.Span);
        First = new ResampledRanking(first, mask, slots.Span, Slots.Count, scope, threshold);
        Second = second is null ? null : new ResampledRanking(second, mask, slots.Span, Slots.Count, scope, threshold);
    }

    /// <summary>Gets what is drawn.</summary>
    public ResampledSlots Slots { get; }

    /// <summary>Gets the rows ranked by the first model.</summary>
    public ResampledRanking First { get; }

    /// <summary>Gets the rows ranked by the second model; null for one model.</summary>
    public ResampledRanking? Second { get; }

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
            Draw(stream, 0, counts[..Slots.FirstStratum]);
            Draw(stream, FirstIndexOfClassZero, counts[Slots.FirstStratum..]);
        }
        else
        {
            Draw(stream, 0, counts);
        }
    }

    /// <summary>Returns the rented memory.</summary>
    public void Dispose()
    {
        First.Dispose();
        Second?.Dispose();
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
}
