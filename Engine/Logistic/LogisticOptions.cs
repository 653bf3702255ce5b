using Engine.Compute;
using Engine.Diagnostics;
using Engine.Resampling;

namespace Engine.Logistic;

/// <summary>What to fit. The defaults are a plain maximum-likelihood fit with an intercept.</summary>
public sealed record LogisticOptions
{
    /// <summary>Creates options with the penalty that scikit-learn's C means: its objective is ||b||^2 / 2 + C x loss, this one's loss + r/2 ||b||^2.</summary>
    /// <param name="c">C, above 0; a smaller one penalizes more.</param>
    /// <returns>Options with a ridge penalty of 1 / C.</returns>
    /// <exception cref="ArgumentOutOfRangeException">C is not above 0.</exception>
    public static LogisticOptions WithInversePenalty(double c)
    {
        if (!(c > 0) || !double.IsFinite(1 / c))
            Throw.ArgumentOutOfRange(nameof(c), c, "above 0");
        return new LogisticOptions { RidgePenalty = 1 / c };
    }

    /// <summary>Gets whether a column of ones is added; default true.</summary>
    public bool HasIntercept { get; init; } = true;

    /// <summary>Gets the penalty r of r/2 ||coefficients||^2, 0 or more, never on the intercept; default 0. scikit-learn's C is 1/r: <see cref="WithInversePenalty"/>.</summary>
    public double RidgePenalty { get; init; }

    /// <summary>Gets which rows are used, how many times, and which are made; all rows once when null. Standard errors count rows that it adds: see <see cref="LogisticFit.HasAddedRows"/>.</summary>
    public ResamplingPlan? Plan { get; init; }

    /// <summary>Gets one weight a row, which counts as so many rows: 0 or more, with a sum of 1e-303 to 1e300; all 1 when empty. A common factor changes no coefficient and no status, only standard errors, log-likelihood and deviances.</summary>
    public ReadOnlyMemory<double> SampleWeights { get; init; }

    /// <summary>
    /// Gets one fixed addend of the log odds a row, such as the logarithm of the days at risk; all 0 when empty. Rows that a plan makes have none, so the two exclude each other.
    /// A fit made with offsets asks for them again in its predictions: see <see cref="LogisticFit.HasOffsets"/>.
    /// </summary>
    public ReadOnlyMemory<double> Offsets { get; init; }

    /// <summary>Gets the coefficients to start from, intercept first; none when empty. A fit of almost the same rows ends in fewer iterations from the other's solution. One that is worse than no start is dropped.</summary>
    public ReadOnlyMemory<double> StartCoefficients { get; init; }

    /// <summary>Gets the distance to the optimum, in standard errors, at which the last step is taken; default 1e-8.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Gets the largest number of Newton steps; default 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Gets how the fit may use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
