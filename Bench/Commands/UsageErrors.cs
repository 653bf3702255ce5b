using System.CommandLine;
using System.Text.RegularExpressions;
using Bench.Cohorts;
using Bench.Report.Terminal;

namespace Bench.Commands;

/// <summary>Says what is wrong with a command line: a line for each error, and where to read on. The help itself would push them off the screen.</summary>
internal static partial class UsageErrors
{
    private const string MissingCommand = "Required command was not provided.";

    /// <summary>Tells the errors.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(ParseResult parsed)
    {
        foreach (var message in Describe(parsed))
            Messages.Tell($"error: {message}");
        Messages.Tell($"See: {PathOf(parsed.CommandResult.Command)} --help");
        return ExitCode.Failed;
    }

    /// <summary>Describes every error once.</summary>
    public static IReadOnlyList<string> Describe(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens.Select(token => $"Unrecognized command or argument '{token}'.").ToHashSet();
        // A command is not missing where an unknown word stands in its place.
        if (unknown.Count > 0)
            unknown.Add(MissingCommand);
        // What follows an unknown option is its value, and no error of its own.
        var options = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).ToArray();
        return
        [
            .. parsed.Errors.Where(error => !unknown.Contains(error.Message)).Select(error => Clarify(error.Message, parsed.CommandResult.Command)).Distinct(),
            .. (options.Length > 0 ? options : [.. parsed.UnmatchedTokens]).Select(token => Unknown(token, parsed.CommandResult.Command)),
        ];
    }

    private static string Unknown(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        var known = isOption ? command.Options.Select(option => option.Name) : command.Subcommands.Select(one => one.Name);
        return $"there is no {(isOption ? "option" : "command or argument")} '{token}'{NearestName.Hint(token, known)}";
    }

    // The library names types of .NET.
    private static string Clarify(string message, Command command) => message == MissingCommand
        ? $"a command is missing: {string.Join(", ", command.Subcommands.Select(one => one.Name))}."
        : WrongType().Replace(message, match => $"'{match.Groups["value"].Value}' for option '{match.Groups["option"].Value}' is not {KindOf(match.Groups["type"].Value)}.");

    private static string KindOf(string type) => type switch
    {
        _ when type.Contains("UInt64", StringComparison.Ordinal) => $"a whole number from 0 to {ulong.MaxValue}",
        _ when type.Contains("Int64", StringComparison.Ordinal) => $"a whole number up to {long.MaxValue}",
        _ when type.Contains("Int32", StringComparison.Ordinal) => $"a whole number up to {int.MaxValue}",
        _ when type.Contains("Boolean", StringComparison.Ordinal) => "true or false",
        _ => "a number",
    };

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : RootCommand.ExecutableName;

    [GeneratedRegex(@"\ACannot parse argument '(?<value>.*)' for option '(?<option>.*?)' as expected type '(?<type>.*)'\.\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex WrongType();
}
