namespace Engine.Numerics;

/// <summary>The probability and the log-likelihood of a label at given log odds, from one exponential.</summary>
internal static class Bernoulli
{
    /// <summary>Computes log p for label 1 and log(1 - p) for label 0, with p = 1 / (1 + e^-eta), without overflow.</summary>
    /// <param name="label">0 or 1.</param>
    /// <param name="eta">The log odds.</param>
    /// <param name="probability">p; not always the last bit of <see cref="PortableMath.Logistic"/>.</param>
    /// <returns>0 or less.</returns>
    public static double LogLikelihood(double label, double eta, out double probability)
    {
        var odds = Odds(label, eta, out probability, out var linear);
        return linear - PortableMath.Log1p(odds);
    }

    /// <summary>Computes what the log-likelihood, linear part less log(1 + odds), is made of.</summary>
    /// <param name="label">0 or 1.</param>
    /// <param name="eta">The log odds.</param>
    /// <param name="probability">p; not always the last bit of <see cref="PortableMath.Logistic"/>.</param>
    /// <param name="linear">The linear part, 0 or less.</param>
    /// <returns>e^-|eta|, the odds of the less likely label.</returns>
    public static double Odds(double label, double eta, out double probability, out double linear)
    {
        var odds = PortableMath.FusedExp(-Math.Abs(eta));
        probability = eta >= 0 ? 1 / (1 + odds) : odds / (1 + odds);
        // The sign of eta decides which side of log(1 + exp(eta)) is large.
        linear = label != 0 ? Math.Min(eta, 0) : -Math.Max(eta, 0);
        return odds;
    }
}
