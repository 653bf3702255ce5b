namespace Bench.Comparisons.Rivals;

/// <summary>How a child process ended.</summary>
/// <param name="ExitCode">Its exit code; above 128 for a signal.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record ChildOutput(int ExitCode, string Output, string Error)
{
    private const int SignalOffset = 128;

    /// <summary>Gets why it failed, in one line: the last that it said.</summary>
    public string Reason => LastLineOf(Error) ?? LastLineOf(Output) ?? ExitReason;

    /// <summary>Gets the last line that it printed, where a result stands.</summary>
    public string? LastLine => LastLineOf(Output);

    private string ExitReason => ExitCode > SignalOffset ? $"killed by signal {ExitCode - SignalOffset}" : $"exit code {ExitCode}";

    private static string? LastLineOf(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
}
