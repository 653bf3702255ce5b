using System.CommandLine;
using System.Globalization;

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
}
