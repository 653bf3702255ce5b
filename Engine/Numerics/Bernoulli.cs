namespace Engine.Numerics;

/// <summary>What a label adds to a logistic regression at given log odds, from one exponential.</summary>
internal static class Bernoulli
{
    /// <summary>Computes log p for label 1 and log(1 - p) for label 0, with p = 1 / (1 + e^-eta), without overflow.</summary>
    /// <param name="label">0 or 1.</param>
    /// <param name="eta">The log odds.</param>
    /// <param name="residual">The label less p.</param>
    /// <param name="curvature">p (1 - p).</param>
    /// <returns>0 or less.</returns>
    public static double LogLikelihood(double label, double eta, out double residual, out double curvature)
    {
        var odds = Odds(label, eta, out residual, out curvature, out var linear);
        return linear - PortableMath.Log1p(odds);
    }

    /// <summary>Computes what the log-likelihood, linear part less log(1 + odds), is made of, and its derivatives.</summary>
    /// <param name="label">0 or 1.</param>
    /// <param name="eta">The log odds.</param>
    /// <param name="residual">The label less p: small ones are as accurate for label 1 as for label 0.</param>
    /// <param name="curvature">p (1 - p), the same for eta and -eta.</param>
    /// <param name="linear">The linear part, 0 or less.</param>
    /// <returns>e^-|eta|, the odds of the less likely label.</returns>
    public static double Odds(double label, double eta, out double residual, out double curvature, out double linear)
    {
        var odds = PortableMath.FusedExp(-Math.Abs(eta));
        var (sign, likely) = (label != 0 ? 1.0 : -1.0, 1 / (1 + odds));
        var unlikely = odds * likely;
        // What the label lacks to its own probability of 1; never as a difference from 1, which rounds away.
        residual = sign * (sign * eta >= 0 ? unlikely : likely);
        curvature = unlikely * likely;
        // The sign of eta decides which side of log(1 + exp(eta)) is large.
        linear = label != 0 ? Math.Min(eta, 0) : -Math.Max(eta, 0);
        return odds;
    }
}
