using System.Globalization;
using System.Text;
using Engine.Data;

namespace Engine.Synthesis.Language;

/// <summary>Writes the form of a reply in GBNF.</summary>
internal static class ReplyGrammar
{
    private const double OpenReach = 1e6;
    private const int OpenDecimals = 2;
    private const double Steps = 1_000;
    private const int MostDecimals = 12;

    /// <summary>Whole numbers up to here are doubles, and so are their decimal fractions as near as text gives them.</summary>
    private const double LargestScaled = 9e15;

    private const string AnyNumber = "\"-\"? (\"0\" | [1-9] [0-9]{0,8}) (\".\" [0-9]{1,4})?";
    private const string AnyWholeNumber = "\"-\"? (\"0\" | [1-9] [0-9]{0,14})";

    /// <summary>Makes the grammar of a form.</summary>
    public static string Make(ReplyFormat format)
    {
        // Columns with the same values, such as all that are 0 or 1, share their rules.
        var rules = new Dictionary<string, int>(StringComparer.Ordinal);
        var root = new StringBuilder("root ::= ");
        for (var column = 0; column < format.Names.Count; column++)
        {
            var values = ValuesOf(format, column);
            if (!rules.TryGetValue(values, out var rule))
                rules.Add(values, rule = rules.Count);
            root.Append(Literal((column == 0 ? "{" : ", ") + PromptText.Quote(format.Names[column]) + ": ")).Append(CultureInfo.InvariantCulture, $" list{rule} ");
        }

        root.Append(Literal("}")).Append('\n');
        foreach (var (values, rule) in rules)
        {
            var more = format.RowCount == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (\", \" value{rule}){Times(format.RowCount - 1)}");
            root.Append(CultureInfo.InvariantCulture, $"list{rule} ::= \"[\" value{rule}{more} \"]\"\n");
            root.Append(CultureInfo.InvariantCulture, $"value{rule} ::= {values}\n");
        }

        return root.ToString();
    }

    private static string ValuesOf(ReplyFormat format, int column)
    {
        var description = format.Schema.Columns[column];
        var values = description.Kind switch
        {
            ColumnKind.Binary => "\"0\" | \"1\"",
            ColumnKind.Category => string.Join(" | ", format.LevelsOf(column).Select(static level => Literal(PromptText.Quote(level)))),
            _ => Numbers(description),
        };
        return description.MayBeMissing ? values + " | \"null\"" : values;
    }

    private static string Numbers(ColumnDescription column)
    {
        var isWhole = column.Kind == ColumnKind.Integer;
        var low = column.Minimum ?? Math.Min(-OpenReach, column.Maximum - OpenReach ?? 0);
        var high = column.Maximum ?? Math.Max(OpenReach, column.Minimum + OpenReach ?? 0);
        if (low == high)
            return Literal(low.ToString("R", CultureInfo.InvariantCulture));
        for (var decimals = isWhole ? 0 : DecimalsOf(column); decimals <= (isWhole ? 0 : MostDecimals); decimals++)
        {
            var scale = Math.Pow(10, decimals);
            if (Math.Max(Math.Abs(low), Math.Abs(high)) * scale > LargestScaled)
                break;
            var (first, last) = ((long)Math.Ceiling(low * scale), (long)Math.Floor(high * scale));
            // The products are rounded; the quotients are what the text stands for.
            if (first / scale < low)
                first++;
            if (last / scale > high)
                last--;
            if (first <= last)
                return string.Join(" | ", Range(first, last, decimals));
        }

        return isWhole ? AnyWholeNumber : AnyNumber;
    }

    private static int DecimalsOf(ColumnDescription column) => column.Maximum - column.Minimum is { } width
        ? Math.Clamp((int)Math.Ceiling(Math.Log10(Steps / width)), 0, MostDecimals)
        : OpenDecimals;

    /// <summary>Lists the alternatives of all numbers from one to another, both in units of the last decimal.</summary>
    private static IEnumerable<string> Range(long first, long last, int decimals)
    {
        if (first < 0)
        {
            foreach (var magnitude in Magnitudes(Math.Max(1, -last), -first, decimals))
                yield return $"\"-\" {magnitude}";
        }

        if (last >= 0)
        {
            foreach (var magnitude in Magnitudes(Math.Max(0, first), last, decimals))
                yield return magnitude;
        }
    }

    // Numbers of equal length are in the order of their digits; the shortest have a digit before the point.
    private static IEnumerable<string> Magnitudes(long first, long last, int decimals)
    {
        for (var length = decimals + 1; ; length++)
        {
            var shortest = length == decimals + 1 ? 0 : PowerOfTen(length - 1);
            if (shortest > last)
                yield break;
            var longest = PowerOfTen(length) - 1;
            if (longest >= first)
                yield return Digits(Padded(Math.Max(first, shortest), length), Padded(Math.Min(last, longest), length), decimals);
        }
    }

    private static string Digits(string low, string high, int decimals)
    {
        if (low.Length == 0)
            return "";
        var point = decimals > 0 && low.Length == decimals ? "\".\" " : "";
        var (lowRest, highRest) = (low[1..], high[1..]);
        var (lowIsOpen, highIsOpen) = (lowRest.All(static digit => digit == '0'), highRest.All(static digit => digit == '9'));
        if (low[0] == high[0] && !(lowIsOpen && highIsOpen))
            return $"{point}{Digit(low[0], low[0])} {Digits(lowRest, highRest, decimals)}".TrimEnd();
        var (first, last) = (lowIsOpen ? low[0] : (char)(low[0] + 1), highIsOpen ? high[0] : (char)(high[0] - 1));
        var ways = new List<string>(3);
        if (!lowIsOpen)
            ways.Add($"{Digit(low[0], low[0])} {Digits(lowRest, new string('9', lowRest.Length), decimals)}");
        if (first <= last)
            ways.Add($"{Digit(first, last)} {AnyDigits(lowRest.Length, decimals)}".TrimEnd());
        if (!highIsOpen)
            ways.Add($"{Digit(high[0], high[0])} {Digits(new string('0', highRest.Length), highRest, decimals)}");
        return ways.Count == 1 ? point + ways[0] : $"{point}({string.Join(" | ", ways)})";
    }

    private static string AnyDigits(int count, int decimals)
    {
        if (decimals == 0 || count < decimals)
            return Some(count);
        return $"{Some(count - decimals)} \".\" {Some(decimals)}".TrimStart();
    }

    private static string Some(int count) => count == 0 ? "" : "[0-9]" + (count == 1 ? "" : Times(count));

    private static string Times(int count) => string.Create(CultureInfo.InvariantCulture, $"{{{count}}}");

    private static string Digit(char first, char last) => first == last ? $"\"{first}\"" : $"[{first}-{last}]";

    private static string Padded(long number, int length) => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }

    private static string Literal(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
