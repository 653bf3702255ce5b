using System.Globalization;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Resampling.Cases;
using Bench.Comparisons.Rivals;
using Engine.Data;

namespace Bench.Comparisons.Resampling.Rivals;

/// <summary>imbalanced-learn, with its default options.</summary>
/// <param name="programs">Runs the script.</param>
internal sealed class ImbalancedLearn(PythonPrograms programs) : ISamplerRival
{
    /// <summary>Its name, as tables and bars spell it.</summary>
    public const string Name = "imbalanced-learn";

    /// <inheritdoc/>
    public RivalMeasurement Measure(SamplerCase planned, LabeledSamples rows, string folder, MeasureOptions options, CancellationToken cancellation)
    {
        var (samples, labels, found) = (Path.Combine(folder, "samples.npy"), Path.Combine(folder, "labels.npy"), Path.Combine(folder, "found.npy"));
        NpyFile.Write(samples, rows.Rows);
        NpyFile.Write(labels, rows.Labels.Values);
        var load = LoadAverage.Read();
        return programs.Ask<Answer, RivalMeasurement>(
            ["sample", planned.Method.Name, samples, labels, $"{options.Repeats}", options.MaxSeconds.ToString(CultureInfo.InvariantCulture), found],
            options,
            answer => new RivalMeasurement(Name, RivalStatus.Measured, null)
            {
                Repetitions = answer.Seconds,
                PeakGrowthBytes = answer.PeakGrowthBytes,
                LoadBefore = load,
                Found = NpyFile.Read<long>(found).Values,
            },
            (status, reason) => new RivalMeasurement(Name, status, reason),
            cancellation);
    }

    /// <summary>The line that the script prints.</summary>
    private sealed record Answer(double[] Seconds, long? PeakGrowthBytes);
}
