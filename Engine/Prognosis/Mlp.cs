using System.Globalization;
using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Networks;

namespace Engine.Prognosis;

/// <summary>A multilayer perceptron as a prognosis model: the network that Afrose et al. 2021 train on SEER, by default.</summary>
/// <remarks>
/// <para><b>Determinism</b>: a fit is a function of samples, plan, weights, settings and seed: the same bits for any number of threads and ranks, at any SIMD level, and resumed from a checkpoint or not.</para>
/// <para><b>Cost</b>: rows of which few values are not 0 cost what is set, see <see cref="MlpNetwork"/>.</para>
/// </remarks>
public sealed record Mlp : IPrognosisModel
{
    private const string ModelName = "mlp";
    private const string FirstTensor = "mlp.0.weight";
    private const string OutputTensor = "output.weight";

    /// <inheritdoc/>
    public string Name => ModelName;

    /// <inheritdoc/>
    public SampleForm Reads => SampleForm.Rows;

    /// <inheritdoc/>
    public bool FitsAlone => true;

    /// <summary>Gets the layers; those of the paper by default.</summary>
    public MlpArchitecture Architecture { get; init; } = MlpArchitecture.Paper;

    /// <summary>Gets how it is trained; by default 25 epochs of batches of 20, those of the paper's code.</summary>
    public TrainingSettings Training { get; init; } = new() { Epochs = 25, BatchSize = 20 };

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Settings =>
    [
        new("hidden units", Architecture.HiddenUnits.Count == 0 ? "none" : string.Join('-', Architecture.HiddenUnits)),
        new("dropout", Architecture.Dropout.ToString(CultureInfo.InvariantCulture)),
        new("initial deviation", Architecture.InitialDeviation.ToString(CultureInfo.InvariantCulture)),
        .. Training.InWords(),
    ];

    /// <inheritdoc/>
    /// <remarks>A start is not used: another beginning ends elsewhere. Without validation samples the last epoch is kept.</remarks>
    /// <exception cref="ArgumentException">A setting is out of its range, a value is not finite, the samples, plan or weights do not fit each other, or the validation samples lack what the epoch is chosen by.</exception>
    /// <exception cref="InvalidDataException">The checkpoint cannot be read, or is of another training; the message says what differs.</exception>
    /// <exception cref="InvalidOperationException">The samples have no rows, or training diverged; the message names epoch, batch and largest gradient.</exception>
    public IFittedModel Fit(TrainingTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var (rows, labels) = task.Train;
        var validation = task.Validation?.Rows;
        rows.EnsureFinite(nameof(task.Train));
        validation?.EnsureFinite(nameof(task.Validation));
        var samples = TrainingSamples.From(labels, task.Plan, task.SampleWeights.Span, Training.HasMultiplicitiesAsWeights);
        if (task.Plan is { Synthetic.Length: > 0 } plan)
            rows = JoinedRows.Join(rows, plan.SyntheticRows(rows, task.Compute));
        var ranks = NetworkFit.RanksOf(rows, validation);
        using var network = new MlpNetwork(Architecture, rows, validation, task.Seed, NetworkFit.ComputeOf(task, ranks));
        var result = NetworkTrainer.Train(NetworkFit.TrainingOf(
            task,
            Training,
            network,
            $"{ModelName}, dropout {Architecture.Dropout.ToString(CultureInfo.InvariantCulture)}, initial deviation {Architecture.InitialDeviation.ToString(CultureInfo.InvariantCulture)}",
            network.Tensors,
            samples,
            () => DigestOf(rows, validation, task.Compute)) with
        {
            Ranks = ranks,
        });
        var parameters = new float[network.Shape.ParameterCount];
        network.Shape.ToFileOrder<float>(network.Parameters, parameters);
        return new Fitted(network.Shape, parameters, Settings, new ModelSummary(ModelName) { Epochs = result.Epochs, ChosenEpoch = result.ChosenEpoch });
    }

    /// <inheritdoc/>
    /// <remarks>The layers are those of the file. A file that another program wrote with the same tensors is read too.</remarks>
    public IFittedModel Load(string path)
    {
        var file = SafetensorsFile.Read(path);
        var summary = SavedNetwork.SummaryOf(path, file, ModelName);
        // A first layer tells the inputs; the next has as many units as a tensor of its name has rows.
        var hidden = new List<int>();
        while (Find($"mlp.{hidden.Count}.weight") is { } layer)
            hidden.Add(layer.Shape[0]);
        var first = Find(hidden.Count == 0 ? OutputTensor : FirstTensor);
        if (first is null)
            Throw.InvalidData_File(path, $"this is no multilayer perceptron: there is no tensor '{OutputTensor}' [1, inputs]; there are {(file.Tensors.Count == 0 ? "none" : string.Join(", ", file.Tensors.Select(static tensor => tensor.Name)))}.");
        var architecture = new MlpArchitecture { HiddenUnits = hidden };
        if (MlpShape.FaultOf(architecture, first!.Shape[1]) is { } fault)
            Throw.InvalidData_File(path, $"this is no multilayer perceptron: {fault}");
        var shape = new MlpShape(architecture, first.Shape[1]);
        return new Fitted(shape, SavedNetwork.ParametersOf(file, shape.Tensors), [.. file.Metadata.Where(static pair => !SavedNetwork.IsOwn(pair.Key))], summary);

        SafetensorsTensor? Find(string name) => file.Tensors.FirstOrDefault(tensor => tensor.Name == name && tensor.Shape.Count == 2);
    }

    /// <summary>Digests the values that a training reads.</summary>
    internal static string DigestOf(SampleMatrix rows, SampleMatrix? validation, ComputeOptions options)
    {
        using var digest = new DataDigest();
        digest.Add(rows, options);
        if (validation is not null)
            digest.Add(validation, options);
        return digest.ToString();
    }

    /// <summary>A trained multilayer perceptron.</summary>
    public sealed class Fitted : IFittedModel
    {
        private readonly MlpShape _shape;
        private readonly float[] _parameters;
        private readonly IReadOnlyList<KeyValuePair<string, string>> _settings;

        internal Fitted(MlpShape shape, float[] parameters, IReadOnlyList<KeyValuePair<string, string>> settings, ModelSummary summary) =>
            (_shape, _parameters, _settings, Summary) = (shape, parameters, settings, summary);

        /// <inheritdoc/>
        public ModelSummary Summary { get; }

        /// <summary>Gets the number of features.</summary>
        public int FeatureCount => _shape.InputCount;

        /// <summary>Gets the layers.</summary>
        internal MlpShape Shape => _shape;

        /// <summary>Gets the parameters, tensor after tensor as in the file: weights [units, inputs] and biases of each layer, the output last.</summary>
        public ReadOnlySpan<float> Parameters => _parameters;

        /// <inheritdoc/>
        public void Predict(LabeledSamples samples, Span<double> probabilities, ComputeOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(samples);
            using var weights = new MlpWeights<float>(_shape);
            _shape.FromFileOrder<float>(_parameters, weights.Values);
            MlpPrediction.Predict(weights, samples.Rows, probabilities, options ?? ComputeOptions.Default);
        }

        /// <inheritdoc/>
        /// <remarks>A safetensors file of float32 tensors "mlp.0.weight" [units, inputs], "mlp.0.bias" [units], and so on, "output.weight" [1, inputs], "output.bias" [1]; settings and epochs are its metadata.</remarks>
        public void Save(string path) => SavedNetwork.Write(path, _shape.Tensors, _parameters, Summary, _settings);
    }
}
