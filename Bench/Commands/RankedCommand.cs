using Bench.Report.Terminal;
using Bench.Studies;
using Engine.Collectives;
using Engine.Mpi;

namespace Bench.Commands;

/// <summary>Runs a command that several processes can do together: on those that mpirun started, or on this one alone.</summary>
internal static class RankedCommand
{
    /// <summary>Runs a command.</summary>
    /// <param name="command">What every rank does; it returns the exit code.</param>
    /// <returns>The exit code of this process; an error of a rank ends all of them.</returns>
    public static int Run(Func<ICollective, int> command)
    {
        if (!MpiRanks.AreStarted)
            return UserErrors.Report(() => command(OneProcess.Instance));
        var exitCode = ExitCode.Failed;
        try
        {
            MpiRanks.Run(ranks => exitCode = command(ranks), static error => UserErrors.Describe(error) is { } message ? Messages.LineOf(message) : error.ToString());
            return exitCode;
        }
        catch (InvalidOperationException error)
        {
            // There are no ranks; an error of one would have ended the process, and the others.
            Messages.Tell($"error: {UserText.Of(error)}");
            return ExitCode.Failed;
        }
    }
}
