namespace Bench.Report.Results;

/// <summary>A coefficient of the model without resampling.</summary>
/// <param name="Feature">The name of the column.</param>
/// <param name="Coefficient">Change of the log odds for one standard deviation; null when the fit gave no finite number.</param>
/// <param name="StandardError">Its standard error, stays taken for independent; null where the fit did not converge.</param>
/// <param name="OddsRatio">By what the odds are multiplied for one standard deviation; null when the fit gave no finite number.</param>
/// <param name="OddsRatioLower">Lower end of its 95 % interval; null where the fit did not converge.</param>
/// <param name="OddsRatioUpper">Upper end.</param>
internal sealed record CoefficientEntry(string Feature, double? Coefficient, double? StandardError, double? OddsRatio, double? OddsRatioLower, double? OddsRatioUpper)
{
    // The normal quantile of .975.
    private const double HalfWidth = 1.959963984540054;

    /// <summary>Describes a coefficient; infinity, which JSON has not, becomes null.</summary>
    public static CoefficientEntry From(string feature, double coefficient, double? error) => new(
        feature,
        Finite(coefficient),
        Finite(error),
        Finite(Math.Exp(coefficient)),
        Finite(error is { } left ? Math.Exp(coefficient - (HalfWidth * left)) : null),
        Finite(error is { } right ? Math.Exp(coefficient + (HalfWidth * right)) : null));

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? value : null;
}
