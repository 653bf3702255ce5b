using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Logistic;

/// <content>What the standard errors say of the coefficients, by Wald; and criteria for a choice of columns. All count rows that a plan added: see <see cref="HasAddedRows"/>.</content>
public sealed partial class LogisticFit
{
    /// <summary>Gets the deviance + 2 for each coefficient that was not left out (AIC).</summary>
    public double AkaikeInformationCriterion => Deviance + (2 * EstimatedCount);

    /// <summary>Gets the deviance + log(<see cref="TotalWeight"/>) for each coefficient that was not left out (BIC).</summary>
    public double BayesianInformationCriterion => Deviance + (PortableMath.Log(TotalWeight) * EstimatedCount);

    private int EstimatedCount => _coefficients.Length - LeftOutCoefficients.Count;

    /// <summary>Returns a coefficient in standard errors.</summary>
    /// <param name="coefficient">An index into <see cref="Coefficients"/>; <see cref="CoefficientOf"/> gives that of a feature.</param>
    /// <returns>z.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="Coefficients"/>.</exception>
    /// <exception cref="InvalidOperationException">The coefficient was left out, and has no standard error.</exception>
    public double ZScoreOf(int coefficient)
    {
        var error = PositiveStandardErrorOf(coefficient);
        return _coefficients[coefficient] / error;
    }

    /// <summary>Returns the probability of so large a z, of either sign, if the true coefficient were 0.</summary>
    /// <param name="coefficient">An index into <see cref="Coefficients"/>.</param>
    /// <returns>p, 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="Coefficients"/>.</exception>
    /// <exception cref="InvalidOperationException">The coefficient was left out, and has no standard error.</exception>
    public double PValueOf(int coefficient) => NormalInterval.TwoSidedP(ZScoreOf(coefficient));

    /// <summary>Returns the confidence interval of a coefficient.</summary>
    /// <param name="coefficient">An index into <see cref="Coefficients"/>.</param>
    /// <param name="confidence">The share of such intervals that hold the true value, between 0 and 1; default .95.</param>
    /// <returns>Its ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="Coefficients"/>, or the confidence is not between 0 and 1.</exception>
    /// <exception cref="InvalidOperationException">The coefficient was left out, and has no standard error.</exception>
    public (double Lower, double Upper) ConfidenceIntervalOf(int coefficient, double confidence = 0.95)
    {
        if (!(confidence > 0 && confidence < 1))
            Throw.ArgumentOutOfRange(nameof(confidence), confidence, "between 0 and 1");
        var error = PositiveStandardErrorOf(coefficient);
        return NormalInterval.Around(_coefficients[coefficient], error, confidence);
    }

    private double PositiveStandardErrorOf(int coefficient)
    {
        var error = StandardErrorOf(coefficient);
        if (error == 0)
            Throw.InvalidOperation($"coefficient {coefficient} was left out of the fit as a combination of others; it has no standard error. Leave its column out of the table.");
        return error;
    }
}
