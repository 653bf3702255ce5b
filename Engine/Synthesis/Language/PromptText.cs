using System.Globalization;
using System.Text;

namespace Engine.Synthesis.Language;

/// <summary>Text from tables as it stands in prompts: data, whatever it says.</summary>
internal static class PromptText
{
    private const string Ellipsis = "...";

    /// <summary>Writes text as a JSON string: quoted, on one line, with every character that is not visible as \u and its code.</summary>
    /// <remarks>So are &lt; and [: the marks by which models tell who is speaking, such as &lt;|im_end|&gt; and [INST], begin with them, and no cell of a table may end the speech of the user.</remarks>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                quoted.Append(text[i]).Append(text[++i]);
            else if (text[i] is '"' or '\\')
                quoted.Append('\\').Append(text[i]);
            else if (IsHidden(text[i]) || text[i] is '<' or '[')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            else
                quoted.Append(text[i]);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Returns a name for use in a sentence: as it is where it is plain words, else as a short JSON string, so that it cannot pass for a sentence of its own.</summary>
    public static string Name(string name, int longest)
    {
        var shown = Cut(name, longest);
        return shown.Length > 0 && shown.All(static character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '/' or '(' or ')' or '&' or ',' or '_') ? shown : Quote(shown);
    }

    /// <summary>Cuts texts to a length, and keeps those different that were.</summary>
    /// <param name="texts">Different texts.</param>
    /// <param name="longest">The largest number of characters, to which a number is added where two would be the same.</param>
    public static string[] CutApart(IReadOnlyList<string> texts, int longest)
    {
        // What is short stays as it is, so what is cut must differ from that as well.
        var taken = texts.Where(text => text.Length <= longest).ToHashSet(StringComparer.Ordinal);
        var shown = new string[texts.Count];
        foreach (var (place, text) in texts.Index())
        {
            var cut = Cut(text, longest);
            shown[place] = cut;
            for (var number = 2; text.Length > longest && !taken.Add(shown[place]); number++)
                shown[place] = string.Create(CultureInfo.InvariantCulture, $"{cut} ({number})");
        }

        return shown;
    }

    /// <summary>Cuts text to a length, never within a pair.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var length = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text[..length] + Ellipsis;
    }

    // Format characters turn the direction of what follows, separators break lines, and half a pair is no character.
    private static bool IsHidden(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
