namespace Bench.Report;

/// <summary>Words at the beginning of a sentence or a heading.</summary>
internal static class Capital
{
    /// <summary>Returns a text with its first letter in upper case.</summary>
    public static string Of(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
