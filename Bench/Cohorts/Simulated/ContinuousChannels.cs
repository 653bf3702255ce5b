using System.Collections.Immutable;
using Bench.Cohorts.Mimic3;

namespace Bench.Cohorts.Simulated;

/// <summary>The twelve continuous channels, calibrated so that mean and standard deviation over all hours are the published ones of the decompensation task.</summary>
/// <remarks>
/// <para>The published deviations of eight channels are no physiology: a few slips of the pen (an oxygen saturation in the millions, a pH of zero) that stay until
/// the next observation. Their rate and size are found from both published moments, given an ordinary deviation for all other values:
/// with value V in a share r of the hours, r (V - mean)^2 is the surplus variance and r (V - mean) the shift of the mean. Slips strike whoever they strike and tell nothing.</para>
/// <para>A small cohort may hold none of the rarest (oxygen saturation: 2 hours in a million), and then has the deviation without.</para>
/// </remarks>
internal static class ContinuousChannels
{
    /// <summary>Gets the channels by <see cref="Channel.Index"/>; null where a channel is categorical.</summary>
    public static ImmutableArray<ContinuousChannel?> ByIndex { get; } = Place(
        new() { Channel = BenchmarkChannels.Find("Diastolic blood pressure"), Center = 60.7, Spread = 14.5, Lowest = 10, Highest = 160, System = OrganSystem.Hemodynamic, Loading = -0.3, IsPressure = true, SlipValue = 49_000, SlipRate = 2.05e-5 },
        new() { Channel = BenchmarkChannels.Find("Fraction inspired oxygen"), Center = 0.52, Spread = 0.20, Lowest = 0.21, Highest = 1, System = OrganSystem.Respiratory, Loading = 0.5, StepsPerUnit = 100 },
        new() { Channel = BenchmarkChannels.Find("Glucose"), Center = 128, Spread = 0.36, Lowest = 20, Highest = 1_000, System = OrganSystem.Hemodynamic, Loading = 0.2, IsSkewed = true, SlipValue = 999_999, SlipRate = 3.2e-6 },
        new() { Channel = BenchmarkChannels.Find("Heart Rate"), Center = 85.2, Spread = 17.5, Lowest = 20, Highest = 220, System = OrganSystem.Hemodynamic, Loading = 0.4, SlipValue = 9_999, SlipRate = 3.0e-5 },
        new() { Channel = BenchmarkChannels.Find("Height"), Center = 169, Spread = 13.5, Lowest = 120, Highest = 215, OffsetShare = 1 },
        new() { Channel = BenchmarkChannels.Find("Mean blood pressure"), Center = 78.6, Spread = 15.5, Lowest = 15, Highest = 200, System = OrganSystem.Hemodynamic, Loading = -0.35, IsPressure = true, SlipValue = 22_000, SlipRate = 4.55e-5 },
        new() { Channel = BenchmarkChannels.Find("Oxygen saturation"), Center = 97.4, Spread = 3.2, Lowest = 50, Highest = 100, System = OrganSystem.Respiratory, Loading = -0.4, SlipValue = 3_380_000, SlipRate = 2.31e-6 },
        new() { Channel = BenchmarkChannels.Find("Respiratory rate"), Center = 19.9, Spread = 7.3, Lowest = 0, Highest = 70, System = OrganSystem.Respiratory, Loading = 0.5 },
        new() { Channel = BenchmarkChannels.Find("Systolic blood pressure"), Center = 120.9, Spread = 21.9, Lowest = 40, Highest = 260, System = OrganSystem.Hemodynamic, Loading = -0.35, IsPressure = true, SlipValue = 13_000, SlipRate = 1.18e-4 },
        new() { Channel = BenchmarkChannels.Find("Temperature"), Center = 36.93, Spread = 0.8, Lowest = 30, Highest = 42.5, System = OrganSystem.Hemodynamic, Loading = 0.15, StepsPerUnit = 10, SlipValue = 986, SlipRate = 3.0e-5 },
        new() { Channel = BenchmarkChannels.Find("Weight"), Center = 80, Spread = 0.32, Lowest = 30, Highest = 300, OffsetShare = 0.98, IsSkewed = true, StepsPerUnit = 10 },
        new() { Channel = BenchmarkChannels.Find("pH"), Center = 7.38, Spread = 0.075, Lowest = 6.8, Highest = 7.8, System = OrganSystem.Respiratory, Loading = -0.45, StepsPerUnit = 100, SlipValue = 100, SlipRate = 2.3e-4, ZeroRate = 0.035 });

    private static ImmutableArray<ContinuousChannel?> Place(params ReadOnlySpan<ContinuousChannel> channels)
    {
        var byIndex = new ContinuousChannel?[BenchmarkChannels.Count];
        foreach (var channel in channels)
            byIndex[channel.Channel.Index] = channel;
        return [.. byIndex];
    }
}
