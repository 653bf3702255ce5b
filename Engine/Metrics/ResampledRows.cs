using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;

namespace Engine.Metrics;

/// <summary>The rows of a group, ranked by one model or by two, and the draws that make replicates of them.</summary>
internal sealed class ResampledRows : IDisposable
{
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

    /// <summary>Returns the rented memory.</summary>
    public void Dispose()
    {
        First.Dispose();
        Second?.Dispose();
    }
}
