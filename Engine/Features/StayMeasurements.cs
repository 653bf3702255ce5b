using Engine.Diagnostics;

namespace Engine.Features;

/// <summary>The measurements of one stay as they were taken: for each channel, values at irregular times.</summary>
/// <remarks>
/// <code>
/// channel 0 | 0.3: 64   1.3: 61   1.9: 70            times in hours since the start of the stay, in order
/// channel 1 | 0.8: 102
/// channel 2 |                                        never measured
/// </code>
/// <para><b>Cost</b>: 16 bytes a measurement; memory is kept from stay to stay. Not safe for several threads at once.</para>
/// </remarks>
public sealed class StayMeasurements
{
    /// <summary>The largest magnitude of a time, in hours: far beyond any stay, and small enough that an hour in it is exact to a billionth.</summary>
    public const double LargestTime = 1e6;

    /// <summary>The largest number of channels.</summary>
    public const int MaxChannelCount = 4096;

    private readonly MeasurementSeries[] _channels;

    /// <summary>Creates a stay without measurements.</summary>
    /// <param name="channelCount">The number of channels, 1 to <see cref="MaxChannelCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is outside its range.</exception>
    public StayMeasurements(int channelCount)
    {
        if (channelCount is < 1 or > MaxChannelCount)
            Throw.ArgumentOutOfRange(nameof(channelCount), channelCount, $"1 to {MaxChannelCount:N0}");
        _channels = new MeasurementSeries[channelCount];
        for (var channel = 0; channel < channelCount; channel++)
            _channels[channel] = new MeasurementSeries();
    }

    /// <summary>Gets the number of channels.</summary>
    public int ChannelCount => _channels.Length;

    /// <summary>Returns the number of measurements of a channel.</summary>
    /// <param name="channel">The channel, 0 to <see cref="ChannelCount"/> - 1.</param>
    /// <returns>0 or more.</returns>
    public int CountOf(int channel) => Series(channel).Count;

    /// <summary>Forgets all measurements and keeps the memory, for the next stay.</summary>
    public void Clear()
    {
        foreach (var series in _channels)
            series.Clear();
    }

    /// <summary>Adds a measurement.</summary>
    /// <param name="channel">The channel, 0 to <see cref="ChannelCount"/> - 1.</param>
    /// <param name="time">Hours since the start of the stay, not before the channel's last one; at most <see cref="LargestTime"/> in magnitude.</param>
    /// <param name="value">A value within the range of float32; -0 counts as 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The channel, the time or the value is outside its range, or the time lies before the last one.</exception>
    public void Add(int channel, double time, double value)
    {
        var series = Series(channel);
        if (!(Math.Abs(time) <= LargestTime))
            Throw.ArgumentOutOfRange(nameof(time), time, $"{-LargestTime:N0} to {LargestTime:N0} hours");
        if (series.Count > 0 && time < series.Times[^1])
            Throw.ArgumentOutOfRange(nameof(time), time, $"{series.Times[^1]} or more, the time of the channel's last measurement; add in order of time");
        if (!float.IsFinite((float)value))
            Throw.ArgumentOutOfRange(nameof(value), value, "a finite value within the range of float32; leave a missing measurement out");
        series.Add(time, value + 0.0);
    }

    /// <summary>Returns the measurements of a channel.</summary>
    internal MeasurementSeries Series(int channel)
    {
        if ((uint)channel >= (uint)_channels.Length)
            Throw.ArgumentOutOfRange(nameof(channel), channel, $"0 to {_channels.Length - 1:N0}");
        return _channels[channel];
    }
}
