using CommunityToolkit.HighPerformance.Buffers;
using Engine.Data;

namespace Engine.Metrics;

/// <summary>The confusion counts of every slot in every group, drawn from everyone.</summary>
internal sealed class ResampledGroups
{
    private readonly SlotConfusion[][] _groups;

    /// <summary>Counts.</summary>
    /// <param name="ranking">n ranked rows, without weights.</param>
    /// <param name="groups">Groups over the n rows.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="threshold">The score from which on class 1 is predicted.</param>
    public ResampledGroups(ScoreRanking ranking, Subgroups groups, ClusterNumbers clusters, double threshold)
    {
        var everyone = RowMask.All(ranking.Rows.Length);
        using var slots = SpanOwner<int>.Allocate(ranking.Rows.Length);
        var slotOfRow = slots.Span;
        Slots = ResampledSlots.OfClusters(ranking, everyone, clusters, slotOfRow);
        _groups = new SlotConfusion[groups.Names.Count][];
        for (var group = 0; group < _groups.Length; group++)
            _groups[group] = SlotConfusion.Count(ranking, groups[groups.Names[group]], slotOfRow, Slots.Count, threshold);
    }

    /// <summary>Gets what is drawn.</summary>
    public ResampledSlots Slots { get; }

    /// <summary>Adds up the slots of every group, each as often as it was drawn.</summary>
    public ConfusionCounts[] Count(ReadOnlySpan<byte> counts)
    {
        var drawn = new ConfusionCounts[_groups.Length];
        for (var group = 0; group < drawn.Length; group++)
            drawn[group] = SlotConfusion.Sum(_groups[group], counts).ToCounts();
        return drawn;
    }
}
