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
    /// <param name="dropout">Draws the factors of what training keeps, in a shape and with a share dropped; nothing is dropped when null.</param>
    /// <returns>B values.</returns>
    public Tensor Logits(Tensor rows, Func<double, long[], Tensor>? dropout)
    {
        var values = rows;
        for (var layer = 0; layer < architecture.HiddenUnits.Count; layer++)
        {
            values = nn.functional.linear(values, parameters[$"mlp.{layer}.weight"], parameters[$"mlp.{layer}.bias"]).relu();
            if (dropout is not null && architecture.Dropout > 0)
                values *= dropout(architecture.Dropout, values.shape);
        }

        return nn.functional.linear(values, parameters["output.weight"], parameters["output.bias"]).squeeze(1);
    }
}
