using Engine.Diagnostics;

namespace Engine.Networks;

/// <summary>A layer among the parameters of a multilayer perceptron.</summary>
/// <param name="Inputs">The values that it reads.</param>
/// <param name="Units">The values that it gives.</param>
/// <param name="Weights">Where its weights start; in memory the units of an input lie together, in files the inputs of a unit.</param>
/// <param name="Biases">Where its biases start.</param>
internal readonly record struct MlpLayer(int Inputs, int Units, int Weights, int Biases);

/// <summary>The layers of a multilayer perceptron over so many inputs, hidden ones first, and their place among the parameters.</summary>
internal sealed class MlpShape
{
    private const long MostParameters = 1L << 28;

    /// <summary>Lays the parameters out.</summary>
    /// <param name="architecture">The hidden layers.</param>
    /// <param name="inputCount">The values of a sample, 1 or more.</param>
    /// <exception cref="ArgumentException">A layer has no units, the dropout is not in [0, 1), the deviation is not a number of 0 or more, or there are more than 2^28 parameters.</exception>
    public MlpShape(MlpArchitecture architecture, int inputCount)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        if (FaultOf(architecture, inputCount) is { } fault)
            Throw.Argument_Invalid(nameof(architecture), fault);
        (Architecture, InputCount) = (architecture, inputCount);
        var (layers, tensors, offset, inputs) = (new List<MlpLayer>(), new List<NetworkTensor>(), 0L, inputCount);
        foreach (var (index, units) in architecture.HiddenUnits.Append(1).Index())
        {
            var biases = offset + ((long)inputs * units);
            var name = index == architecture.HiddenUnits.Count ? "output" : $"mlp.{index}";
            layers.Add(new MlpLayer(inputs, units, (int)offset, (int)biases));
            tensors.Add(new NetworkTensor($"{name}.weight", [units, inputs], (int)offset));
            tensors.Add(new NetworkTensor($"{name}.bias", [units], (int)biases));
            (offset, inputs) = (biases + units, units);
        }

        (Layers, Tensors, ParameterCount) = (layers, tensors, (int)offset);
    }

    /// <summary>Gets the hidden layers as they were asked for.</summary>
    public MlpArchitecture Architecture { get; }

    /// <summary>Gets the values of a sample.</summary>
    public int InputCount { get; }

    /// <summary>Gets all layers; the last is the output unit.</summary>
    public IReadOnlyList<MlpLayer> Layers { get; }

    /// <summary>Gets the tensors of files: "mlp.0.weight" [units, inputs], "mlp.0.bias" [units], ..., "output.weight" [1, inputs], "output.bias" [1].</summary>
    public IReadOnlyList<NetworkTensor> Tensors { get; }

    /// <summary>Gets the number of parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>Says why there is no such network, or null where there is.</summary>
    /// <param name="architecture">The hidden layers.</param>
    /// <param name="inputCount">The values of a sample.</param>
    public static string? FaultOf(MlpArchitecture architecture, int inputCount)
    {
        if (inputCount < 1)
            return $"it would have {inputCount:N0} inputs; a network has 1 or more.";
        if (!(architecture.Dropout is >= 0 and < 1))
            return $"{nameof(architecture.Dropout)} is {architecture.Dropout}; allowed is 0 to below 1.";
        if (!(architecture.InitialDeviation >= 0 && double.IsFinite(architecture.InitialDeviation)))
            return $"{nameof(architecture.InitialDeviation)} is {architecture.InitialDeviation}; allowed is any finite number of 0 or more.";
        var (count, inputs) = (0L, (long)inputCount);
        foreach (var (index, units) in architecture.HiddenUnits.Append(1).Index())
        {
            if (units < 1)
                return $"layer {index + 1:N0} has {units:N0} units; a layer has 1 or more.";
            count += (inputs + 1) * units;
            if (count > MostParameters)
                return $"layer {index + 1:N0} of {units:N0} units over {inputs:N0} inputs makes more than {MostParameters:N0} parameters; take fewer units.";
            inputs = units;
        }

        return null;
    }

    /// <summary>Fills parameters, in the order of files, with what training starts from: normal weights, biases of 0.</summary>
    /// <param name="parameters">One value a parameter.</param>
    /// <param name="seed">The seed.</param>
    public void Initialize(Span<float> parameters, ulong seed)
    {
        foreach (var tensor in Tensors)
            Initializers.Fill(tensor, tensor.Shape.Count == 2 ? InitialValues.Normal : InitialValues.Zeros, parameters, seed, Architecture.InitialDeviation);
    }

    /// <summary>Copies parameters from the order of files to that of memory.</summary>
    public void FromFileOrder<T>(ReadOnlySpan<T> file, Span<T> memory)
        where T : unmanaged
    {
        foreach (var layer in Layers)
        {
            Transpose(file[layer.Weights..], layer.Units, layer.Inputs, memory[layer.Weights..]);
            file.Slice(layer.Biases, layer.Units).CopyTo(memory[layer.Biases..]);
        }
    }

    /// <summary>Copies parameters from the order of memory to that of files.</summary>
    public void ToFileOrder<T>(ReadOnlySpan<T> memory, Span<T> file)
        where T : unmanaged
    {
        foreach (var layer in Layers)
        {
            Transpose(memory[layer.Weights..], layer.Inputs, layer.Units, file[layer.Weights..]);
            memory.Slice(layer.Biases, layer.Units).CopyTo(file[layer.Biases..]);
        }
    }

    private static void Transpose<T>(ReadOnlySpan<T> source, int rows, int columns, Span<T> destination)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                destination[(column * rows) + row] = source[(row * columns) + column];
        }
    }
}
