using System.Text;
using Engine.Collectives;

namespace Engine.Networks;

/// <content>The state that the first rank read, on all.</content>
internal sealed partial record TrainingCheckpoint
{
    /// <summary>Gives every rank the checkpoint of the first, which alone need reach the file.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="path">The file, for errors.</param>
    /// <param name="own">What the first rank read, null where there was no file; null on others.</param>
    /// <param name="identity">What the training is.</param>
    /// <param name="parameterCount">The number of its parameters.</param>
    /// <returns>The same on every rank; null where there was no file.</returns>
    public static TrainingCheckpoint? OfFirstRank(ICollective ranks, string path, TrainingCheckpoint? own, IReadOnlyDictionary<string, string> identity, int parameterCount)
    {
        var history = own is null ? [] : Encoding.UTF8.GetBytes(EpochHistory.ToText(own.History));
        int[] epochs = own is null ? [] : [.. own.Kept.Keys.Order()];
        // The first rank's numbers are everybody's; without a history there is no checkpoint.
        var (historyLength, epochCount) = ranks.GatherOne((history.Length, epochs.Length))[0];
        if (historyLength == 0)
            return null;
        history = Sent(ranks, own is null ? new byte[historyLength] : history);
        epochs = Sent(ranks, own is null ? new int[epochCount] : epochs);
        return new TrainingCheckpoint
        {
            Identity = identity,
            Parameters = Sent(ranks, own?.Parameters ?? new float[parameterCount]),
            Means = Sent(ranks, own?.Means ?? new float[parameterCount]),
            Squares = Sent(ranks, own?.Squares ?? new float[parameterCount]),
            History = EpochHistory.Parse(path, Encoding.UTF8.GetString(history)),
            Kept = epochs.ToDictionary(epoch => epoch, epoch => Sent(ranks, own?.Kept[epoch] ?? new float[parameterCount])),
        };
    }

    private static T[] Sent<T>(ICollective ranks, T[] values)
        where T : unmanaged
    {
        ranks.BroadcastValues(values.AsSpan(), 0);
        return values;
    }
}
