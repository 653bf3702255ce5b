using Engine.Diagnostics;

namespace Engine.Networks;

/// <summary>One way through the hours of one layer, and where its parameters lie.</summary>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="IsReversed">Whether it reads the hours backwards.</param>
/// <param name="InputCount">The values of an hour that it reads.</param>
/// <param name="Units">Its units.</param>
/// <param name="Column">The place of its first unit among the values that the layer passes on.</param>
/// <param name="InputDropout">The share of input values that training drops.</param>
/// <param name="InputWeights">Where weight_ih starts.</param>
/// <param name="StateWeights">Where weight_hh starts.</param>
/// <param name="Bias">Where bias starts.</param>
internal sealed record LstmDirection(int Layer, bool IsReversed, int InputCount, int Units, int Column, double InputDropout, int InputWeights, int StateWeights, int Bias);

/// <summary>The parameters of an LSTM in order: for every layer and way weight_ih (4H x D), weight_hh (4H x H) and bias (4H), then output.weight (1 x H) and output.bias (1).</summary>
/// <remarks>The gates of a layer follow each other as input, forget, cell, output, as in PyTorch, whose two biases are one here: their sum.</remarks>
internal sealed class LstmLayout
{
    /// <summary>The largest number of units of a layer.</summary>
    public const int MaxUnits = 1 << 14;

    private readonly List<NetworkTensor> _tensors = [];

    /// <summary>Lays the parameters out.</summary>
    /// <param name="architecture">The shape.</param>
    /// <param name="featureCount">The features of an hour, 1 or more.</param>
    /// <exception cref="ArgumentException">There is no layer, or a setting is outside its range.</exception>
    public LstmLayout(LstmArchitecture architecture, int featureCount)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (architecture.Layers is not { Count: > 0 })
            Throw.Argument_Invalid(nameof(architecture), "an LSTM has no layers; give it one at least.");
        CheckShare(nameof(LstmArchitecture.OutputDropout), architecture.OutputDropout);
        (Architecture, FeatureCount) = (architecture, featureCount);
        var directions = new List<LstmDirection>();
        var inputCount = featureCount;
        foreach (var (index, layer) in architecture.Layers.Index())
        {
            if (layer.Units is < 1 or > MaxUnits)
                Throw.ArgumentOutOfRange(nameof(LstmLayer.Units), layer.Units, $"1 to {MaxUnits:N0}");
            CheckShare(nameof(LstmLayer.InputDropout), layer.InputDropout);
            directions.Add(Place(index, layer, inputCount, isReversed: false));
            if (layer.IsBidirectional)
                directions.Add(Place(index, layer, inputCount, isReversed: true));
            inputCount = layer.IsBidirectional ? 2 * layer.Units : layer.Units;
        }

        OutputCount = inputCount;
        OutputWeights = Add("output.weight", 1, inputCount);
        OutputBias = Add("output.bias", 1);
        Directions = directions;
    }

    /// <summary>Gets the shape.</summary>
    public LstmArchitecture Architecture { get; }

    /// <summary>Gets the features of an hour.</summary>
    public int FeatureCount { get; }

    /// <summary>Gets the tensors, in order.</summary>
    public IReadOnlyList<NetworkTensor> Tensors => _tensors;

    /// <summary>Gets the number of parameters.</summary>
    public int ParameterCount { get; private set; }

    /// <summary>Gets the ways of all layers, layer by layer, forward first.</summary>
    public IReadOnlyList<LstmDirection> Directions { get; }

    /// <summary>Gets the values of a last state.</summary>
    public int OutputCount { get; }

    /// <summary>Gets where output.weight starts.</summary>
    public int OutputWeights { get; }

    /// <summary>Gets where output.bias is.</summary>
    public int OutputBias { get; }

    /// <summary>Gets whether no hour knows of a later one, so that one walk serves all prefixes.</summary>
    public bool IsCausal => Architecture.Layers.All(static layer => !layer.IsBidirectional);

    /// <summary>Gets whether training drops anything.</summary>
    public bool HasDropout => Architecture.OutputDropout > 0 || Architecture.Layers.Any(static layer => layer.InputDropout > 0);

    /// <summary>Fills parameters with what training starts from, as Keras has it: Glorot's uniform draws, orthogonal recurrent weights, biases of 0 but for the forget gates' 1.</summary>
    /// <param name="parameters">One value a parameter.</param>
    /// <param name="seed">The seed.</param>
    public void Initialize(Span<float> parameters, ulong seed)
    {
        foreach (var tensor in Tensors)
        {
            var isOutput = tensor.Offset >= OutputWeights;
            var initial = tensor.Shape.Count == 1
                ? isOutput ? InitialValues.Zeros : InitialValues.UnitForgetBias
                : tensor.Name.EndsWith("weight_hh", StringComparison.Ordinal) ? InitialValues.Orthogonal : InitialValues.GlorotUniform;
            Initializers.Fill(tensor, initial, parameters, seed);
        }
    }

    private static void CheckShare(string name, double share)
    {
        if (!(share >= 0 && share < 1))
            Throw.ArgumentOutOfRange(name, share, "0 to below 1");
    }

    private LstmDirection Place(int index, LstmLayer layer, int inputCount, bool isReversed)
    {
        var name = $"lstm.{index}.{(isReversed ? "backward" : "forward")}";
        return new LstmDirection(
            index,
            isReversed,
            inputCount,
            layer.Units,
            isReversed ? layer.Units : 0,
            layer.InputDropout,
            Add($"{name}.weight_ih", 4 * layer.Units, inputCount),
            Add($"{name}.weight_hh", 4 * layer.Units, layer.Units),
            Add($"{name}.bias", 4 * layer.Units));
    }

    private int Add(string name, params int[] shape)
    {
        var tensor = new NetworkTensor(name, shape, ParameterCount);
        _tensors.Add(tensor);
        ParameterCount = checked(ParameterCount + tensor.Length);
        return tensor.Offset;
    }
}
