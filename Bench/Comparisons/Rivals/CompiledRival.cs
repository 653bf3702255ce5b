using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Comparisons.Arrays;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Rivals;

/// <summary>A C++ rival: a process a repetition, which times itself and leaves reading its input out.</summary>
/// <param name="name">One of <see cref="RivalName"/>.</param>
/// <param name="mode">What the program calls it, without the metric.</param>
/// <param name="peers">Compiles the program.</param>
internal sealed class CompiledRival(string name, string mode, CompiledPeers peers) : IRival
{
    private const double BytesPerMebibyte = 1 << 20;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public RivalResult Measure(RivalTask task, CancellationToken cancellation)
    {
        var (program, problem) = peers.Compile(cancellation);
        if (program is null)
            return RivalResult.Without(name, RivalStatus.Absent, problem!);
        try
        {
            return Repeat(program, task, cancellation);
        }
        catch (TimeoutException)
        {
            return RivalResult.Without(name, RivalStatus.TimedOut, $"not done in {task.Options.TimeoutSeconds:N0} s");
        }
        catch (JsonException error)
        {
            return RivalResult.Without(name, RivalStatus.Failed, $"its answer cannot be read: {error.Message}");
        }
    }

    private RivalResult Repeat(string program, RivalTask task, CancellationToken cancellation)
    {
        var (options, arrays) = (task.Options, task.Files.Arrays);
        var found = Path.Combine(task.Files.Folder, $"found-{mode}.i32");
        var (reference, queries) = task.Files.Raw;
        string[] arguments =
        [
            $"{mode}_{task.MetricName}", reference, queries, $"{arrays.Reference.RowCount}", $"{arrays.Queries.RowCount}", $"{arrays.Reference.FeatureCount}",
            $"{task.NeighborCount}", $"{options.Threads}", found,
        ];
        var load = LoadAverage.Read();
        var (repetitions, peak) = (new List<Timing>(), 0.0);
        while (repetitions.Count == 0 || (repetitions.Count < options.Repeats && repetitions.Sum(timing => timing.Total) < options.MaxSeconds))
        {
            var ended = ChildProcess.Run(program, arguments, options.Threads, TimeSpan.FromSeconds(options.TimeoutSeconds), cancellation);
            if (ended.ExitCode != 0)
                return RivalResult.Without(name, RivalStatus.Failed, ended.Reason);
            var answer = JsonSerializer.Deserialize<Answer>(ended.LastLine!)!;
            repetitions.Add(new Timing(answer.Fit, answer.Query));
            peak = Math.Max(peak, answer.PeakMebibytes);
        }

        return new RivalResult(name, RivalStatus.Measured, null)
        {
            Repetitions = repetitions,
            PeakGrowthBytes = GrowthOf(peak, arrays),
            Indices = ReadIndices(found),
            LoadBefore = load,
        };
    }

    /// <summary>Returns the peak of the process less its input; the program itself, some megabytes, stays in.</summary>
    private static long GrowthOf(double peakMebibytes, CaseArrays arrays) =>
        Math.Max(0, (long)(peakMebibytes * BytesPerMebibyte) - arrays.ReferenceBytes - arrays.QueryBytes);

    private static long[] ReadIndices(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var indices = MemoryMarshal.Cast<byte, int>(bytes);
        var rows = new long[indices.Length];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = indices[i];
        return rows;
    }

    /// <summary>The line that the program prints.</summary>
    private sealed record Answer(
        [property: JsonPropertyName("fit")] double Fit,
        [property: JsonPropertyName("query")] double Query,
        [property: JsonPropertyName("peak_rss_mb")] double PeakMebibytes);
}
