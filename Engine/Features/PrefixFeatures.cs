using Engine.Diagnostics;

namespace Engine.Features;

/// <summary>The features of the MIMIC-III benchmark's logistic regression: 6 statistics of 7 sub-periods of every channel; 714 for its 17 channels.</summary>
/// <remarks>
/// <code>
/// feature index = (channel x 7 + sub-period) x 6 + statistic
/// sub-periods     all, first 10, 25, 50 %, last 10, 25, 50 %, of the time from the channel's own first to its own last measurement in the prefix
/// statistics      minimum, maximum, mean, deviation (ddof 0), skewness (biased), count
/// </code>
/// <para><b>NaN</b>: the 42 features of a channel without a measurement in the prefix.</para>
/// <para><b>Cost</b>: <see cref="Compute"/> reads a prefix whole, seven times; for many prefixes of a stay take <see cref="PrefixWalk"/>, which gives the same bits.</para>
/// <para><b>Source</b>: Harutyunyan et al., YerevaNN/mimic3-benchmarks, feature_extractor.py with period "all" and features "all".</para>
/// </remarks>
public static class PrefixFeatures
{
    /// <summary>The number of features of a channel.</summary>
    public const int CountPerChannel = SubPeriods.Count * SixStatistics.Count;

    /// <summary>Returns the number of features of a prefix.</summary>
    /// <param name="channelCount">The number of channels, 1 or more.</param>
    /// <returns>42 a channel.</returns>
    public static int CountFor(int channelCount) => channelCount * CountPerChannel;

    /// <summary>Returns the names of the features, such as "Heart Rate|last25|mean".</summary>
    /// <param name="channelNames">One name a channel.</param>
    /// <returns>One name a feature, in the order in which they are written.</returns>
    public static IReadOnlyList<string> NamesFor(IReadOnlyList<string> channelNames)
    {
        ArgumentNullException.ThrowIfNull(channelNames);
        return [.. from channel in channelNames from period in SubPeriods.Names from statistic in SixStatistics.Names select $"{channel}|{period}|{statistic}"];
    }

    /// <summary>Computes the features of one prefix of a stay.</summary>
    /// <param name="stay">The stay.</param>
    /// <param name="endTime">The length of the prefix in hours; a measurement up to 10^-6 hours later still belongs to it.</param>
    /// <param name="destination">At least 42 values a channel.</param>
    /// <param name="options">The skewness of constants; the defaults when null.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static void Compute(StayMeasurements stay, double endTime, Span<float> destination, PrefixFeatureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stay);
        CheckDestination(stay.ChannelCount, destination);
        options ??= PrefixFeatureOptions.Default;
        for (var channel = 0; channel < stay.ChannelCount; channel++)
        {
            var series = stay.Series(channel);
            var count = 0;
            while (count < series.Count && series.Times[count] <= endTime + SubPeriods.Tolerance)
                count++;
            ComputeChannel(series.Times[..count], series.Values[..count], options.ConstantSkewness, destination.Slice(channel * CountPerChannel, CountPerChannel));
        }
    }

    /// <summary>Throws when the features of a prefix do not fit.</summary>
    internal static void CheckDestination(int channelCount, ReadOnlySpan<float> destination)
    {
        if (destination.Length < CountFor(channelCount))
            Throw.Argument_DestinationTooShort(nameof(destination), destination.Length, CountFor(channelCount));
    }

    private static void ComputeChannel(ReadOnlySpan<double> times, ReadOnlySpan<double> values, float constantSkewness, Span<float> destination)
    {
        if (times.IsEmpty)
        {
            destination.Fill(float.NaN);
            return;
        }

        var (begin, end) = (times[0], times[^1]);
        var scratch = new double[3 * times.Length];
        var written = 0;
        WritePart(times, values, begin, begin + SubPeriods.LengthOf(begin, end, 100), scratch, constantSkewness, destination[written..]);
        foreach (var percent in SubPeriods.Percents)
        {
            written += SixStatistics.Count;
            WritePart(times, values, begin, begin + SubPeriods.LengthOf(begin, end, percent), scratch, constantSkewness, destination[written..]);
        }

        foreach (var percent in SubPeriods.Percents)
        {
            written += SixStatistics.Count;
            WritePart(times, values, end - SubPeriods.LengthOf(begin, end, percent), end, scratch, constantSkewness, destination[written..]);
        }
    }

    private static void WritePart(
        ReadOnlySpan<double> times, ReadOnlySpan<double> values, double begin, double end, Span<double> scratch, float constantSkewness, Span<float> destination)
    {
        var count = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (begin - SubPeriods.Tolerance < times[i] && times[i] < end + SubPeriods.Tolerance)
                scratch[count++] = values[i];
        }

        SixStatistics.Write(scratch[..count], constantSkewness, scratch[count..], destination);
    }
}
