namespace Bench.Cohorts.Channels;

/// <summary>What takes in the measurements of a stay, in order of time.</summary>
public interface IMeasurementSink
{
    /// <summary>Adds a measurement of a continuous channel.</summary>
    /// <param name="time">Hours since the start of the stay.</param>
    /// <param name="channel">A continuous channel.</param>
    /// <param name="value">The value in the benchmark's unit.</param>
    void Add(double time, Channel channel, double value);

    /// <summary>Adds a measurement of a categorical channel.</summary>
    /// <param name="time">Hours since the start of the stay.</param>
    /// <param name="channel">A categorical channel.</param>
    /// <param name="level">An index in its <see cref="Channel.Levels"/>.</param>
    void AddLevel(double time, Channel channel, int level);
}
