using System.CommandLine;
using System.CommandLine.Invocation;
using Bench.Report.Terminal;

namespace Bench.Commands;

/// <summary>The program: its commands, its streams, and how it is stopped.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line to its end.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        // First: from here on a signal stops a command, and no longer cuts it off.
        using var interruption = new Interruption();
        var output = new LenientWriter(Console.Out);
        Console.SetOut(output);
        Console.SetError(new LenientWriter(Console.Error));
        var parsed = Parse(arguments);
        var exitCode = parsed.Action is ParseErrorAction
            ? UsageErrors.Report(parsed)
            // The library would end the process two seconds after a signal, in the middle of cleaning up.
            : await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, interruption.Token);
        if (output.HasFailed)
            Messages.Tell("warning: standard output took no more text; what was to be written to files is not affected.");
        return exitCode;
    }

    /// <summary>Parses a command line; without a command, options are those of the main job, which shows what the engine does.</summary>
    public static ParseResult Parse(string[] arguments)
    {
        var run = new RunCommand();
        var root = new RootCommand("Engine bench: exact neighbors, resampling, logistic regression and subgroup metrics on clinical data. Without a command: run.")
        {
            run, new PrioritizedCommand(), new EquityCommand(), new SynthesizeCommand(), new RepeatCommand(), new SimulateCommand(), new CompareCommand(), new KernelsCommand(), new RooflineCommand(), new ScaleCommand(), new RanksCommand(), new DevicesCommand(), new CheckDeviceCommand(), new CompletionCommand(),
        };
        // Options of the root itself, such as --help and --version, stay its own.
        var isOfRoot = arguments.Length > 0 && (!arguments[0].StartsWith('-') || root.Options.Any(option => option.Name == arguments[0] || option.Aliases.Contains(arguments[0])));
        return root.Parse(isOfRoot ? arguments : [run.Name, .. arguments]);
    }
}
