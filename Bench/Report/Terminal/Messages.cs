using Bench.Cohorts;

namespace Bench.Report.Terminal;

/// <summary>One-line messages; of text from files only what is printable reaches the terminal.</summary>
internal static class Messages
{
    private const int LongestMessage = 2000;

    /// <summary>Tells something beside the results: on standard error.</summary>
    public static void Tell(string message) => Console.Error.WriteLine(LineOf(message));

    /// <summary>Says what a command has to say: on standard output.</summary>
    public static void Say(string message) => Console.Out.WriteLine(LineOf(message));

    /// <summary>Returns what of a message is shown.</summary>
    public static string LineOf(string message) => PrintableText.Of(message, LongestMessage);
}
