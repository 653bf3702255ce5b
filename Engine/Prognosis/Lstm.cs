using System.Globalization;
using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Networks;

namespace Engine.Prognosis;

/// <summary>An LSTM as a prognosis model: by default the network that Afrose et al. 2021 train for in-hospital mortality.</summary>
/// <remarks>
/// <para>Samples are time series, or prefixes of them. Where the network reads forward only and drops nothing, a stay is walked once for all its prefixes: see <see cref="WalksStaysOnce"/>.</para>
/// <para>Samples of one length can be made between: a plan of SMOTE or the like is for <see cref="SequenceSamples.Flatten"/> of the training samples. Prefixes of different length have no sample between them.</para>
/// <para><b>Determinism</b>: a fit is a function of samples, plan, weights, settings and seed: the same bits for any number of threads and ranks, at any SIMD level, and resumed from a checkpoint or not.</para>
/// </remarks>
public sealed record Lstm : IPrognosisModel
{
    private const string ModelName = "lstm";
    private const string GatesName = "gates";
    private const string HardGates = "hard sigmoid";
    private const string SoftGates = "sigmoid";

    /// <inheritdoc/>
    public string Name => ModelName;

    /// <inheritdoc/>
    public SampleForm Reads => SampleForm.Sequences;

    /// <inheritdoc/>
    public bool FitsAlone => true;

    /// <summary>Gets the layers; those of in-hospital mortality by default.</summary>
    public LstmArchitecture Architecture { get; init; } = LstmArchitecture.PaperMortality;

    /// <summary>Gets how it is trained; by default 20 epochs of batches of 8.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>Gets whether a stay is walked once for all its samples where that is the same: the network reads forward only, without dropout, and the plan makes no samples; default true.</summary>
    /// <remarks>A batch is then of stays, each with all its samples. False trains sample by sample, as the paper does.</remarks>
    public bool WalksStaysOnce { get; init; } = true;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Settings =>
    [
        new("layers", string.Join(", ", Architecture.Layers.Select(static layer => (layer.IsBidirectional ? "2 x " : "") + layer.Units.ToString(CultureInfo.InvariantCulture)))),
        new("input dropout", string.Join(", ", Architecture.Layers.Select(static layer => layer.InputDropout.ToString(CultureInfo.InvariantCulture)))),
        new("output dropout", Architecture.OutputDropout.ToString(CultureInfo.InvariantCulture)),
        new(GatesName, Architecture.Gates == GateActivation.HardSigmoid ? HardGates : SoftGates),
        new("walks", WalksStaysOnce ? "stays where possible" : "samples"),
        .. Training.InWords(),
    ];

    /// <inheritdoc/>
    /// <remarks>A start is not used: another beginning ends elsewhere. Without validation samples the last epoch is kept.</remarks>
    /// <exception cref="ArgumentException">A setting is out of its range, a value is not finite, a sample holds nothing but zeros, the samples, plan or weights do not fit each other, the plan makes samples
    /// between prefixes of different length, or the validation samples lack what the epoch is chosen by.</exception>
    /// <exception cref="InvalidDataException">The checkpoint cannot be read, or is of another training; the message says what differs.</exception>
    /// <exception cref="InvalidOperationException">The samples are no time series, or training diverged; the message names epoch, batch and largest gradient.</exception>
    public IFittedModel Fit(TrainingTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var (train, validation) = (task.Train.Sequences, task.Validation?.Sequences);
        var layout = new LstmLayout(Architecture, train.FeatureCount);
        var made = MadeSamples(task, train);
        // Also where stays are walked: it checks plan and weights.
        var samples = TrainingSamples.From(task.Train.Labels, task.Plan, task.SampleWeights.Span, Training.HasMultiplicitiesAsWeights);
        var ranks = NetworkFit.RanksOf(train.Episodes.Hours, validation?.Episodes.Hours);
        var compute = NetworkFit.ComputeOf(task, ranks);
        using ITrainedNetwork network = WalksStays(layout, train, made)
            ? new LstmStayTraining(layout, train, task.Train.Labels.Values, task.Plan is { } plan ? plan.ToMultiplicities() : [], SinglesOf(task.SampleWeights.Span), validation, compute)
            : new LstmTraining(layout, train, made, validation, task.Seed, compute);
        layout.Initialize(network.Parameters, task.Seed);
        var items = network is LstmStayTraining stays ? stays.Items() : samples;
        var result = NetworkTrainer.Train(NetworkFit.TrainingOf(
            task,
            Training,
            network,
            DescriptionOf(network),
            layout.Tensors,
            items,
            () => DigestOf(task, made)) with
        {
            Lengths = network is LstmStayTraining walks ? walks.LengthsOf(items) : LengthsOf(items, train, made),
            Ranks = ranks,
        });
        return new Fitted(layout, network.Parameters.ToArray(), Settings, new ModelSummary(ModelName) { Epochs = result.Epochs, ChosenEpoch = result.ChosenEpoch });
    }

