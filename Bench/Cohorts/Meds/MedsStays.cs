using Bench.Cohorts.Channels;
using Engine.Data;
using Engine.Features;

namespace Bench.Cohorts.Meds;

/// <summary>A measurement of a stay: a number, or the index of a level.</summary>
internal readonly record struct MedsMeasurement(long Time, double Value, byte Channel);

/// <summary>The stays that labels ask for, with what was measured up to the last prediction.</summary>
/// <remarks><b>Cost</b>: 24 bytes a measurement; no other event is kept.</remarks>
/// <param name="channels">What is measured, in order of index.</param>
internal sealed class MedsStays(IReadOnlyList<Channel> channels) : IStaySource
{
    private const double MicrosecondsPerHour = 3.6e9;

    private readonly List<(long Start, int Hours, MedsMeasurement[] Measurements)> _stays = [];

    /// <inheritdoc/>
    public int StayCount => _stays.Count;

    /// <inheritdoc/>
    public int ChannelCount => channels.Count;

    /// <summary>Returns how many whole hours lie between two times; a microsecond of rounding does not take one away.</summary>
    public static double HoursBetween(long start, long time) => Math.Floor((time - start + 1) / MicrosecondsPerHour);

    /// <summary>Adds a stay.</summary>
    /// <param name="start">Its start, in microseconds since 1970.</param>
    /// <param name="hours">Its length.</param>
    /// <param name="measurements">What was measured of the subject, in order of time.</param>
    /// <returns>The number of the stay.</returns>
    public int Add(long start, int hours, List<MedsMeasurement> measurements)
    {
        var end = start + (long)((hours + HourlyDiscretizer.TimeTolerance) * MicrosecondsPerHour);
        _stays.Add((start, hours, [.. measurements.Where(one => one.Time >= start && one.Time <= end)]));
        return _stays.Count - 1;
    }

    /// <inheritdoc/>
    public void Read(int stay, StayMeasurements destination) => Tell(stay, new OrdinalMeasurements(destination));

    /// <summary>Makes the hours of all stays.</summary>
    /// <exception cref="InsufficientMemoryException">They do not fit into memory.</exception>
    public EpisodeStore ToEpisodes(HourlyNormalizer? normalizer, CancellationToken cancellation)
    {
        var offsets = new long[StayCount + 1];
        for (var stay = 0; stay < StayCount; stay++)
            offsets[stay + 1] = offsets[stay] + _stays[stay].Hours;
        var columnCount = channels.Sum(channel => channel.ColumnCount) + channels.Count;
        MemoryNeed.Require((double)offsets[^1] * columnCount * sizeof(float), $"the hours of {StayCount:N0} stays");
        var hours = SampleMatrix.Create(offsets[^1], columnCount);
        var discretizer = new HourlyDiscretizer(channels);
        for (var stay = 0; stay < StayCount; stay++)
        {
            cancellation.ThrowIfCancellationRequested();
            discretizer.Begin(_stays[stay].Hours);
            Tell(stay, discretizer);
            discretizer.Write(hours, offsets[stay], normalizer);
        }

        return new EpisodeStore(hours, offsets);
    }

    private void Tell(int stay, IMeasurementSink sink)
    {
        var (start, _, measurements) = _stays[stay];
        foreach (var (time, value, index) in measurements)
        {
            var channel = channels[index];
            var hours = (time - start) / MicrosecondsPerHour;
            if (channel.IsCategorical)
                sink.AddLevel(hours, channel, (int)value);
            else
                sink.Add(hours, channel, value);
        }
    }
}
