using System.Globalization;
using System.Text.RegularExpressions;

namespace Bench.Cohorts.Table;

/// <summary>What the text of a cell means, whatever its column.</summary>
internal static partial class TableWords
{
    private static readonly string[] s_missing = ["", "NA", "N/A", "NaN", "null", "<NA>", "."];
    private static readonly string[] s_infinite = ["inf", "infinity", "∞"];
    private static readonly string[] s_false = ["0", "0.0", "false", "no"];
    private static readonly string[] s_true = ["1", "1.0", "true", "yes"];

    /// <summary>Collects the words for a missing value, of any case: an empty cell, NA, N/A, NaN, null, &lt;NA&gt;, a point, and further ones.</summary>
    public static HashSet<string> MissingWith(IEnumerable<string> further) => new([.. s_missing, .. further.Select(word => word.Trim())], StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns what a truth value says; null where the text is none.</summary>
    public static bool? TruthOf(string text)
    {
        if (s_true.Contains(text, StringComparer.OrdinalIgnoreCase))
            return true;
        return s_false.Contains(text, StringComparer.OrdinalIgnoreCase) ? false : null;
    }

    /// <summary>Parses a number with a point that a 32-bit float holds.</summary>
    public static bool TryParseNumber(string text, out float value)
    {
        value = NumberText.TryParse(text, out double number) ? (float)number : float.NaN;
        return float.IsFinite(value);
    }

    /// <summary>Returns whether a text is a number beyond 32-bit floats, or a word for infinity.</summary>
    public static bool IsInfinite(string text) =>
        s_infinite.Contains(text.TrimStart('+', '-'), StringComparer.OrdinalIgnoreCase)
        || (NumberText.TryParse(text, out double number) && float.IsInfinity((float)number));

    /// <summary>Returns whether a text is a number with a decimal comma, or with separators of thousands.</summary>
    public static bool IsNumberWithSeparators(string text) => Separated().IsMatch(text);

    /// <summary>Returns whether a text looks like a date, such as 2026-11-30, 30.11.2026 or 11/30/26, with or without a time.</summary>
    public static bool IsDate(string text) => Date().IsMatch(text);

    /// <summary>Writes a number so that it reads back as the same.</summary>
    public static string Of(float value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[+-]?\d+,\d+$|^[+-]?\d{1,3}([ ,.'\u2019\u00a0\u202f]\d{3})+([.,]\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Separated();

    [GeneratedRegex(@"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{2}|\d{4}))([T ].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
