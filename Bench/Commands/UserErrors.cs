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
        catch (OperationCanceledException)
        {
            Messages.Tell("Stopped; nothing was written.");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is CohortFormatException or ResultFolderException or KeyNotFoundException or ArgumentException or AcceleratorException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Messages.Tell($"error: {UserText.Of(error)}");
            return ExitCode.Failed;
        }
        catch (OutOfMemoryException error)
        {
            Messages.Tell($"error: {MemoryNeed.Describe(error)}");
            return ExitCode.Failed;
        }
        catch (AggregateException error)
        {
            // Parallel work wraps what its threads threw; the first error says more than that others were stopped by it.
            var first = error.Flatten().InnerExceptions.OrderBy(inner => inner is OperationCanceledException).First();
            return Report(() =>
            {
                ExceptionDispatchInfo.Throw(first);
                return ExitCode.Failed;
            });
        }
    }
}
