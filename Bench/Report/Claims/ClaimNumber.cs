using Bench.Report.Html;
using Bench.Studies.Claims;

namespace Bench.Report.Claims;

/// <summary>The numbers of claims, as text.</summary>
internal static class ClaimNumber
{
    private const string Format = "0.00";

    /// <summary>Writes a number with its interval, such as "0.31 [0.22, 0.41]".</summary>
    public static string Of(ClaimMeasure measure) => measure.Estimate is { } estimate
        ? measure.Lower is { } lower ? $"{ValueText.Of(estimate, Format)} [{ValueText.Of(lower, Format)}, {(measure.Upper is { } upper ? ValueText.Of(upper, Format) : "no bound")}]" : ValueText.Of(estimate, Format)
        : "undefined";

    /// <summary>Writes where the claim expects it, such as "above 0.85".</summary>
    public static string BorderOf(ClaimMeasure measure) => measure.Border is { } border ? $"{(measure.Side == ClaimSide.Above ? "above" : "below")} {ValueText.Of(border, Format)}" : "undefined";
}
