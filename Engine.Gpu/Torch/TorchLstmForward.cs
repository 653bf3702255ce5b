using Engine.Networks;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>The forward pass of an LSTM: cells written out, because libtorch's own have neither hard sigmoid gates nor dropout by gate.</summary>
/// <param name="layout">The network.</param>
/// <param name="parameters">Its parameters: gates follow each other as input, forget, cell, output.</param>
internal sealed class TorchLstmForward(LstmLayout layout, TorchParameters parameters)
{
    private const int Gates = 4;

    /// <summary>Computes the logits of a batch.</summary>
    /// <param name="batch">The sequences.</param>
    /// <param name="inputFactors">For each way through a layer what dropout keeps, B x 4 x inputs; nothing is dropped where null.</param>
    /// <param name="outputFactors">What dropout keeps of last states, or null.</param>
    /// <returns>B values.</returns>
    public Tensor Logits(TorchSequences batch, IReadOnlyList<Tensor?> inputFactors, Tensor? outputFactors)
    {
        var (values, last) = (batch.Inputs, batch.Inputs);
        foreach (var layer in layout.Directions.Index().GroupBy(static way => way.Item.Layer))
        {
            var ways = layer.Select(way => way.Item.IsReversed ? batch.Reverse(values) : values).Zip(layer, (inputs, way) => Walk(way.Item, inputs, inputFactors[way.Index])).ToArray();
            last = cat([.. ways.Select(batch.Last)], 1);
            values = cat([.. ways.Zip(layer, (states, way) => way.Item.IsReversed ? batch.Reverse(states) : states)], 2);
        }

        return nn.functional.linear(outputFactors is null ? last : last * outputFactors, parameters["output.weight"], parameters["output.bias"]).squeeze(1);
    }

    /// <summary>Walks one way through the hours.</summary>
    /// <returns>The states, B x T x H; those of padding are of no use.</returns>
    private Tensor Walk(LstmDirection way, Tensor values, Tensor? factors)
    {
        var name = $"lstm.{way.Layer}.{(way.IsReversed ? "backward" : "forward")}";
        var (inputWeights, stateWeights, bias) = (parameters[$"{name}.weight_ih"], parameters[$"{name}.weight_hh"].t(), parameters[$"{name}.bias"]);
        var sums = factors is null ? nn.functional.linear(values, inputWeights, bias) : DroppedSums(values, inputWeights, factors) + bias;
        var states = new List<Tensor>();
        var cell = zeros([values.shape[0], way.Units], float32, values.device);
        var state = cell;
        foreach (var ofHour in sums.unbind(1))
        {
            var gates = (ofHour + state.mm(stateWeights)).chunk(Gates, 1);
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

    private Tensor Gate(Tensor sums) => layout.Architecture.Gates == GateActivation.HardSigmoid ? ((0.2 * sums) + 0.5).clamp(0, 1) : sums.sigmoid();
}
