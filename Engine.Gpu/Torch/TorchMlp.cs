using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Networks;
using Engine.Prognosis;

namespace Engine.Gpu.Torch;

/// <summary>A multilayer perceptron on libtorch as a prognosis model: settings, draws, steps and files are those of the managed network, gradients and probabilities libtorch's.</summary>
/// <remarks><b>Determinism</b>: close to the managed network (probabilities of the same weights within 1e-5), and not the same bits from one machine or number of threads to another.</remarks>
/// <param name="Managed">The managed network.</param>
internal sealed record TorchMlp(Mlp Managed) : IPrognosisModel
{
    /// <inheritdoc/>
    public string Name => $"torch-{Managed.Name}";

    /// <inheritdoc/>
    public SampleForm Reads => Managed.Reads;

    /// <inheritdoc/>
    public bool FitsAlone => true;

    /// <summary>Gets what libtorch computes on.</summary>
    public TorchDevice Device { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Settings => [.. Managed.Settings, new("libtorch on", Device.ToString())];

    /// <inheritdoc/>
    /// <exception cref="AcceleratorException">There is no libtorch, or no such device.</exception>
    public IFittedModel Fit(TrainingTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var (rows, labels) = task.Train;
        var samples = TrainingSamples.From(labels, task.Plan, task.SampleWeights.Span, Managed.Training.HasMultiplicitiesAsWeights);
        if (task.Plan is { Synthetic.Length: > 0 } plan)
            rows = JoinedRows.Join(rows, plan.SyntheticRows(rows, task.Compute));
        var shape = new MlpShape(Managed.Architecture, rows.FeatureCount);
        using var network = new TorchMlpTraining(Managed.Architecture, rows, task.Validation?.Rows, task.Seed, Device, task.Compute);
        shape.Initialize(network.Parameters, task.Seed);
        var result = NetworkTrainer.Train(NetworkFit.TrainingOf(
            task,
            Managed.Training,
            network,
            $"{Name}, {string.Join(", ", Settings.Take(3).Select(static setting => $"{setting.Key} {setting.Value}"))}",
            network.Tensors,
            samples,
            () => Mlp.DigestOf(rows, task.Validation?.Rows, task.Compute)));
        return new Fitted(this, new Mlp.Fitted(shape, network.Parameters.ToArray(), Managed.Settings, new ModelSummary(Managed.Name) { Epochs = result.Epochs, ChosenEpoch = result.ChosenEpoch }), shape);
    }

    /// <inheritdoc/>
    /// <remarks>A file of the managed network is read too, and the other way round.</remarks>
    public IFittedModel Load(string path)
    {
        var weights = (Mlp.Fitted)Managed.Load(path);
        return new Fitted(this, weights, weights.Shape);
    }

    /// <summary>A trained multilayer perceptron that predicts through libtorch.</summary>
    private sealed class Fitted(TorchMlp model, Mlp.Fitted weights, MlpShape shape) : IFittedModel
    {
        /// <inheritdoc/>
        public ModelSummary Summary { get; } = weights.Summary with { Model = model.Name };

        /// <inheritdoc/>
        public void Predict(LabeledSamples samples, Span<double> probabilities, ComputeOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(samples);
            if (probabilities.Length < samples.Count)
                Throw.Argument_DestinationTooShort(nameof(probabilities), probabilities.Length, samples.Count);
            if (samples.Rows.FeatureCount != shape.InputCount)
                Throw.Argument_FeatureCountsDiffer(nameof(samples), samples.Rows.FeatureCount, "the network", shape.InputCount);
            using var network = new TorchMlpTraining(shape.Architecture, samples.Rows, null, seed: 0, model.Device, options ?? ComputeOptions.Default);
            weights.Parameters.CopyTo(network.Parameters);
            network.Predict(samples.Rows, probabilities);
        }

        /// <inheritdoc/>
        public void Save(string path) => weights.Save(path);
    }
}
