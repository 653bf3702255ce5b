using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Networks;
using Engine.Prognosis;

namespace Engine.Gpu.Torch;

/// <summary>An LSTM on libtorch as a prognosis model: settings, draws, steps and files are those of the managed network, gradients and probabilities libtorch's. It always trains sample by sample.</summary>
/// <remarks><b>Determinism</b>: close to the managed network (probabilities of the same weights within 1e-5), and not the same bits from one machine or number of threads to another.</remarks>
/// <param name="Managed">The managed network.</param>
internal sealed record TorchLstm(Lstm Managed) : IPrognosisModel
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
    public IReadOnlyList<KeyValuePair<string, string>> Settings => [.. (Managed with { WalksStaysOnce = false }).Settings, new("libtorch on", Device.ToString())];

    /// <inheritdoc/>
    /// <exception cref="AcceleratorException">There is no libtorch, or no such device.</exception>
    public IFittedModel Fit(TrainingTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var (train, validation) = (task.Train.Sequences, task.Validation?.Sequences);
        var layout = new LstmLayout(Managed.Architecture, train.FeatureCount);
        var made = Lstm.MadeSamples(task, train);
        var samples = TrainingSamples.From(task.Train.Labels, task.Plan, task.SampleWeights.Span, Managed.Training.HasMultiplicitiesAsWeights);
        using var network = new TorchLstmTraining(layout, train, made, validation, task.Seed, Device, task.Compute);
        layout.Initialize(network.Parameters, task.Seed);
        var result = NetworkTrainer.Train(NetworkFit.TrainingOf(
            task,
            Managed.Training,
            network,
            $"{Name}, {string.Join(", ", Settings.Take(4).Select(static setting => $"{setting.Key} {setting.Value}"))}",
            layout.Tensors,
            samples,
            () => Lstm.DigestOf(task, made)) with
        {
            Lengths = Lstm.LengthsOf(samples, train, made),
        });
        return new Fitted(this, new Lstm.Fitted(layout, network.Parameters.ToArray(), Managed.Settings, new ModelSummary(Managed.Name) { Epochs = result.Epochs, ChosenEpoch = result.ChosenEpoch }));
    }

    /// <inheritdoc/>
    /// <remarks>A file of the managed network is read too, and the other way round.</remarks>
    public IFittedModel Load(string path) => new Fitted(this, (Lstm.Fitted)Managed.Load(path));

    /// <summary>A trained LSTM that predicts through libtorch.</summary>
    private sealed class Fitted(TorchLstm model, Lstm.Fitted weights) : IFittedModel
    {
        /// <inheritdoc/>
        public ModelSummary Summary { get; } = weights.Summary with { Model = model.Name };

        /// <inheritdoc/>
        public void Predict(LabeledSamples samples, Span<double> probabilities, ComputeOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(samples);
            if (probabilities.Length < samples.Count)
                Throw.Argument_DestinationTooShort(nameof(probabilities), probabilities.Length, samples.Count);
            using var network = new TorchLstmTraining(weights.Layout, samples.Sequences, null, null, seed: 0, model.Device, options ?? ComputeOptions.Default);
            weights.Parameters.CopyTo(network.Parameters);
            network.Predict(samples.Sequences, probabilities);
        }

        /// <inheritdoc/>
        public void Save(string path) => weights.Save(path);
    }
}
