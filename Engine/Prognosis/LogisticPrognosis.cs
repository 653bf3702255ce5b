using System.Globalization;
using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Resampling;

namespace Engine.Prognosis;

/// <summary>Logistic regression as a prognosis model.</summary>
public sealed record LogisticPrognosis : IPrognosisModel
{
    private const string ModelName = "logistic";

    /// <inheritdoc/>
    public string Name => ModelName;

    /// <inheritdoc/>
    public SampleForm Reads => SampleForm.Rows;

    /// <inheritdoc/>
    /// <remarks>Fits of several plans share their passes: they agree with fits one by one within the fit's tolerance.</remarks>
    public bool FitsAlone => false;

    /// <summary>Gets the ridge penalty, 0 or more; default 0. scikit-learn's C is 1 / penalty.</summary>
    public double RidgePenalty { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Settings => [new("ridge penalty", RidgePenalty.ToString("R", CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public IFittedModel Fit(TrainingTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var (samples, labels) = task.Train;
        return new Fitted(LogisticRegression.Fit(samples, labels, OptionsFor(task, task.Plan) with
        {
            // Coefficients of a fit that ran away or was cut short are no place to start from.
            StartCoefficients = task.Start is Fitted { Summary.Status: FitStatus.Converged } other ? other.Fit.Coefficients.ToArray() : default,
        }));
    }

    /// <inheritdoc/>
    public IEnumerable<IFittedModel> FitMany(TrainingTask task, IReadOnlyList<ResamplingPlan> plans)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(plans);
        var (samples, labels) = task.Train;
        return LogisticRegression.FitMany(samples, labels, [.. plans.Select(plan => OptionsFor(task, plan))]).Select(static fit => new Fitted(fit));
    }

    /// <inheritdoc/>
    public IFittedModel Load(string path) => new Fitted(LogisticFit.Load(path));

    private LogisticOptions OptionsFor(TrainingTask task, ResamplingPlan? plan) => new()
    {
        RidgePenalty = RidgePenalty,
        Plan = plan,
        SampleWeights = task.SampleWeights,
        Compute = task.Compute,
    };

    /// <summary>A fitted logistic regression.</summary>
    /// <param name="Fit">The fit, with its status, coefficients and deviance.</param>
    public sealed record Fitted(LogisticFit Fit) : IFittedModel
    {
        /// <inheritdoc/>
        public ModelSummary Summary => new(ModelName) { Status = Fit.Status, Coefficients = Fit.Coefficients.ToArray() };

        /// <inheritdoc/>
        public void Predict(LabeledSamples samples, Span<double> probabilities, ComputeOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(samples);
            Fit.PredictProbability(samples.Rows, probabilities, options ?? ComputeOptions.Default);
        }

        /// <inheritdoc/>
        public IReadOnlyList<double>? ClusteredErrors(LabeledSamples training, ComputeOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(training);
            if (Fit.Status != FitStatus.Converged || training.Clusters.Span is [var first, .. var others] && !others.ContainsAnyExcept(first))
                return null;
            // A penalized fit may have more coefficients than rows, which the other factor does not allow.
            var errors = Fit.RobustErrors(
                training.Rows,
                training.Labels,
                new() { Clusters = training.Clusters, Factor = SmallSampleFactor.Clusters },
                new() { HasIntercept = Fit.HasIntercept, Compute = options ?? ComputeOptions.Default });
            return [.. Enumerable.Range(0, Fit.Coefficients.Length).Select(errors.StandardErrorOf)];
        }

        /// <inheritdoc/>
        public void Save(string path) => Fit.Save(path);
    }
}
