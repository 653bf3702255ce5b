using System.Text.Json;
using Bench.Comparisons.Measurement;

namespace Bench.Comparisons.Rivals;

/// <summary>The script that runs Python's libraries.</summary>
/// <param name="python">The interpreter.</param>
/// <param name="folder">An existing folder, which gets the scripts.</param>
/// <param name="scriptName">The name of the script, a resource of this program.</param>
internal sealed class PythonPrograms(string python, string folder, string scriptName = PythonPrograms.NeighborScript)
{
    /// <summary>The script that searches for neighbors.</summary>
    public const string NeighborScript = "neighbor_rivals.py";

    /// <summary>The script that resamples.</summary>
    public const string ResamplingScript = "resampling_rivals.py";

    /// <summary>The script that fits logistic regressions and computes metrics.</summary>
    public const string PrognosisScript = "prognosis_rivals.py";

    /// <summary>The script that runs the study of synthetic rows.</summary>
    public const string EquityScript = "equity_rivals.py";

    /// <summary>What the scripts share; they import it from their folder.</summary>
    private const string SharedScript = "rivals.py";

    /// <summary>The exit code by which a script says that a package is missing.</summary>
    private const int PackageAbsent = 3;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private static readonly TimeSpan s_versionsTimeout = TimeSpan.FromMinutes(2);

    private readonly Lazy<string> _script = new(() =>
    {
        Write(SharedScript, folder);
        return Write(scriptName, folder);
    });

    private ChildOutput Run(IEnumerable<string> arguments, int threads, TimeSpan timeout, CancellationToken cancellation) =>
        ChildProcess.Run(python, [_script.Value, .. arguments], threads, timeout, cancellation);

    /// <summary>Runs the script and reads the line that it prints at the end; whatever goes wrong is a result with a reason.</summary>
    /// <typeparam name="TAnswer">The line, in JSON.</typeparam>
    /// <typeparam name="TResult">What the caller makes of it.</typeparam>
    /// <param name="arguments">The arguments of the script.</param>
    /// <param name="options">How many threads, and when to stop it.</param>
    /// <param name="read">Makes a result of an answer.</param>
    /// <param name="without">Makes a result of a status and a reason.</param>
    /// <param name="cancellation">Stops it too.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public TResult Ask<TAnswer, TResult>(
        IEnumerable<string> arguments, MeasureOptions options, Func<TAnswer, TResult> read, Func<RivalStatus, string, TResult> without, CancellationToken cancellation)
    {
        try
        {
            var ended = Run(arguments, options.Threads, TimeSpan.FromSeconds(options.TimeoutSeconds), cancellation);
            return ended.ExitCode == 0
                ? read(JsonSerializer.Deserialize<TAnswer>(ended.LastLine!, s_json)!)
                : without(ended.ExitCode == PackageAbsent ? RivalStatus.Absent : RivalStatus.Failed, ended.Reason);
        }
        catch (FileNotFoundException)
        {
            return without(RivalStatus.Absent, $"there is no {python}");
        }
        catch (TimeoutException)
        {
            return without(RivalStatus.TimedOut, $"not done in {options.TimeoutSeconds:N0} s");
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            return without(RivalStatus.Failed, $"its answer cannot be read: {error.Message}");
        }
    }

    /// <summary>Asks for the versions of the libraries, and how they were compiled.</summary>
    /// <param name="threads">The number of threads, which libraries tell too.</param>
    /// <param name="cancellation">Stops asking.</param>
    /// <returns>Names and versions; of what is absent, that it is.</returns>
    public IReadOnlyDictionary<string, string> Versions(int threads, CancellationToken cancellation)
    {
        try
        {
            var ended = Run(["versions"], threads, s_versionsTimeout, cancellation);
            return ended.ExitCode == 0
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(ended.LastLine!)!
                : new Dictionary<string, string> { ["python"] = ended.Reason };
        }
        catch (Exception error) when (error is FileNotFoundException or TimeoutException or JsonException)
        {
            return new Dictionary<string, string> { ["python"] = "absent" };
        }
    }

    private static string Write(string scriptName, string folder)
    {
        var path = Path.Combine(folder, scriptName);
        using var source = typeof(PythonPrograms).Assembly.GetManifestResourceStream(scriptName)!;
        using var file = File.Create(path);
        source.CopyTo(file);
        return path;
    }
}
