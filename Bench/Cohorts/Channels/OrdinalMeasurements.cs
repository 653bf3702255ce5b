using Engine.Features;

namespace Bench.Cohorts.Channels;

/// <summary>Keeps the measurements of a stay as numbers, a level as its ordinal, for features that need order and distance of levels.</summary>
/// <param name="stay">Gets the measurements, one channel each of <see cref="BenchmarkChannels.All"/>.</param>
internal sealed class OrdinalMeasurements(StayMeasurements stay) : IMeasurementSink
{
    /// <inheritdoc/>
    public void Add(double time, Channel channel, double value) => stay.Add(channel.Index, time, value);

    /// <inheritdoc/>
    public void AddLevel(double time, Channel channel, int level) => stay.Add(channel.Index, time, LevelOrdinals.Of(channel, level));
}
