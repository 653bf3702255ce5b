using Engine.Networks;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>The forward pass of an LSTM: cells written out, because libtorch's own have neither hard sigmoid gates nor dropout by gate.</summary>
/// <param name="architecture">The network.</param>
/// <param name="parameters">Its parameters: gates follow each other as input, forget, cell, output.</param>
internal sealed class TorchLstmForward(LstmArchitecture architecture, TorchParameters parameters)
{
    private const int Gates = 4;

    /// <summary>Computes the logits of a batch.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="dropout">Draws the factors of what training keeps, in a shape and with a share dropped; nothing is dropped when null.</param>
    /// <returns>B values.</returns>
    public Tensor Logits(TorchSequences batch, Func<double, long[], Tensor>? dropout)
    {
        var (values, last) = (batch.Inputs, batch.Inputs);
        foreach (var (index, layer) in architecture.Layers.Index())
        {
            var forward = Walk($"lstm.{index}.forward", layer, values, dropout);
            if (!layer.IsBidirectional)
            {
                (values, last) = (forward, batch.Last(forward));
                continue;
            }

            var backward = Walk($"lstm.{index}.backward", layer, batch.Reverse(values), dropout);
            last = cat([batch.Last(forward), batch.Last(backward)], 1);
            values = cat([forward, batch.Reverse(backward)], 2);
        }

        if (dropout is not null && architecture.OutputDropout > 0)
            last *= dropout(architecture.OutputDropout, last.shape);
        return nn.functional.linear(last, parameters["output.weight"], parameters["output.bias"]).squeeze(1);
    }

    /// <summary>Walks one way through the hours.</summary>
    /// <returns>The states, B x T x H; those of padding are of no use.</returns>
    private Tensor Walk(string name, LstmLayer layer, Tensor values, Func<double, long[], Tensor>? dropout)
    {
        var (inputWeights, stateWeights, bias) = (parameters[$"{name}.weight_ih"], parameters[$"{name}.weight_hh"], parameters[$"{name}.bias"]);
        var sums = dropout is null || layer.InputDropout == 0
            ? nn.functional.linear(values, inputWeights, bias)
            : DroppedSums(values, inputWeights, dropout(layer.InputDropout, [values.shape[0], Gates, values.shape[2]])) + bias;
        var states = new List<Tensor>();
        var recurrent = stateWeights.t();
        var cell = zeros([values.shape[0], layer.Units], float32, values.device);
        var state = cell;
        foreach (var ofHour in sums.unbind(1))
        {
            var gates = (ofHour + state.mm(recurrent)).chunk(Gates, 1);
            cell = (Gate(gates[1]) * cell) + (Gate(gates[0]) * gates[2].tanh());
            state = Gate(gates[3]) * cell.tanh();
            states.Add(state);
        }

        return stack(states, 1);
    }

    private static Tensor DroppedSums(Tensor values, Tensor weights, Tensor factors)
    {
        var ofGates = weights.chunk(Gates, 0).Select((ofGate, gate) => nn.functional.linear(values * factors.narrow(1, gate, 1), ofGate));
        return cat([.. ofGates], 2);
    }

    private Tensor Gate(Tensor sums) => architecture.Gates == GateActivation.HardSigmoid ? ((0.2 * sums) + 0.5).clamp(0, 1) : sums.sigmoid();
}
