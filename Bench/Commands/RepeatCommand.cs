using System.CommandLine;
using System.CommandLine.Invocation;
using Bench.Report;
using Bench.Report.Results;
using Bench.Report.Terminal;

namespace Bench.Commands;

/// <summary>The command <c>repeat</c>: the command line that a folder of results was made by, once more, and whether every number is the same.</summary>
internal sealed class RepeatCommand : Command
{
    private const string OutOption = "--out";
    private const string JournalOption = "--journal";
    private const string SaveRowsOption = "--save-rows";
    private const string SavePredictionsOption = "--save-predictions";

    private static readonly string[] s_studies = ["run", "prioritized", "equity"];

    private readonly Argument<string> _folder = new("DIR") { Description = "Folder of results of run, prioritized or equity." };
    private readonly Option<string?> _out = new(OutOption) { Description = "Folder for the new results; <DIR>-repeated by default. The old ones stay.", HelpName = "DIR" };
    private readonly Option<bool> _quiet = OptionRules.Quiet();
    private readonly Option<bool> _json = OptionRules.Json();

    public RepeatCommand()
        : base("repeat", "Run the command of a folder of results again, from the same data, and compare every number. Paths in it are those of the folder that it was started in.")
    {
        Arguments.Add(_folder);
        foreach (var option in (Option[])[_out, _json, _quiet])
            Options.Add(option);
        SetAction((arguments, cancellation) => Task.Run(() => UserErrors.Report(() => Run(arguments, cancellation)), CancellationToken.None));
    }

    /// <summary>Returns the command line that repeats another.</summary>
    /// <param name="arguments">The command line that was.</param>
    /// <param name="folder">The folder of its results.</param>
    /// <param name="target">The folder of the new ones.</param>
    /// <param name="flags">Options without values that are asked for now; those of then are left out.</param>
    /// <exception cref="InvalidDataException">It does not begin with a study.</exception>
    internal static string[] Repetition(IReadOnlyList<string> arguments, string folder, string target, params IEnumerable<string> flags)
    {
        if (arguments.Count == 0 || !s_studies.Contains(arguments[0]))
            throw new InvalidDataException($"'{folder}' was made by another command than {string.Join(", ", s_studies)}: '{string.Join(' ', arguments)}'.");
        var kept = new List<string>();
        for (var place = 0; place < arguments.Count; place++)
        {
            // Made rows and predictions are the same again, and their folder was to be a new one.
            if (arguments[place] is OutOption or SaveRowsOption or SavePredictionsOption)
                place++;
            else if (arguments[place] is not ("--quiet" or "--json"))
                kept.Add(arguments[place]);
        }

        // Replies of a language model were paid for, and another answer is no repetition.
        var replies = Path.TrimEndingDirectorySeparator(folder) + ".replies";
        if (Directory.Exists(replies) && !kept.Contains(JournalOption))
            kept.AddRange([JournalOption, replies]);
        return [.. kept, OutOption, target, .. flags];
    }

    private int Run(ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetRequiredValue(_folder);
        var target = arguments.GetValue(_out) ?? Path.TrimEndingDirectorySeparator(folder) + "-repeated";
        if (Path.GetFullPath(target) == Path.GetFullPath(folder))
            throw new IOException($"'{folder}' holds the results that are repeated; name another folder.");
        var before = ResultFolder.Read(folder);
        var (isQuiet, isJson) = (arguments.GetValue(_quiet), arguments.GetValue(_json));
        var line = Repetition(ResultsFile.ArgumentsOf(before, folder), folder, target, [.. isQuiet ? ["--quiet"] : Array.Empty<string>(), .. isJson ? ["--json"] : Array.Empty<string>()]);
        var parsed = CommandLine.Parse(line);
        if (parsed.Action is ParseErrorAction)
            return UsageErrors.Report(parsed);
        if (!isQuiet)
            Messages.Tell($"Repeats: {string.Join(' ', line)}");
        var exitCode = parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, cancellation).GetAwaiter().GetResult();
        if (exitCode != ExitCode.Done)
            return exitCode;
        var difference = ResultsFile.FirstDifference(before, ResultFolder.Read(target));
        if (difference is not null)
            Messages.Tell($"'{target}' differs from '{folder}': {difference}");
        else if (!isQuiet)
            Messages.Tell($"Every number is that of '{folder}'.");
        return difference is null ? ExitCode.Done : ExitCode.Differs;
    }
}
