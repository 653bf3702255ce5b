using System.Collections.Immutable;
using Bench.Cohorts.Channels;

namespace Bench.Cohorts.Simulated;

/// <summary>The twelve continuous channels, calibrated so that mean and standard deviation over all hours are the published ones of the
/// decompensation task.</summary>
/// <remarks>
/// <para>The published deviations of eight channels are no physiology: a few slips of the pen (an oxygen saturation in the millions, a pH of zero) that
/// stay until the next observation. Their rate and size are found from both published moments, given an ordinary deviation for all other values:
/// with value V in a share r of the hours, r (V - mean)^2 is the surplus variance and r (V - mean) the shift of the mean. Slips strike whoever they strike
/// and tell nothing.</para>
/// <para>Centers and spreads are those of observed values of a patient far from death; they were fitted on fourteen million simulated hours, for the fill values
/// before the first observation, the limits, the rounding and the dying all move the moments of a column.</para>
/// <para>A small cohort may hold none of the rarest (oxygen saturation: 2 hours in a million), and then has the deviation without.</para>
/// </remarks>
internal static class ContinuousChannels
{
    /// <summary>Gets the channels by <see cref="Channel.Index"/>; null where a channel is categorical.</summary>
    public static ImmutableArray<ContinuousChannel?> ByIndex { get; } = Place(
        new()
        {
            Channel = BenchmarkChannels.Find("Diastolic blood pressure"),
            Center = 61.346,
            Spread = 14.41,
            Lowest = 10,
            Highest = 160,
            System = OrganSystem.Hemodynamic,
            Loading = -0.3,
            IsPressure = true,
            SlipValue = 49_000,
            SlipRate = 2.047e-5,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Fraction inspired oxygen"),
            Center = 0.445,
            Spread = 0.212,
            Lowest = 0.21,
            Highest = 1,
            System = OrganSystem.Respiratory,
            Loading = 0.5,
            StepsPerUnit = 100,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Glucose"),
            Center = 126.28,
            Spread = 0.3884,
            Lowest = 20,
            Highest = 1_000,
            System = OrganSystem.Hemodynamic,
            Loading = 0.2,
            IsSkewed = true,
            SlipValue = 999_999,
            SlipRate = 3.18e-6,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Heart Rate"),
            Center = 84.267,
            Spread = 17.22,
            Lowest = 20,
            Highest = 220,
            System = OrganSystem.Hemodynamic,
            Loading = 0.4,
            SlipValue = 9_999,
            SlipRate = 3.01e-5,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Height"),
            Center = 169.13,
            Spread = 13.07,
            Lowest = 120,
            Highest = 215,
            OffsetShare = 1,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Mean blood pressure"),
            Center = 79.366,
            Spread = 15.36,
            Lowest = 15,
            Highest = 200,
            System = OrganSystem.Hemodynamic,
            Loading = -0.35,
            IsPressure = true,
            SlipValue = 22_000,
            SlipRate = 4.54e-5,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Oxygen saturation"),
            Center = 97.91,
            Spread = 3.584,
            Lowest = 50,
            Highest = 100,
            System = OrganSystem.Respiratory,
            Loading = -0.4,
            SlipValue = 3_380_000,
            SlipRate = 2.31e-6,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Respiratory rate"),
            Center = 19.33,
            Spread = 7.14,
            Lowest = 0,
            Highest = 70,
            System = OrganSystem.Respiratory,
            Loading = 0.5,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Systolic blood pressure"),
            Center = 121.88,
            Spread = 21.68,
            Lowest = 40,
            Highest = 260,
            System = OrganSystem.Hemodynamic,
            Loading = -0.35,
            IsPressure = true,
            SlipValue = 13_000,
            SlipRate = 1.177e-4,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Temperature"),
            Center = 36.904,
            Spread = 0.8046,
            Lowest = 30,
            Highest = 42.5,
            System = OrganSystem.Hemodynamic,
            Loading = 0.15,
            StepsPerUnit = 10,
            SlipValue = 986,
            SlipRate = 3.08e-5,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("Weight"),
            Center = 79.333,
            Spread = 0.3474,
            Lowest = 30,
            Highest = 300,
            OffsetShare = 0.98,
            IsSkewed = true,
            StepsPerUnit = 10,
        },
        new()
        {
            Channel = BenchmarkChannels.Find("pH"),
            Center = 7.3832,
            Spread = 0.07563,
            Lowest = 6.8,
            Highest = 7.8,
            System = OrganSystem.Respiratory,
            Loading = -0.45,
            StepsPerUnit = 100,
            SlipValue = 100,
            SlipRate = 1.81e-4,
            ZeroRate = 0.0288,
        });

    private static ImmutableArray<ContinuousChannel?> Place(params ReadOnlySpan<ContinuousChannel> channels)
    {
        var byIndex = new ContinuousChannel?[BenchmarkChannels.Count];
        foreach (var channel in channels)
            byIndex[channel.Channel.Index] = channel;
        return [.. byIndex];
    }
}
