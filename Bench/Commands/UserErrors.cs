using System.Runtime.ExceptionServices;
using Bench.Cohorts;
using Bench.Report;
using Bench.Report.Terminal;
using Bench.Studies;
using Engine.Gpu;

namespace Bench.Commands;

/// <summary>Turns errors that the user can mend into one line on standard error and an exit code; all others are bugs and keep their stack trace.</summary>
internal static class UserErrors
{
    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code, or that of the error.</returns>
    public static int Report(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception error) when (Describe(error) is { } message)
        {
            Messages.Tell(message);
            return FirstOf(error) is OperationCanceledException ? ExitCode.Interrupted : ExitCode.Failed;
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(FirstOf(error));
            throw;
        }
    }

    /// <summary>Says what the user needs to know of an error.</summary>
    /// <returns>One line; null for a bug.</returns>
    public static string? Describe(Exception error) => FirstOf(error) switch
    {
        OperationCanceledException => "Stopped; nothing was written.",
        OutOfMemoryException memory => $"error: {MemoryNeed.Describe(memory)}",
        (CohortFormatException or ResultFolderException or KeyNotFoundException or ArgumentException or AcceleratorException or IOException or InvalidDataException or UnauthorizedAccessException) and var first => $"error: {UserText.Of(first)}",
        _ => null,
    };

    /// <summary>Parallel work wraps what its threads threw; the first error says more than that others were stopped by it.</summary>
    private static Exception FirstOf(Exception error) =>
        error is AggregateException several ? several.Flatten().InnerExceptions.OrderBy(inner => inner is OperationCanceledException).First() : error;
}
