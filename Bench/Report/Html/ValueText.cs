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

    /// <summary>Writes a mean with its deviation, such as ".51 ±.02": short enough for the end of a row.</summary>
    public static string WithDeviation(double mean, double deviation) => $"{Short(mean)} ±{Short(deviation)}";

    /// <summary>Writes a value with two decimals, and no zero before the point.</summary>
    public static string Short(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) is ['0', .. var decimals] ? decimals : value.ToString("0.00", CultureInfo.InvariantCulture);
}
