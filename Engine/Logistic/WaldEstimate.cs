using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>A coefficient and its standard error, and what the two say by Wald: the estimate taken for normal around the truth.</summary>
/// <remarks>Made by <see cref="LogisticFit.EstimateOf"/> and by <see cref="RobustErrors.EstimateOf"/>. statsmodels has <c>use_t</c> off for these models, too.</remarks>
public readonly record struct WaldEstimate
{
    internal WaldEstimate(double coefficient, double standardError) => (Coefficient, StandardError) = (coefficient, standardError);

    /// <summary>Gets the coefficient.</summary>
    public double Coefficient { get; }

    /// <summary>Gets its standard error, above 0.</summary>
    public double StandardError { get; }

    /// <summary>Gets z, the coefficient in standard errors.</summary>
    public double ZScore => Coefficient / StandardError;

    /// <summary>Gets p, 0 to 1: the probability of so large a z, of either sign, if the true coefficient were 0.</summary>
    public double PValue => NormalInterval.TwoSidedP(ZScore);

    /// <summary>Returns the confidence interval.</summary>
    /// <param name="confidence">The share of such intervals that hold the true value, between 0 and 1; default .95.</param>
    /// <returns>Its ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public (double Lower, double Upper) ConfidenceInterval(double confidence = 0.95)
    {
        if (!(confidence > 0 && confidence < 1))
            Throw.ArgumentOutOfRange(nameof(confidence), confidence, "between 0 and 1");
        return NormalInterval.Around(Coefficient, StandardError, confidence);
    }
}
