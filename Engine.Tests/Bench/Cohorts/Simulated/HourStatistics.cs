using Bench.Cohorts.Channels;
using Engine.Data;

namespace Engine.Tests.Bench.Cohorts.Simulated;

/// <summary>Moments of one raw column over all hours, and how far chance may move its mean.</summary>
/// <param name="Mean">The mean of the hours that count.</param>
/// <param name="StandardDeviation">Their standard deviation.</param>
/// <param name="StandardError">Of the mean. Hours of a stay are alike, so it is stays that are counted: the square root of the sum over stays of (sum -
/// hours x mean)^2, over all hours.</param>
internal readonly record struct HourStatistics(double Mean, double StandardDeviation, double StandardError)
{
    /// <summary>Computes the moments of a column.</summary>
    /// <param name="episodes">Normalized hours.</param>
    /// <param name="column">The column, 0 to 75.</param>
    /// <param name="counts">Which raw values count.</param>
    public static HourStatistics Of(EpisodeStore episodes, int column, Func<double, bool> counts)
    {
        var raw = RawColumn(episodes, column);
        var kept = raw.Where(counts).ToArray();
        var mean = kept.Average();
        var squares = 0.0;
        for (int stay = 0, hour = 0; stay < episodes.StayCount; stay++)
        {
            var deviation = 0.0;
            for (var end = hour + episodes.HoursOf(stay); hour < end; hour++)
                deviation += counts(raw[hour]) ? raw[hour] - mean : 0;
            squares += deviation * deviation;
        }

        return new HourStatistics(mean, Math.Sqrt(kept.Sum(value => (value - mean) * (value - mean)) / kept.Length), Math.Sqrt(squares) / kept.Length);
    }

    /// <summary>Returns a column with its normalization undone.</summary>
    public static double[] RawColumn(EpisodeStore episodes, int column)
    {
        var normalizer = HourlyNormalizer.Published(Mimic3Task.Decompensation);
        var isNormalized = BenchmarkChannels.All.Any(channel => !channel.IsCategorical && channel.FirstColumn == column);
        var (mean, deviation) = isNormalized ? (normalizer.Means[column], normalizer.StandardDeviations[column]) : (0, 1);
        var row = new float[BenchmarkChannels.ColumnCount];
        var raw = new double[episodes.Hours.RowCount];
        for (var hour = 0; hour < raw.Length; hour++)
        {
            episodes.Hours.CopyRow(hour, row);
            raw[hour] = mean + (deviation * row[column]);
        }

        return raw;
    }
}
