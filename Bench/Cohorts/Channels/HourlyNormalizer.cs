using System.Collections.Immutable;
using System.Globalization;

namespace Bench.Cohorts.Channels;

/// <summary>Centers and scales the twelve continuous columns of an hour; one-hot columns and masks stay 0 and 1.</summary>
public sealed class HourlyNormalizer
{
    /// <summary>Creates a normalizer from the statistics of all 76 columns.</summary>
    /// <param name="means">One mean a column.</param>
    /// <param name="standardDeviations">One standard deviation a column, above 0.</param>
    /// <exception cref="ArgumentException">There are not 76 of each, or a value is not finite, or a standard deviation is not positive.</exception>
    public HourlyNormalizer(ImmutableArray<double> means, ImmutableArray<double> standardDeviations)
    {
        if (means.Length != BenchmarkChannels.ColumnCount || !means.All(double.IsFinite))
            throw new ArgumentException($"{BenchmarkChannels.ColumnCount} finite means are needed.", nameof(means));
        if (standardDeviations.Length != BenchmarkChannels.ColumnCount || !standardDeviations.All(value => double.IsFinite(value) && value > 0))
            throw new ArgumentException($"{BenchmarkChannels.ColumnCount} finite and positive standard deviations are needed.", nameof(standardDeviations));
        Means = means;
        StandardDeviations = standardDeviations;
    }

    /// <summary>Gets the mean of every column.</summary>
    public ImmutableArray<double> Means { get; }

    /// <summary>Gets the standard deviation of every column.</summary>
    public ImmutableArray<double> StandardDeviations { get; }

    /// <summary>Returns the normalizer that the benchmark publishes for a task.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The published state, outliers and all: the spread of oxygen saturation is over 1,000 in it.</returns>
    public static HourlyNormalizer Published(Mimic3Task task)
    {
        var name = task == Mimic3Task.InHospitalMortality ? "normalizer-in-hospital-mortality.csv" : "normalizer-decompensation.csv";
        using var reader = new StreamReader(typeof(HourlyNormalizer).Assembly.GetManifestResourceStream(name)!);
        // The first line names the source, the second the columns.
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(line => line.Split(',')).ToArray();
        return new HourlyNormalizer([.. rows.Select(row => Parse(row[1]))], [.. rows.Select(row => Parse(row[2]))]);
    }

    /// <summary>Normalizes a value of a continuous channel.</summary>
    /// <param name="channel">A continuous channel.</param>
    /// <param name="value">The raw value.</param>
    /// <returns>(value - mean) / standard deviation.</returns>
    public double Normalize(Channel channel, double value)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return (value - Means[channel.FirstColumn]) / StandardDeviations[channel.FirstColumn];
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
