using Engine.Numerics;

namespace Engine.Logistic;

/// <summary>A coefficient, and what the profile of its penalized likelihood says of it.</summary>
/// <remarks>Made by <see cref="LogisticFit.FirthProfileOf"/>.</remarks>
/// <param name="Coefficient">The coefficient.</param>
/// <param name="Lower">The lower end of its confidence interval; minus infinity where the profile nowhere falls so far.</param>
/// <param name="Upper">The upper end; infinity likewise.</param>
/// <param name="ChiSquared">Twice what the penalized log-likelihood loses where the coefficient is 0: of chi-squared distribution, one degree of freedom, if the true one is.</param>
public readonly record struct ProfileEstimate(double Coefficient, double Lower, double Upper, double ChiSquared)
{
    /// <summary>Gets p, 0 to 1: the probability of so large a loss if the true coefficient were 0.</summary>
    public double PValue => NormalInterval.TwoSidedP(Math.Sqrt(ChiSquared));
}
