using System.Globalization;
using System.Text.Json;
using Bench.Comparisons.Measurement;
using Engine.Data;

namespace Bench.Comparisons.Rivals;

/// <summary>A Python library.</summary>
/// <param name="name">One of <see cref="RivalName"/>; the script knows libraries by the same names.</param>
/// <param name="programs">Runs the script.</param>
internal sealed class PythonRival(string name, PythonPrograms programs) : IRival
{
    /// <summary>The exit code by which the script says that a package is missing.</summary>
    private const int PackageAbsent = 3;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public RivalResult Measure(RivalTask task, CancellationToken cancellation)
    {
        var found = Path.Combine(task.Files.Folder, $"found-{name}.npy");
        var (reference, queries) = task.Files.Npy;
        var load = LoadAverage.Read();
        try
        {
            var ended = programs.Run(
                ["search", name, task.MetricName, reference, queries, .. Numbers(task), found],
                task.Options.Threads,
                TimeSpan.FromSeconds(task.Options.TimeoutSeconds),
                cancellation);
            if (ended.ExitCode == 0)
                return Read(JsonSerializer.Deserialize<Answer>(ended.LastLine!, s_json)!, found) with { LoadBefore = load };
            return RivalResult.Without(name, ended.ExitCode == PackageAbsent ? RivalStatus.Absent : RivalStatus.Failed, ended.Reason);
        }
        catch (FileNotFoundException)
        {
            return RivalResult.Without(name, RivalStatus.Absent, $"there is no {programs.Interpreter}");
        }
        catch (TimeoutException)
        {
            return RivalResult.Without(name, RivalStatus.TimedOut, $"not done in {task.Options.TimeoutSeconds:N0} s");
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            return RivalResult.Without(name, RivalStatus.Failed, $"its answer cannot be read: {error.Message}");
        }
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
