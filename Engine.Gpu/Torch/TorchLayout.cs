using Engine.Networks;

namespace Engine.Gpu.Torch;

/// <summary>The tensors of networks, in the names, shapes and order of the managed ones.</summary>
internal static class TorchLayout
{
    /// <summary>Lists the tensors of an LSTM.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="featureCount">The features of an hour.</param>
    public static IReadOnlyList<NetworkTensor> Of(LstmArchitecture architecture, int featureCount)
    {
        var tensors = new List<NetworkTensor>();
        var inputs = featureCount;
        foreach (var (index, layer) in architecture.Layers.Index())
        {
            foreach (var way in layer.IsBidirectional ? (string[])["forward", "backward"] : ["forward"])
            {
                Add(tensors, $"lstm.{index}.{way}.weight_ih", 4 * layer.Units, inputs);
                Add(tensors, $"lstm.{index}.{way}.weight_hh", 4 * layer.Units, layer.Units);
                Add(tensors, $"lstm.{index}.{way}.bias", 4 * layer.Units);
            }

            inputs = layer.IsBidirectional ? 2 * layer.Units : layer.Units;
        }

        Add(tensors, "output.weight", 1, inputs);
        Add(tensors, "output.bias", 1);
        return tensors;
    }

    /// <summary>Lists the tensors of a multilayer perceptron.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="featureCount">The values of a row.</param>
    public static IReadOnlyList<NetworkTensor> Of(MlpArchitecture architecture, int featureCount)
    {
        var tensors = new List<NetworkTensor>();
        var inputs = featureCount;
        foreach (var (index, units) in architecture.HiddenUnits.Append(1).Index())
        {
            var name = index == architecture.HiddenUnits.Count ? "output" : $"mlp.{index}";
            Add(tensors, $"{name}.weight", units, inputs);
            Add(tensors, $"{name}.bias", units);
            inputs = units;
        }

        return tensors;
    }

    private static void Add(List<NetworkTensor> tensors, string name, params int[] shape) =>
        tensors.Add(new NetworkTensor(name, shape, tensors.Count == 0 ? 0 : tensors[^1].Offset + tensors[^1].Length));
}
