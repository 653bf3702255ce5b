using System.Text.Json;

namespace Bench.Comparisons.Rivals;

/// <summary>The script of a family of work, which runs Python's libraries.</summary>
/// <param name="python">The interpreter.</param>
/// <param name="folder">An existing folder, which gets the scripts.</param>
/// <param name="script">The name of the script, a resource of this program.</param>
internal sealed class PythonProgram(string python, string folder, string script) : IRivalProgram
{
    /// <summary>What the scripts share; they import it from their folder.</summary>
    private const string SharedScript = "rivals.py";

    private static readonly TimeSpan s_versionsTimeout = TimeSpan.FromMinutes(2);

    private string[]? _command;

    /// <inheritdoc/>
    public (string[] Command, string? Problem) Prepare(CancellationToken cancellation)
    {
        if (_command is null)
        {
            ProgramResource.Write(SharedScript, folder);
            _command = [python, ProgramResource.Write(script, folder)];
        }

        return (_command, null);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Versions(int threads, CancellationToken cancellation)
    {
        try
        {
            var ended = ChildProcess.Run(python, [.. Prepare(cancellation).Command[1..], "versions"], threads, s_versionsTimeout, cancellation);
            return ended.ExitCode == 0
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(ended.LastLine ?? "")!
                : new Dictionary<string, string> { ["python"] = ended.Reason };
        }
        catch (Exception error) when (error is FileNotFoundException or TimeoutException or JsonException)
        {
            return new Dictionary<string, string> { ["python"] = "absent" };
        }
    }
}
