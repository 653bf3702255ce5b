namespace Engine.Logistic;

/// <summary>Where a model among many ended.</summary>
/// <param name="Coefficients">Its coefficients, in the order of <see cref="LogisticFit.Coefficients"/>.</param>
/// <param name="LogLikelihood">Its log-likelihood, without the penalty.</param>
/// <param name="Passes">Passes over the rows.</param>
internal sealed record NearbyFit(double[] Coefficients, double LogLikelihood, int Passes);
