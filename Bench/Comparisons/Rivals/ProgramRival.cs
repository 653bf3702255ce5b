using System.Globalization;
using System.Text.Json;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Rivals;

/// <summary>A library in a process of its own, which repeats the work and times itself; reading its input is left out.</summary>
/// <remarks>
/// The program is told TASK LIBRARY FOLDER REPEATS MAX_SECONDS THREADS and the numbers of the task. It writes what it found to found.npy and prints a line of
/// JSON: the seconds of every repetition by phase, how far it grew, its version and how it was used. Exit code 3 says that the library is missing.
/// </remarks>
/// <param name="name">Its name; the program knows it by the same.</param>
/// <param name="program">Runs it.</param>
internal sealed class ProgramRival(string name, IRivalProgram program) : IRival
{
    private const int LibraryAbsent = 3;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public Contender Measure(RivalTask task, CancellationToken cancellation)
    {
        var (command, problem) = program.Prepare(cancellation);
        if (problem is not null)
            return new Contender(name, ContenderStatus.Absent, problem);
        var (options, load) = (task.Options, LoadAverage.Read());
        string[] arguments =
        [
            .. command[1..], task.Arguments[0], name, task.Folder, $"{options.Repeats}", options.MaxSeconds.ToString(CultureInfo.InvariantCulture), $"{options.Threads}",
            .. task.Arguments.Skip(1),
        ];
        try
        {
            var ended = ChildProcess.Run(command[0], arguments, options.Threads, TimeSpan.FromSeconds(options.TimeoutSeconds), cancellation);
            if (ended.ExitCode != 0)
                return new Contender(name, ended.ExitCode == LibraryAbsent ? ContenderStatus.Absent : ContenderStatus.Failed, ended.Reason);
            var answer = JsonSerializer.Deserialize<Answer>(ended.LastLine ?? "", s_json)!;
            return new Contender(name, ContenderStatus.Measured)
            {
                Version = answer.Version,
                Repetitions = answer.Seconds,
                PeakGrowthBytes = answer.PeakGrowthBytes,
                Note = answer.Note,
                LoadBefore = load,
            };
        }
        catch (FileNotFoundException)
        {
            return new Contender(name, ContenderStatus.Absent, $"there is no {command[0]}");
        }
        catch (TimeoutException)
        {
            return new Contender(name, ContenderStatus.TimedOut, $"not done in {options.TimeoutSeconds:N0} s");
        }
        catch (JsonException error)
        {
            return new Contender(name, ContenderStatus.Failed, $"its answer cannot be read: {error.Message}");
        }
    }

    /// <summary>The line that the program prints.</summary>
    private sealed record Answer(double[][] Seconds, long? PeakGrowthBytes, string? Version, string? Note);
}
