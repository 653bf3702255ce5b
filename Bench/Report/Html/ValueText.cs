using System.Globalization;

namespace Bench.Report.Html;

/// <summary>How numbers look in the report.</summary>
internal static class ValueText
{
    /// <summary>Three decimals: what a thousand rows can support.</summary>
    public const string Ratio = "0.000";

    /// <summary>Per cent with one decimal.</summary>
    public const string Share = "0.0 %";

    /// <summary>What stands where a value is undefined: never 0.</summary>
    public const string Undefined = "–";

    /// <summary>Writes a value, or a dash.</summary>
    public static string Of(double? value, string format = Ratio) => value is { } defined ? defined.ToString(format, CultureInfo.InvariantCulture) : Undefined;
}
