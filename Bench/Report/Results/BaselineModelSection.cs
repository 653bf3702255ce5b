using Bench.Studies.MainJob;

namespace Bench.Report.Results;

/// <summary>The model that was fitted without resampling, on standardized features.</summary>
/// <param name="Intercept">The intercept; null when the fit gave no finite number.</param>
/// <param name="Coefficients">One coefficient a feature.</param>
internal sealed record BaselineModelSection(double? Intercept, IReadOnlyList<CoefficientEntry> Coefficients)
{
    /// <summary>Takes the coefficients, when there are any.</summary>
    public static BaselineModelSection? From(MainJobResult result) =>
        result.BaselineCoefficients is { } coefficients
            ? new BaselineModelSection(
                CoefficientEntry.Finite(coefficients[0]),
                [.. result.Cohort.FeatureNames.Select((feature, index) => CoefficientEntry.From(feature, coefficients[index + 1], result.BaselineErrors?[index + 1]))])
            : null;
}

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

    /// <summary>Takes null for infinity, which JSON has not: a fit that ran away must not cost the user the rest of the result.</summary>
    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? value : null;
}
