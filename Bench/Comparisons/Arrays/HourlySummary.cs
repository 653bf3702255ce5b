using Bench.Cohorts.Channels;
using Engine.Data;

namespace Bench.Comparisons.Arrays;

/// <summary>Summarizes the hours of a prefix in 714 numbers: 17 channels x 7 parts of the prefix x 6 statistics.</summary>
/// <remarks>
/// <para>A stand-in with the shape of the MIMIC-III benchmark's features of its logistic regression, for timing only; not those features: it summarizes hourly
/// values, of which most are carried forward from the last measurement, where the benchmark summarizes the measurements themselves.</para>
/// <para>Parts: all, first 10, 25, 50 %, last 10, 25, 50 % of the hours, one hour at least. Statistics: minimum, maximum, mean, deviation, skewness, and the
/// number of hours in which the channel was measured. A one-hot channel counts as the index of its level.</para>
/// <para>One object serves one thread; prefixes of one stay in a row share the reading of it.</para>
/// </remarks>
/// <param name="episodes">Hours in the 76 columns of the benchmark.</param>
internal sealed class HourlySummary(EpisodeStore episodes)
{
    /// <summary>The number of values of a prefix.</summary>
    public const int FeatureCount = BenchmarkChannels.Count * PartCount * StatisticCount;

    private const int PartCount = 7;
    private const int StatisticCount = 6;

    private static readonly double[] s_shares = [0.1, 0.25, 0.5];

    private readonly float[][] _values = new float[BenchmarkChannels.Count][];
    private readonly float[][] _masks = new float[BenchmarkChannels.Count][];
    private readonly float[] _hour = new float[BenchmarkChannels.ColumnCount];
    private int _stay = -1;

    /// <summary>Summarizes a prefix.</summary>
    /// <param name="prefix">The prefix, of one hour or more.</param>
    /// <param name="destination">Receives 714 numbers, all finite.</param>
    public void Write(PrefixSample prefix, Span<float> destination)
    {
        if (prefix.Stay != _stay)
            Load(prefix.Stay);
        var place = 0;
        for (var channel = 0; channel < BenchmarkChannels.Count; channel++)
        {
            var values = _values[channel].AsSpan(0, prefix.Hours);
            var masks = _masks[channel].AsSpan(0, prefix.Hours);
            Summarize(values, masks, destination[place..]);
            place += StatisticCount;
            foreach (var share in s_shares)
            {
                var length = Math.Max(1, (int)Math.Ceiling(share * prefix.Hours));
                Summarize(values[..length], masks[..length], destination[place..]);
                Summarize(values[^length..], masks[^length..], destination[(place + StatisticCount)..]);
                place += 2 * StatisticCount;
            }
        }
    }

    private static void Summarize(ReadOnlySpan<float> values, ReadOnlySpan<float> masks, Span<float> destination)
    {
        // Powers of the distance to the first value: those of a constant series are 0, not what rounding leaves.
        double first = values[0], sum = 0, squares = 0, cubes = 0;
        var (minimum, maximum, measured) = (values[0], values[0], 0f);
        for (var hour = 0; hour < values.Length; hour++)
        {
            var value = values[hour];
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
            measured += masks[hour];
            var difference = value - first;
            sum += difference;
            squares += difference * difference;
            cubes += difference * difference * difference;
        }

        var mean = sum / values.Length;
        var variance = Math.Max(0, (squares / values.Length) - (mean * mean));
        var deviation = Math.Sqrt(variance);
        var third = (cubes / values.Length) - (3 * mean * variance) - (mean * mean * mean);
        destination[0] = minimum;
        destination[1] = maximum;
        destination[2] = (float)(first + mean);
        destination[3] = (float)deviation;
        // Below this the third moment is rounding.
        destination[4] = deviation > 1e-5 * (1 + Math.Abs(mean)) ? (float)(third / (variance * deviation)) : 0;
        destination[5] = measured;
    }

    private void Load(int stay)
    {
        _stay = stay;
        var hours = episodes.HoursOf(stay);
        for (var channel = 0; channel < BenchmarkChannels.Count; channel++)
            (_values[channel], _masks[channel]) = (new float[hours], new float[hours]);
        for (var hour = 0; hour < hours; hour++)
        {
            episodes.Hours.CopyRow(episodes.RowOf(stay, hour), _hour);
            foreach (var channel in BenchmarkChannels.All)
            {
                _values[channel.Index][hour] = channel.IsCategorical ? LevelOf(channel) : _hour[channel.FirstColumn];
                _masks[channel.Index][hour] = _hour[BenchmarkChannels.ValueColumnCount + channel.Index];
            }
        }
    }

    private int LevelOf(Channel channel) => Math.Max(0, _hour.AsSpan(channel.FirstColumn, channel.ColumnCount).IndexOf(1f));
}

/// <summary>Writes the summaries of many prefixes into a matrix and standardizes its columns.</summary>
internal static class SummaryRows
{
    /// <summary>Prefixes that one thread takes at a time; those of a stay lie side by side where the caller keeps them in order.</summary>
    private const int PrefixesAtATime = 512;

    /// <summary>Summarizes prefixes, straight into the matrix.</summary>
    /// <param name="episodes">The stays.</param>
    /// <param name="prefixes">One prefix a row.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>n x 714, not standardized.</returns>
    public static SampleMatrix Summarize(EpisodeStore episodes, ReadOnlyMemory<PrefixSample> prefixes, CancellationToken cancellation)
    {
        var rows = SampleMatrix.Create(prefixes.Length, HourlySummary.FeatureCount);
        Parallel.For(
            0,
            (prefixes.Length + PrefixesAtATime - 1) / PrefixesAtATime,
            new ParallelOptions { CancellationToken = cancellation },
            () => new HourlySummary(episodes),
            (part, _, summary) =>
            {
                var end = Math.Min(prefixes.Length, (part + 1) * PrefixesAtATime);
                for (var row = part * PrefixesAtATime; row < end; row++)
                    summary.Write(prefixes.Span[row], rows.GetWritableRow(row));
                return summary;
            },
            static _ => { });
        return rows;
    }

    /// <summary>Replaces every value by its z-score; constant columns become 0.</summary>
    /// <param name="rows">A matrix with memory of its own.</param>
    /// <param name="scaler">Means and deviations of the reference.</param>
    /// <param name="cancellation">Stops the work, half done.</param>
    public static void Standardize(SampleMatrix rows, FeatureScaler scaler, CancellationToken cancellation)
    {
        // In place: a row is copied onto itself, then scaled.
        var scaled = scaler.Transform(rows);
        Parallel.For(0L, rows.RowCount, new ParallelOptions { CancellationToken = cancellation }, row => scaled.CopyRow(row, rows.GetWritableRow(row)));
    }
}
