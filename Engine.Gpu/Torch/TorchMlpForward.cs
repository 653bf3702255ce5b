using Engine.Networks;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>The forward pass of a multilayer perceptron.</summary>
/// <param name="architecture">The network.</param>
/// <param name="parameters">Its parameters.</param>
internal sealed class TorchMlpForward(MlpArchitecture architecture, TorchParameters parameters)
{
    /// <summary>Computes the logits of a batch.</summary>
    /// <param name="rows">B x D.</param>
    /// <param name="factors">What dropout keeps of each hidden layer, B x units; nothing is dropped where null.</param>
    /// <returns>B values.</returns>
    public Tensor Logits(Tensor rows, IReadOnlyList<Tensor?> factors)
    {
        var values = rows;
        for (var layer = 0; layer < architecture.HiddenUnits.Count; layer++)
        {
            values = nn.functional.linear(values, parameters[$"mlp.{layer}.weight"], parameters[$"mlp.{layer}.bias"]).relu();
            if (factors[layer] is { } kept)
                values *= kept;
        }

        return nn.functional.linear(values, parameters["output.weight"], parameters["output.bias"]).squeeze(1);
    }
}
