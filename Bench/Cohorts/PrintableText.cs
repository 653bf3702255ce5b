using System.Globalization;
using System.Text;

namespace Bench.Cohorts;

/// <summary>Text from files as it may be shown: a control character would move a terminal's cursor, hide lines or begin new ones.</summary>
internal static class PrintableText
{
    private const string Ellipsis = "...";

    /// <summary>Replaces what is not visible by its code, such as \x1b, \0 or \n, and cuts what is too long.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">The largest number of characters to keep.</param>
    /// <returns>Text of one line.</returns>
    public static string Of(string text, int longest)
    {
        // Most text is short and plain.
        if (text.Length <= longest && !text.Any(IsHidden))
            return text;
        var shown = new StringBuilder();
        for (var i = 0; i < text.Length && shown.Length <= longest; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                shown.Append(text[i]).Append(text[++i]);
            else
                AppendVisible(shown, text[i]);
        }

        return shown.Length <= longest ? shown.ToString() : shown.ToString(0, longest) + Ellipsis;
    }

    private static void AppendVisible(StringBuilder shown, char character) => _ = character switch
    {
        '\0' => shown.Append(@"\0"),
        '\n' => shown.Append(@"\n"),
        '\r' => shown.Append(@"\r"),
        '\t' => shown.Append(@"\t"),
        _ when !IsHidden(character) => shown.Append(character),
        <= '\xff' => shown.Append(CultureInfo.InvariantCulture, $@"\x{(int)character:x2}"),
        _ => shown.Append(CultureInfo.InvariantCulture, $@"\u{(int)character:x4}"),
    };

    // Format characters turn the direction of what follows; separators break lines.
    private static bool IsHidden(char character) => CharUnicodeInfo.GetUnicodeCategory(character)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
