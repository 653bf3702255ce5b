using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Resampling;

namespace Engine.Prognosis;

/// <summary>Logistic regression as a prognosis model.</summary>
public sealed record LogisticPrognosis : IPrognosisModel
{
    /// <inheritdoc/>
    public string Name => "logistic";

    /// <summary>Gets the ridge penalty, 0 or more; default 0. scikit-learn's C is 1 / penalty.</summary>
    public double RidgePenalty { get; init; }

    /// <summary>Gets one weight for each training row, 0 or more; all 1 when empty.</summary>
    public ReadOnlyMemory<double> SampleWeights { get; init; }

    /// <summary>Gets what runs the passes over the rows; the processor when null.</summary>
    public IComputeBackend? Backend { get; init; }

    /// <inheritdoc/>
    public IPrognosis Fit(SampleMatrix samples, Labels labels, ResamplingPlan plan, IPrognosis? start, CancellationToken cancellationToken) =>
        new Fitted(LogisticRegression.Fit(samples, labels, OptionsFor(plan, cancellationToken) with
        {
            // Coefficients of a fit that ran away or was cut short are no place to start from.
            StartCoefficients = start is Fitted { Status: FitStatus.Converged } other ? other.Fit.Coefficients.ToArray() : default,
        }));

    /// <inheritdoc/>
    public IEnumerable<IPrognosis> FitMany(SampleMatrix samples, Labels labels, IReadOnlyList<ResamplingPlan> plans, CancellationToken cancellationToken) =>
        LogisticRegression.FitMany(samples, labels, [.. plans.Select(plan => OptionsFor(plan, cancellationToken))]).Select(static fit => new Fitted(fit));

    private LogisticOptions OptionsFor(ResamplingPlan plan, CancellationToken cancellationToken) => new()
    {
        RidgePenalty = RidgePenalty,
        Plan = plan,
        SampleWeights = SampleWeights,
        Backend = Backend,
        Compute = new ComputeOptions { CancellationToken = cancellationToken },
    };

    /// <summary>A fitted logistic regression as a prognosis.</summary>
    /// <param name="Fit">The fit, with its status, coefficients and deviance.</param>
    public sealed record Fitted(LogisticFit Fit) : IPrognosis
    {
        /// <summary>Gets how the fit ended.</summary>
        public FitStatus? Status => Fit.Status;

        /// <inheritdoc/>
        public void Predict(SampleMatrix samples, Span<double> probabilities, CancellationToken cancellationToken) =>
            Fit.PredictProbability(samples, probabilities, new ComputeOptions { CancellationToken = cancellationToken });
    }
}
