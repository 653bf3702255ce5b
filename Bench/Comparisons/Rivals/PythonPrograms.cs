using System.Text.Json;

namespace Bench.Comparisons.Rivals;

/// <summary>The script that runs Python's libraries.</summary>
/// <param name="python">The interpreter.</param>
/// <param name="folder">An existing folder, which gets the script.</param>
internal sealed class PythonPrograms(string python, string folder)
{
    private const string ScriptName = "neighbor_rivals.py";

    private static readonly TimeSpan s_versionsTimeout = TimeSpan.FromMinutes(2);

    private readonly Lazy<string> _script = new(() =>
    {
        var path = Path.Combine(folder, ScriptName);
        using var source = typeof(PythonPrograms).Assembly.GetManifestResourceStream(ScriptName)!;
        using var file = File.Create(path);
        source.CopyTo(file);
        return path;
    });

    /// <summary>Gets the interpreter.</summary>
    public string Interpreter => python;

    /// <summary>Runs the script.</summary>
    /// <inheritdoc cref="ChildProcess.Run"/>
    public ChildOutput Run(IEnumerable<string> arguments, int threads, TimeSpan timeout, CancellationToken cancellation) =>
        ChildProcess.Run(python, [_script.Value, .. arguments], threads, timeout, cancellation);

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
}
