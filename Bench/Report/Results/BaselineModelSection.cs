using Bench.Studies.MainJob;

namespace Bench.Report.Results;

/// <summary>The model that was fitted without resampling, on standardised features.</summary>
/// <param name="Intercept">The intercept.</param>
/// <param name="Coefficients">One coefficient a feature.</param>
internal sealed record BaselineModelSection(double Intercept, IReadOnlyList<CoefficientEntry> Coefficients)
{
    /// <summary>Takes the coefficients, when there are any.</summary>
    public static BaselineModelSection? From(MainJobResult result) =>
        result.BaselineCoefficients is { } coefficients
            ? new BaselineModelSection(coefficients[0], [.. result.Cohort.FeatureNames.Zip(coefficients.Skip(1), (feature, value) => new CoefficientEntry(feature, value))])
            : null;
}
