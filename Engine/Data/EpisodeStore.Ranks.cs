using Engine.Collectives;

namespace Engine.Data;

/// <content>Stays whose hours lie with several processes.</content>
public sealed partial class EpisodeStore
{
    /// <summary>Makes one store of the stays of all ranks, those of rank 0 first; each rank passes its own.</summary>
    /// <param name="own">The stays of this rank, as many features on every rank; it may have none.</param>
    /// <param name="collective">The ranks; all of them call this, and every later operation on the stays, in the same order.</param>
    /// <returns>The stays: their numbers, and samples and labels beside them, are those of the whole, on every rank.</returns>
    /// <exception cref="ArgumentException">Features differ between ranks, or no rank has an hour.</exception>
    /// <remarks>
    /// <para><b>Determinism</b>: the same bits as one process that holds all stays, however they are divided.</para>
    /// <para><b>Cost</b>: a rank has whole runs of <see cref="RankRows.RowsPerRun"/> hours; those at the border of two ranks, half a run at the most for each border, are sent to all, of whom one keeps them.</para>
    /// </remarks>
    public static EpisodeStore OfRanks(EpisodeStore own, ICollective collective)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(collective);
        var hourCounts = collective.GatherLists<int>([.. Enumerable.Range(0, own.StayCount).Select(own.HoursOf)]);
        var offsets = new long[hourCounts.Length + 1];
        for (var stay = 0; stay < hourCounts.Length; stay++)
            offsets[stay + 1] = offsets[stay] + hourCounts[stay];
        return new EpisodeStore(SampleMatrix.OfRanks(RankBorders.MoveToRuns(own.Hours, collective), collective), offsets);
    }

    /// <summary>Divides stays that every rank can read, such as those of a mapped file, so that each reads its own hours alone.</summary>
    /// <param name="collective">The ranks, as in <see cref="OfRanks"/>.</param>
    /// <returns>The same stays; one may begin with one rank and end with the next.</returns>
    /// <exception cref="ArgumentException">There are other hours on another rank, or none.</exception>
    public EpisodeStore DivideAmongRanks(ICollective collective) => With(Hours.DivideAmongRanks(collective));
}
