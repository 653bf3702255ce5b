using System.Globalization;
using Bench.Comparisons.Measurement;
using Engine.Data;

namespace Bench.Comparisons.Rivals;

/// <summary>A Python library.</summary>
/// <param name="name">One of <see cref="RivalName"/>; the script knows libraries by the same names.</param>
/// <param name="programs">Runs the script.</param>
internal sealed class PythonRival(string name, PythonPrograms programs) : IRival
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public RivalResult Measure(RivalTask task, CancellationToken cancellation)
    {
        var found = Path.Combine(task.Files.Folder, $"found-{name}.npy");
        var (reference, queries) = task.Files.Npy;
        var load = LoadAverage.Read();
        return programs.Ask<Answer, RivalResult>(
            ["search", name, task.MetricName, reference, queries, .. Numbers(task), found],
            task.Options,
            answer => Read(answer, found) with { LoadBefore = load },
            (status, reason) => RivalResult.Without(name, status, reason),
            cancellation);
    }

    private static string[] Numbers(RivalTask task) =>
    [
        $"{task.NeighborCount}", $"{task.Options.Threads}", $"{task.Options.Repeats}", task.Options.MaxSeconds.ToString(CultureInfo.InvariantCulture),
    ];

    private RivalResult Read(Answer answer, string found) => new(name, RivalStatus.Measured, null)
    {
        Repetitions = [.. answer.Build.Zip(answer.Search, (build, search) => new Timing(build, search))],
        PeakGrowthBytes = answer.PeakGrowthBytes,
        Indices = NpyFile.Read<long>(found).Values,
    };

    /// <summary>The line that the script prints.</summary>
    private sealed record Answer(double[] Build, double[] Search, long? PeakGrowthBytes);
}
