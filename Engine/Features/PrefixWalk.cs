using Engine.Diagnostics;

namespace Engine.Features;

/// <summary>Computes the features of all prefixes of a stay in one walk over it.</summary>
/// <remarks>
/// <code>
/// var walk = new PrefixWalk(stay.ChannelCount);
/// walk.Begin(stay);
/// for (var hours = 5; hours &lt;= 200; hours++)
///     walk.Write(hours, samples.GetWritableRow(hours - 5));
/// </code>
/// <para><b>Computes</b>: the features of <see cref="PrefixFeatures.Compute"/>, bit by bit.</para>
/// <para><b>Cost</b>: constant for each channel with a new measurement, a copy for the others; memory for the longest stay, kept from stay to stay.
/// Not safe for several threads at once.</para>
/// </remarks>
public sealed class PrefixWalk
{
    private readonly ChannelWalk[] _channels;
    private readonly float[] _features;
    private double _endTime = double.NaN;

    /// <summary>Creates a walk; <see cref="Begin"/> names its first stay.</summary>
    /// <param name="channelCount">The number of channels, 1 to <see cref="StayMeasurements.MaxChannelCount"/>.</param>
    /// <param name="options">The skewness of constants; the defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is outside its range.</exception>
    public PrefixWalk(int channelCount, PrefixFeatureOptions? options = null)
    {
        if (channelCount is < 1 or > StayMeasurements.MaxChannelCount)
            Throw.ArgumentOutOfRange(nameof(channelCount), channelCount, $"1 to {StayMeasurements.MaxChannelCount:N0}");
        options ??= PrefixFeatureOptions.Default;
        _channels = new ChannelWalk[channelCount];
        for (var channel = 0; channel < channelCount; channel++)
            _channels[channel] = new ChannelWalk(options.ConstantSkewness);
        _features = new float[PrefixFeatures.CountFor(channelCount)];
    }

    /// <summary>Gets the number of features of a prefix.</summary>
    public int FeatureCount => _features.Length;

    /// <summary>Gets how many runs of measurements were summed anew, because a bound left two float32 to choose from.</summary>
    internal long DoubtCount => _channels.Sum(channel => channel.DoubtCount);

    /// <summary>Starts a stay.</summary>
    /// <param name="stay">The stay; not changed until the next begins.</param>
    /// <exception cref="ArgumentException">The stay has another number of channels.</exception>
    public void Begin(StayMeasurements stay)
    {
        ArgumentNullException.ThrowIfNull(stay);
        if (stay.ChannelCount != _channels.Length)
            Throw.Argument_Invalid(nameof(stay), $"stay has {stay.ChannelCount:N0} channels where the walk has {_channels.Length:N0}; create a walk for as many.");
        for (var channel = 0; channel < _channels.Length; channel++)
            _channels[channel].Begin(stay.Series(channel));
        _features.AsSpan().Fill(float.NaN);
        _endTime = double.NegativeInfinity;
    }

    /// <summary>Writes the features of a prefix.</summary>
    /// <param name="endTime">The length of the prefix in hours, not less than that of the one before.</param>
    /// <param name="destination">At least <see cref="FeatureCount"/> values.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is shorter than the one before.</exception>
    /// <exception cref="InvalidOperationException">No stay has begun.</exception>
    public void Write(double endTime, Span<float> destination)
    {
        PrefixFeatures.CheckDestination(_channels.Length, destination);
        if (double.IsNaN(_endTime))
            Throw.InvalidOperation("no stay has begun; call Begin first.");
        if (!(endTime >= _endTime))
            Throw.ArgumentOutOfRange(nameof(endTime), endTime, $"{_endTime} or more, the length of the prefix before; take prefixes in order of length, or begin the stay anew");
        _endTime = endTime;
        for (var channel = 0; channel < _channels.Length; channel++)
            _channels[channel].MoveTo(endTime, _features.AsSpan(channel * PrefixFeatures.CountPerChannel, PrefixFeatures.CountPerChannel));
        _features.CopyTo(destination);
    }
}
