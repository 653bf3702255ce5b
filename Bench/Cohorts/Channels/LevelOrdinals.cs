using System.Collections.Immutable;

namespace Bench.Cohorts.Channels;

/// <summary>The number that each level of a categorical channel stands for: points of the coma scale, whichever system's wording; 0 or 1 for slow refill.</summary>
/// <remarks>
/// <para>An intubated patient's verbal response counts 1; "None" of eye opening counts 0, below "No Response".</para>
/// <para><b>Source</b>: YerevaNN/mimic3-benchmarks, channel_info.json.</para>
/// </remarks>
public static class LevelOrdinals
{
    // In the order of Channel.Levels.
    private static readonly ImmutableArray<ImmutableArray<int>> s_byChannel = PlaceInOrder(
        ("Capillary refill rate", [0, 1]),
        ("Glascow coma scale eye opening", [2, 3, 1, 4, 0, 3, 4, 2]),
        ("Glascow coma scale motor response", [1, 3, 2, 1, 4, 5, 4, 6, 3, 6, 5, 2]),
        ("Glascow coma scale total", [11, 10, 13, 12, 15, 14, 3, 5, 4, 7, 6, 9, 8]),
        ("Glascow coma scale verbal response", [1, 1, 4, 3, 5, 1, 5, 2, 1, 4, 2, 3]));

    /// <summary>Returns the number of a level.</summary>
    /// <param name="channel">A categorical channel.</param>
    /// <param name="level">An index in its <see cref="Channel.Levels"/>.</param>
    /// <returns>0 to 15.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The channel has no such level; a continuous one has none.</exception>
    public static int Of(Channel channel, int level)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if ((uint)level >= (uint)channel.Levels.Length)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"'{channel.Name}' has {channel.Levels.Length} levels.");
        return s_byChannel[channel.Index][level];
    }

    private static ImmutableArray<ImmutableArray<int>> PlaceInOrder(params ReadOnlySpan<(string Channel, int[] Ordinals)> channels)
    {
        var placed = new ImmutableArray<int>[BenchmarkChannels.Count];
        foreach (var (channel, ordinals) in channels)
            placed[BenchmarkChannels.Find(channel).Index] = [.. ordinals];
        return [.. placed];
    }
}
