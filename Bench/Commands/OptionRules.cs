using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Bench.Cohorts;

namespace Bench.Commands;

/// <summary>Rules for the values of options: broken ones are reported with the value and the rule, before any work.</summary>
internal static class OptionRules
{
    /// <summary>Adds a rule; a default value is not checked.</summary>
    /// <param name="option">The option.</param>
    /// <param name="holds">Whether a value satisfies the rule.</param>
    /// <param name="rule">The rest of the sentence "it ...".</param>
    public static void Require<T>(this Option<T> option, Func<T, bool> holds, string rule) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 0)
            return;
        // .NET would take 0,5 for 5: a comma between digits is no decimal point to it, but nothing.
        if (default(T) is float or double || typeof(T) == typeof(double?))
        {
            foreach (var token in result.Tokens.Where(token => token.Value.Contains(',', StringComparison.Ordinal)))
                result.AddError($"'{token.Value}' for option '{option.Name}' is not a number; decimals have a point.");
        }

        try
        {
            if (result.GetValueOrDefault<T>() is { } value && !holds(value))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {string.Join(' ', result.Tokens)}; it {rule}."));
        }
        catch (InvalidOperationException)
        {
            // Not a T at all, such as a word for a number: the parser reports that by itself.
        }
    });

    /// <summary>Accepts one of some names, and shows them in the help.</summary>
    public static void AcceptOneOf(this Option<string> option, params string[] names)
    {
        option.HelpName = string.Join('|', names);
        option.CompletionSources.Add(names);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !names.Contains(token.Value)))
                result.AddError(Unknown(option.Name, token.Value, names));
        });
    }

    /// <summary>Accepts several of some names, separated by spaces or commas.</summary>
    public static void AcceptManyOf(this Option<string[]> option, params string[] names)
    {
        option.AcceptList("NAME,NAME,...");
        option.CompletionSources.Add(names);
        option.CustomParser = result =>
        {
            string[] parts = [.. PartsOf(result)];
            if (parts.Length == 0)
                result.AddError($"{option.Name} names nothing; it takes {string.Join(", ", names)}.");
            foreach (var part in parts.Where(part => !names.Contains(part)))
                result.AddError(Unknown(option.Name, part, names));
            return parts;
        };
    }

    /// <summary>Accepts any names, separated by spaces or commas.</summary>
    public static void AcceptNames(this Option<string[]> option)
    {
        option.AcceptList("NAME,NAME,...");
        option.CustomParser = result =>
        {
            string[] parts = [.. PartsOf(result)];
            if (parts.Length == 0)
                result.AddError($"{option.Name} names nothing.");
            return parts;
        };
    }

    /// <summary>Accepts whole numbers, separated by spaces or commas.</summary>
    public static void AcceptWholeNumbers(this Option<int[]> option) => option.AcceptParsed<int>(
        static part => int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        $"is not a whole number up to {int.MaxValue}.");

    /// <summary>Accepts numbers, separated by spaces or commas.</summary>
    public static void AcceptNumbers(this Option<double[]> option) => option.AcceptParsed<double>(
        static part => double.TryParse(part, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        "is not a number; decimals have a point.");

    /// <summary>Makes the option that silences a command.</summary>
    public static Option<bool> Quiet() => new("--quiet") { Description = "Show errors and warnings only: no progress, no summary." };

    /// <summary>Makes the option that prints results for another program.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print results.json to standard output in place of the summary, and nothing else there." };

    private static void AcceptParsed<T>(this Option<T[]> option, Func<string, T?> parse, string fault)
        where T : struct
    {
        option.AcceptList("N,N,...");
        option.CustomParser = result =>
        {
            var numbers = new List<T>();
            foreach (var part in PartsOf(result))
            {
                if (parse(part) is { } number)
                    numbers.Add(number);
                else
                    result.AddError($"'{part}' for option '{option.Name}' {fault}");
            }

            return [.. numbers];
        };
    }

    private static void AcceptList<T>(this Option<T> option, string helpName) => (option.AllowMultipleArgumentsPerToken, option.HelpName) = (true, helpName);

    private static IEnumerable<string> PartsOf(ArgumentResult result) =>
        result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Says that an option does not know a name, which it may be near to, and what it knows.</summary>
    public static string Unknown(string option, string value, string[] names) =>
        $"{option} does not know '{value}'{NearestName.Hint(value, names)} It takes {string.Join(", ", names)}.";
}
