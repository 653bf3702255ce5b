using Engine.Compute;
using Engine.Resampling;

namespace Engine.Logistic;

/// <summary>What to fit. The defaults are a plain maximum-likelihood fit with an intercept.</summary>
public sealed record LogisticOptions
{
    /// <summary>Gets whether a column of ones is added; default true.</summary>
    public bool HasIntercept { get; init; } = true;

    /// <summary>Gets the penalty r of r/2 ||coefficients||^2, 0 or more, never on the intercept; default 0. scikit-learn's C is 1/r.</summary>
    public double RidgePenalty { get; init; }

    /// <summary>Gets which rows are used, how many times, and which are made; all rows once when null.</summary>
    public ResamplingPlan? Plan { get; init; }

    /// <summary>Gets one weight a row, 0 or more; all 1 when empty.</summary>
    public ReadOnlyMemory<double> SampleWeights { get; init; }

    /// <summary>Gets one fixed addend of the linear predictor a row; all 0 when empty. Rows that a plan makes have none, so the two exclude each other.</summary>
    public ReadOnlyMemory<double> Offsets { get; init; }

    /// <summary>Gets the coefficients to start from, intercept first; none when empty. A fit of almost the same rows ends in fewer iterations from the other's solution.</summary>
    public ReadOnlyMemory<double> StartCoefficients { get; init; }

    /// <summary>Gets the distance to the optimum, in standard errors, at which the last step is taken; default 1e-8.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Gets the largest number of Newton steps; default 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Gets what runs the passes over the rows; the processor when null.</summary>
    public IComputeBackend? Backend { get; init; }

    /// <summary>Gets how the fit may use the machine.</summary>
    public ComputeOptions Compute { get; init; } = ComputeOptions.Default;
}
