using Bench.Cohorts;
using Bench.Report.Terminal;
using Spectre.Console;

namespace Bench.Report;

/// <summary>Shows how far long work is: bars in a terminal, now and then a line where output goes to a file or a log.</summary>
/// <remarks>On standard error: standard output is for results.</remarks>
public static class ConsoleProgress
{
    /// <summary>Runs work and shows its progress, which it may report from any thread.</summary>
    /// <param name="work">The work; an exception of it comes out of this method as it is.</param>
    /// <param name="isShown">False to show nothing.</param>
    /// <param name="console">Where to show progress; standard error when null.</param>
    /// <typeparam name="TResult">What the work returns.</typeparam>
    /// <returns>The result of the work.</returns>
    public static TResult Run<TResult>(Func<IProgress<CohortProgress>, TResult> work, bool isShown = true, IAnsiConsole? console = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!isShown)
            return work(new NoProgress());
        console ??= StandardConsole.Of(Console.Error, Console.IsErrorRedirected);
        var (profile, capabilities) = (console.Profile, console.Profile.Capabilities);
        if (!capabilities.Interactive || !capabilities.Ansi || !profile.Out.IsTerminal)
            return work(new LineProgress(console, TimeProvider.System));

        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new AmountColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var progress = new BarProgress(context);
                var result = work(progress);
                progress.Finish();
                return result;
            });
    }

    private sealed class NoProgress : IProgress<CohortProgress>
    {
        public void Report(CohortProgress value)
        {
        }
    }
}