    /// <inheritdoc/>
    /// <remarks>The layers are those of the file; the gates too where its metadata names them, those of <see cref="Architecture"/> where another program wrote it.</remarks>
    public IFittedModel Load(string path)
    {
        var file = SafetensorsFile.Read(path);
        var summary = SavedNetwork.SummaryOf(path, file, ModelName);
        var layers = new List<LstmLayer>();
        while (Find($"lstm.{layers.Count}.forward.weight_hh") is { } state)
            layers.Add(new LstmLayer(state.Shape[1]) { IsBidirectional = Find($"lstm.{layers.Count}.backward.weight_hh") is not null });
        if (layers.Count == 0 || Find("lstm.0.forward.weight_ih") is not { } input)
        {
            Throw.InvalidData_File(path, $"this is no LSTM: there is no tensor 'lstm.0.forward.weight_hh' [4 x units, units] with 'lstm.0.forward.weight_ih'; there are {(file.Tensors.Count == 0 ? "none" : string.Join(", ", file.Tensors.Select(static tensor => tensor.Name)))}.");
            return null!;
        }

        if (layers.FirstOrDefault(static layer => layer.Units is < 1 or > LstmLayout.MaxUnits) is { } wrong || input.Shape[1] < 1)
            Throw.InvalidData_File(path, $"this is no LSTM: a layer has {layers.Min(static layer => layer.Units):N0} to {layers.Max(static layer => layer.Units):N0} units on {input.Shape[1]:N0} features; allowed are 1 to {LstmLayout.MaxUnits:N0} units, and 1 feature or more.");
        var gates = file.Metadata.GetValueOrDefault(GatesName) switch
        {
            HardGates => GateActivation.HardSigmoid,
            SoftGates => GateActivation.Sigmoid,
            _ => Architecture.Gates,
        };
        var layout = new LstmLayout(new LstmArchitecture { Layers = layers, Gates = gates }, input.Shape[1]);
        return new Fitted(layout, SavedNetwork.ParametersOf(file, layout.Tensors), [.. file.Metadata.Where(static pair => !SavedNetwork.IsOwn(pair.Key))], summary);

        SafetensorsTensor? Find(string name) => file.Tensors.FirstOrDefault(tensor => tensor.Name == name && tensor.Shape.Count == 2);
    }

    /// <summary>Returns the samples that a plan makes as sequences, or null where it makes none.</summary>
    /// <exception cref="ArgumentException">The training samples have different lengths, and none between them.</exception>
    internal static SequenceSamples? MadeSamples(TrainingTask task, SequenceSamples train)
    {
        if (task.Plan is not { Synthetic.Length: > 0 } plan)
            return null;
        if (!train.HaveOneLength)
        {
            Throw.Argument_Invalid(
                nameof(task),
                $"the plan makes {plan.Synthetic.Length:N0} samples between prefixes of different length, which have none between them; choose a method that keeps or repeats samples, or a task whose samples have one length.");
        }

        return SequenceSamples.FromFlat(plan.SyntheticRows(train.Flatten(train.MaxHours), task.Compute), train.MaxHours);
    }

