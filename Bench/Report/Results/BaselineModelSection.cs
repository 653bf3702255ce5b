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
                Finite(coefficients[0]),
                [.. result.Cohort.FeatureNames.Select((feature, index) => CoefficientEntry.From(feature, coefficients[index + 1], result.BaselineErrors?[index + 1]))])
            : null;

    // JSON has no infinity: a fit that ran away must not cost the user the rest of the result.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
