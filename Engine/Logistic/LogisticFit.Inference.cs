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

    /// <summary>Returns a coefficient with its standard error: z, p and interval.</summary>
    /// <param name="coefficient">An index into <see cref="Coefficients"/>; <see cref="CoefficientOf"/> gives that of a feature.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside <see cref="Coefficients"/>.</exception>
    /// <exception cref="InvalidOperationException">The coefficient was left out, and has no standard error.</exception>
    public WaldEstimate EstimateOf(int coefficient)
    {
        var error = StandardErrorOf(coefficient);
        if (error == 0)
            Throw.InvalidOperation($"coefficient {coefficient} was left out of the fit as a combination of others; it has no standard error. Leave its column out of the table.");
        return new WaldEstimate(_coefficients[coefficient], error);
    }
}
