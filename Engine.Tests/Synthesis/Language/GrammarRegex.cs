using System.Text;
using System.Text.RegularExpressions;

namespace Engine.Tests.Synthesis.Language;

/// <summary>Turns a grammar without recursion into a regular expression, which says what it admits.</summary>
internal static partial class GrammarRegex
{
    public static Regex Of(string grammar)
    {
        var rules = grammar.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split(" ::= ", 2))
            .ToDictionary(static parts => parts[0], static parts => parts[1]);
        return new Regex($@"\A{Expand("root", rules)}\z", RegexOptions.CultureInvariant);
    }

    private static string Expand(string rule, Dictionary<string, string> rules)
    {
        var expression = new StringBuilder("(?:");
        var body = rules[rule];
        var end = 0;
        foreach (Match part in Parts().Matches(body))
        {
            Assert.Equal(end, part.Index);
            end += part.Length;
            var text = part.Value;
            expression.Append(text[0] switch
            {
                '"' => Regex.Escape(text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)),
                ' ' => "",
                _ when char.IsLetter(text[0]) => Expand(text, rules),
                _ => text,
            });
        }

        Assert.Equal(body.Length, end);
        return expression.Append(')').ToString();
    }

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|\[[^\]]*\]|\{[0-9,]+\}|[a-z][a-z0-9]*|[ ()|?]
        """)]
    private static partial Regex Parts();
}