    /// <summary>Returns the hours of each sample of an epoch; none where all have as many, and any batch is as good as another.</summary>
    internal static int[] LengthsOf(BatchSample[] samples, SequenceSamples train, SequenceSamples? made) =>
        made is not null || train.HaveOneLength ? [] : Array.ConvertAll(samples, sample => train.Prefixes[(int)sample.Row].Hours);

    /// <summary>Digests the values that a training reads.</summary>
    internal static string DigestOf(TrainingTask task, SequenceSamples? made)
    {
        using var digest = new DataDigest();
        foreach (var sequences in new[] { task.Train.Sequences, task.Validation?.Sequences })
        {
            digest.Add(sequences is null ? default : sequences.Prefixes);
            if (sequences is not null)
                digest.Add(sequences.Episodes.Hours, task.Compute);
        }

        if (made is not null)
            digest.Add(task.Plan!.Synthetic);
        return digest.ToString();
    }

    private static float[] SinglesOf(ReadOnlySpan<double> weights)
    {
        var singles = new float[weights.Length];
        for (var i = 0; i < singles.Length; i++)
            singles[i] = (float)weights[i];
        return singles;
    }

    private static bool ShareStays(SequenceSamples samples)
    {
        var isSeen = new bool[samples.Episodes.StayCount];
        foreach (var prefix in samples.Prefixes)
        {
            if (isSeen[prefix.Stay])
                return true;
            isSeen[prefix.Stay] = true;
        }

        return false;
    }

    private bool WalksStays(LstmLayout layout, SequenceSamples train, SequenceSamples? made) =>
        WalksStaysOnce && made is null && LstmStayTraining.WhyNot(layout) is null && ShareStays(train);

    private string DescriptionOf(ITrainedNetwork network) =>
        $"{ModelName}, {string.Join(", ", Settings.Take(4).Select(static setting => $"{setting.Key} {setting.Value}"))}, walks {(network is LstmStayTraining ? "stays" : "samples")}";

    /// <summary>A trained LSTM.</summary>
    public sealed class Fitted : IFittedModel
    {
        private readonly LstmLayout _layout;
        private readonly float[] _parameters;
        private readonly IReadOnlyList<KeyValuePair<string, string>> _settings;

        internal Fitted(LstmLayout layout, float[] parameters, IReadOnlyList<KeyValuePair<string, string>> settings, ModelSummary summary) =>
            (_layout, _parameters, _settings, Summary) = (layout, parameters, settings, summary);

        /// <inheritdoc/>
        public ModelSummary Summary { get; }

        /// <summary>Gets the number of features an hour.</summary>
        public int FeatureCount => _layout.FeatureCount;

        /// <summary>Gets what the parameters are.</summary>
        internal LstmLayout Layout => _layout;

        /// <summary>Gets the parameters, tensor after tensor as in the file.</summary>
        public ReadOnlySpan<float> Parameters => _parameters;

        /// <inheritdoc/>
        /// <exception cref="ArgumentException">There are other features than were fitted, a value is not finite, or a sample holds nothing but zeros.</exception>
        public void Predict(LabeledSamples samples, Span<double> probabilities, ComputeOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(samples);
            if (probabilities.Length < samples.Count)
                Throw.Argument_DestinationTooShort(nameof(probabilities), probabilities.Length, samples.Count);
            LstmTraining.CheckFeatures(_layout, samples.Sequences, nameof(samples));
            using var weights = new LstmWeights<float>(_layout);
            weights.Pack(_parameters);
            LstmPredictor.Predict(weights, samples.Sequences, probabilities[..samples.Count], options ?? ComputeOptions.Default);
        }

        /// <inheritdoc/>
        /// <remarks>A safetensors file of float32 tensors: for layer i "lstm.i.forward.weight_ih" [4H, inputs], ".weight_hh" [4H, H], ".bias" [4H], and "lstm.i.backward." of the other way; gates in the order
        /// input, forget, cell, output; then "output.weight" [1, states], "output.bias" [1]. Settings and epochs are its metadata.</remarks>
        public void Save(string path) => SavedNetwork.Write(path, _layout.Tensors, _parameters, Summary, _settings);
    }
}
