using Engine.Data;

namespace Bench.Cohorts.Channels;

/// <summary>Turns the irregular measurements of one stay into one row an hour, as the MIMIC-III benchmark does: the values of all channels, then a mask for each; of its own channels 76 columns.</summary>
/// <remarks>
/// <para><b>Computes</b>, for hour h = 0, 1, …: the measurements with h &lt;= time - 10^-6 &lt; h + 1, so that time 1.0 is still hour 0;
/// hour 0 takes time 0 too. In an hour the value added last wins, and its mask is 1.
/// A channel that was not measured in an hour keeps its previous value, and before the first one its normal value.</para>
/// <para><b>Prefixes</b>: an hour depends on nothing after its end. The first n rows of a long stay are therefore exactly the rows of its prefix of n whole
/// hours, and one walk over a stay serves every prefix. A prefix that ends within an hour has no such row: its last bin would be half full.</para>
/// <para><b>Source</b>: mimic3models/preprocessing.py with timestep 1, masks, previous-value imputation and start at zero,
/// the settings of both published tasks.</para>
/// <para><b>Cost</b>: reusable from stay to stay without allocation; not safe for several threads at once.</para>
/// </remarks>
public sealed class HourlyDiscretizer : IMeasurementSink
{
    /// <summary>How far, in hours, a time may lie past the end of an hour and still belong to it.</summary>
    public const double TimeTolerance = 1e-6;

    /// <summary>The longest stay in hours, a leap year; anything longer is a unit mistaken for hours.</summary>
    public const int MaximumHours = 24 * 366;

    /// <summary>The largest magnitude of a value; with it, a normalized value still fits in float32.</summary>
    public const double LargestValue = 1e30;

    private readonly Channel[] _channels;
    private readonly int _valueColumnCount;
    private double[] _observations = [];
    private int _hours;

    /// <summary>Makes a discretizer.</summary>
    /// <param name="channels">The channels, in order of index and columns; those of the benchmark when null.</param>
    public HourlyDiscretizer(IReadOnlyList<Channel>? channels = null)
    {
        _channels = [.. channels ?? BenchmarkChannels.All];
        _valueColumnCount = _channels.Sum(channel => channel.ColumnCount);
    }

    /// <summary>Starts a stay and forgets the one before.</summary>
    /// <param name="hours">The number of hours wanted, 1 to <see cref="MaximumHours"/>; later measurements are ignored.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hours"/> is outside its range.</exception>
    public void Begin(int hours)
    {
        if (hours is < 1 or > MaximumHours)
            throw new ArgumentOutOfRangeException(nameof(hours), hours, $"a stay has 1 to {MaximumHours:N0} hours.");
        _hours = hours;
        if (_observations.Length < hours * _channels.Length)
            _observations = new double[hours * _channels.Length];
        _observations.AsSpan(0, hours * _channels.Length).Fill(double.NaN);
    }

    /// <summary>Adds a measurement of a continuous channel.</summary>
    /// <param name="time">Hours since the start of the stay, -10^-6 or more; within an hour, add in order of time.</param>
    /// <param name="channel">A continuous channel.</param>
    /// <param name="value">The value in the benchmark's unit, at most <see cref="LargestValue"/> in magnitude.</param>
    /// <exception cref="ArgumentException">The channel is categorical.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time or the value is outside its range.</exception>
    public void Add(double time, Channel channel, double value)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (channel.IsCategorical)
            throw new ArgumentException($"'{channel.Name}' has levels, not numbers; call AddLevel.", nameof(channel));
        if (!(Math.Abs(value) <= LargestValue))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"'{channel.Name}' must be finite and at most {LargestValue} in magnitude.");
        Observe(time, channel, value);
    }

    /// <summary>Adds a measurement of a categorical channel.</summary>
    /// <param name="time">Hours since the start of the stay, -10^-6 or more; within an hour, add in order of time.</param>
    /// <param name="channel">A categorical channel.</param>
    /// <param name="level">An index in its <see cref="Channel.Levels"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time or the level is outside its range; a continuous channel has no level.</exception>
    public void AddLevel(double time, Channel channel, int level)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if ((uint)level >= (uint)channel.Levels.Length)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"'{channel.Name}' has {channel.Levels.Length} levels.");
        Observe(time, channel, level);
    }

    /// <summary>Writes all hours of the stay, one row an hour.</summary>
    /// <param name="destination">A matrix with memory of its own, of as many columns as values and masks, <see cref="BenchmarkChannels.ColumnCount"/> of those of the benchmark.</param>
    /// <param name="firstRow">The row of hour 0.</param>
    /// <param name="normalizer">Applied in double precision before the value becomes float32; null for raw values.</param>
    public void Write(SampleMatrix destination, long firstRow, HourlyNormalizer? normalizer = null)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Span<double> current = stackalloc double[_channels.Length];
        foreach (var channel in _channels)
            current[channel.Index] = channel.NormalValue;

        for (var hour = 0; hour < _hours; hour++)
        {
            var row = destination.GetWritableRow(firstRow + hour);
            row.Clear();
            var observations = _observations.AsSpan(hour * _channels.Length, _channels.Length);
            foreach (var channel in _channels)
            {
                var observation = observations[channel.Index];
                if (!double.IsNaN(observation))
                {
                    current[channel.Index] = observation;
                    row[_valueColumnCount + channel.Index] = 1;
                }

                if (channel.IsCategorical)
                    row[channel.FirstColumn + (int)current[channel.Index]] = 1;
                else
                    row[channel.FirstColumn] = (float)(normalizer?.Normalize(channel, current[channel.Index]) ?? current[channel.Index]);
            }
        }
    }

    private void Observe(double time, Channel channel, double observation)
    {
        if (!(time >= -TimeTolerance))
            throw new ArgumentOutOfRangeException(nameof(time), time, "a measurement cannot lie before the start of the stay.");
        // Truncation, not floor: time 0 gives -0.000001, which is hour 0.
        var hour = (int)(time - TimeTolerance);
        if (hour < _hours)
            _observations[(hour * _channels.Length) + channel.Index] = observation;
    }
}
