using System.Globalization;

namespace Bench.Cohorts;

/// <summary>Parses the numbers of data files: text that is a number and nothing else.</summary>
/// <remarks>.NET itself takes a number followed by zero bytes, as a damaged file has them, for the number.</remarks>
internal static class NumberText
{
    private const char Zero = '\0';

    /// <summary>Parses a number, which may have a sign, a point and an exponent.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        return !text.Contains(Zero) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Parses a whole number, which may have a sign.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        return !text.Contains(Zero) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Parses digits, such as those of an identifier.</summary>
    public static bool TryParseDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        return !text.Contains(Zero) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
