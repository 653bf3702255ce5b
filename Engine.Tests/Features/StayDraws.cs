using Engine.Features;
using Engine.Numerics;

namespace Engine.Tests.Features;

/// <summary>Random stays of several channels: some empty, some with a single measurement, with bursts, gaps and equal times.</summary>
internal static class StayDraws
{
    public const int ChannelCount = 5;

    public static StayMeasurements Of(StayKind kind, int hours, ulong seed)
    {
        var stay = new StayMeasurements(ChannelCount);
        for (var channel = 0; channel < ChannelCount; channel++)
        {
            var stream = new RandomStream(seed, (ulong)((((int)kind + 1) * ChannelCount) + channel));
            switch (channel)
            {
                case 0:
                    break;
                case 1:
                    stay.Add(channel, hours * stream.UniformDouble(0), Value(kind, stream, 1));
                    break;
                default:
                    AddMany(stay, channel, kind, hours, stream);
                    break;
            }
        }

        return stay;
    }

    public static double Value(StayKind kind, RandomStream stream, ulong index) => kind switch
    {
        StayKind.Ties => 60 + stream.Below(index, 12),
        StayKind.Decimals => Math.Round(36.6 + (0.4 * stream.Normal(index)), 1),
        StayKind.Normal => stream.Normal(index),
        StayKind.LargeOffset => 1e6 + (1e-3 * stream.Normal(index)),
        StayKind.Constant => 80,
        StayKind.ConstantDecimal => 0.4,
        StayKind.Steps => 36.6 + (0.1 * stream.Below(index / 40, 5)) + (stream.Below(index, 50) == 0 ? 1 : 0),
        StayKind.Outliers => stream.Below(index, 30) switch { 0 => 1e6, 1 when stream.Below(index + (1UL << 40), 20) == 0 => 1e30, _ => 80 + stream.Normal(index) },
        StayKind.LastBit => index % 2 == 0 ? 36.6 : Math.BitIncrement(36.6),
        StayKind.Cancelling => stream.Below(index, 2) == 0 ? 1e3 + stream.Normal(index / 2) : -1e3 - stream.Normal(index / 2),
        StayKind.Tiny => 1e-40 * stream.Normal(index),
        StayKind.Skewed => stream.Normal(index) * stream.Normal(index) * stream.Normal(index),
        _ => throw new InvalidOperationException($"{kind} has no values yet; say here what they are."),
    };

    private static void AddMany(StayMeasurements stay, int channel, StayKind kind, int hours, RandomStream stream)
    {
        // Channel 2 measures now and then, 3 every hour, 4 in bursts.
        var time = 0.0;
        for (ulong index = 0; time <= hours; index++)
        {
            stay.Add(channel, time, Value(kind, stream, index));
            time += channel switch
            {
                2 => 20 * stream.UniformDouble(index + (1UL << 41)),
                3 => 1,
                _ => stream.Below(index + (1UL << 42), 4) switch { 0 => 0, 1 => 5 * stream.UniformDouble(index + (1UL << 43)), _ => 1e-7 },
            };
        }
    }
}
