using Bench.Report.Html;
using Bench.Studies.Claims;

namespace Bench.Report.Claims;

/// <summary>The numbers of claims, as text.</summary>
internal static class ClaimNumber
{
    private const string Format = "0.00";

    /// <summary>Numbers that all lie below this are told with one decimal more: differences of areas are hundredths.</summary>
    private const double Small = 0.1;

    /// <summary>Writes a number with its interval, such as "0.31 [0.22, 0.41]".</summary>
    public static string Of(ClaimMeasure measure)
    {
        if (measure.Estimate is not { } estimate)
            return "undefined";
        var format = new[] { measure.Estimate, measure.Lower, measure.Upper }.All(value => value is null || Math.Abs(value.Value) < Small) ? ValueText.Ratio : Format;
        return measure.Lower is { } lower
            ? $"{ValueText.Of(estimate, format)} [{ValueText.Of(lower, format)}, {(measure.Upper is { } upper ? ValueText.Of(upper, format) : "no bound")}]"
            : ValueText.Of(estimate, format);
    }

    /// <summary>Writes where the claim expects it, such as "above 0.85".</summary>
    public static string BorderOf(ClaimMeasure measure) => measure.Border is { } border ? $"{(measure.Side == ClaimSide.Above ? "above" : "below")} {ValueText.Of(border, Format)}" : "undefined";
}
