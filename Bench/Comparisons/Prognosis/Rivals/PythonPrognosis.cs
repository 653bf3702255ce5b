using System.Globalization;
using Bench.Comparisons.Measurement;
using Bench.Comparisons.Prognosis.Work;
using Bench.Comparisons.Rivals;
using Engine.Data;

namespace Bench.Comparisons.Prognosis.Rivals;

/// <summary>statsmodels and scikit-learn.</summary>
/// <param name="programs">Runs the script.</param>
internal sealed class PythonPrognosis(PythonPrograms programs) : IPrognosisRivals
{
    /// <inheritdoc/>
    public (RivalMeasurement Measured, double[] Found) Measure(string name, PreparedWork work, string folder, MeasureOptions options, CancellationToken cancellation)
    {
        var (expected, found) = (Path.Combine(folder, "expected.npy"), Path.Combine(folder, "found.npy"));
        NpyFile.Write<double>(expected, work.Expected);
        var load = LoadAverage.Read();
        return programs.Ask<Answer, (RivalMeasurement, double[])>(
            [work.RivalTask, name, folder, $"{options.Repeats}", Text(options.MaxSeconds), Text(work.RivalTolerance)],
            options,
            answer => (
                new RivalMeasurement(name, RivalStatus.Measured, null)
                {
                    Repetitions = answer.Seconds,
                    PeakGrowthBytes = answer.PeakGrowthBytes,
                    Note = answer.Note,
                    LoadBefore = load,
                },
                NpyFile.Read<double>(found).Values),
            (status, reason) => (new RivalMeasurement(name, status, reason), []),
            cancellation);
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The line that the script prints.</summary>
    private sealed record Answer(double[] Seconds, long? PeakGrowthBytes, string? Note);
}
