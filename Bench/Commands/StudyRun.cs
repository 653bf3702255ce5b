using System.CommandLine;
using System.Diagnostics;
using Bench.Cohorts;
using Bench.Report;
using Bench.Report.Results;
using Bench.Report.Terminal;
using Engine.Collectives;

namespace Bench.Commands;

/// <summary>A study from its start to its folder of results.</summary>
internal static class StudyRun
{
    /// <summary>Does the study, writes what it found and shows a summary.</summary>
    /// <typeparam name="TResult">What the study found.</typeparam>
    /// <param name="arguments">The command line.</param>
    /// <param name="ranks">The processes that do the study together; rank 0 alone shows and writes.</param>
    /// <param name="folder">The folder of results.</param>
    /// <param name="isQuiet">Whether neither progress nor summary is shown.</param>
    /// <param name="isJson">Whether results.json is printed in place of the summary.</param>
    /// <param name="study">Reads the cohort and does the work.</param>
    /// <param name="write">Writes the results.</param>
    /// <param name="print">Shows a summary.</param>
    /// <returns>The exit code.</returns>
    public static int Do<TResult>(
        ParseResult arguments, ICollective ranks, string folder, bool isQuiet, bool isJson, Func<IProgress<CohortProgress>, TResult> study, Action<TResult, RunInfo> write, Action<TResult> print)
    {
        if (ranks.Rank > 0)
        {
            ConsoleProgress.Run(study, isShown: false);
            return ExitCode.Done;
        }

        var (startedAt, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        // Before the work: hours of it must not end at a folder that cannot be written to.
        ResultFolder.CheckWritable(folder, Messages.Tell);
        var result = ConsoleProgress.Run(study, isShown: !isQuiet);
        write(result, new RunInfo([.. arguments.Tokens.Select(token => token.Value)], startedAt, clock.Elapsed));
        if (isJson)
            ResultsFile.Print(folder, Console.Out);
        else if (!isQuiet)
            print(result);
        return ExitCode.Done;
    }
}
