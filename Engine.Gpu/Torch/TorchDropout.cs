using Engine.Networks;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>What a step of training keeps: the draws of the managed networks, so that both train alike with dropout too.</summary>
internal static class TorchDropout
{
    private const int Gates = 4;
    private const int DrawsPerBlock = 4;

    /// <summary>Draws the factors of an LSTM: 0 for what is dropped, 1 / (1 - share) for the rest.</summary>
    /// <param name="layout">The network.</param>
    /// <param name="sequenceCount">The sequences of the batch, B.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="device">Where the factors shall lie.</param>
    /// <returns>For each way through a layer B x 4 x its inputs, then for the last state B x its values; null where nothing is dropped.</returns>
    public static (IReadOnlyList<Tensor?> Inputs, Tensor? Output) OfLstm(LstmLayout layout, int sequenceCount, ulong seed, long step, Device device)
    {
        if (!layout.HasDropout)
            return (new Tensor?[layout.Directions.Count], null);
        var inputs = layout.Directions.Select(way => new float[way.InputDropout > 0 ? sequenceCount * Gates * way.InputCount : 0]).ToArray();
        var output = new float[layout.Architecture.OutputDropout > 0 ? sequenceCount * layout.OutputCount : 0];
        for (var sequence = 0; sequence < sequenceCount; sequence++)
        {
            var draws = new LstmDropout(seed, step, sequence);
            foreach (var (i, way) in layout.Directions.Index())
            {
                for (var gate = 0; gate < Gates && inputs[i].Length > 0; gate++)
                    draws.Draw(way.InputDropout, inputs[i].AsSpan(((sequence * Gates) + gate) * way.InputCount, way.InputCount));
            }

            foreach (var way in layout.Directions.Where(way => way.Layer == layout.Directions[^1].Layer && output.Length > 0))
                draws.Draw(layout.Architecture.OutputDropout, output.AsSpan((sequence * layout.OutputCount) + way.Column, way.Units));
        }

        return ([.. inputs.Zip(layout.Directions, (factors, way) => Factors(factors, device, sequenceCount, Gates, way.InputCount))], Factors(output, device, sequenceCount, layout.OutputCount));
    }

    /// <summary>Draws the factors of the hidden layers of a multilayer perceptron.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="rowCount">The rows of the batch, B.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="device">Where the factors shall lie.</param>
    /// <returns>For each hidden layer B x its units, null where nothing is dropped.</returns>
    public static IReadOnlyList<Tensor?> OfMlp(MlpArchitecture architecture, int rowCount, ulong seed, long step, Device device)
    {
        var (keptFrom, scale) = (NetworkDraws.KeptFrom(architecture.Dropout), (float)(1 / (1 - architecture.Dropout)));
        var factors = new Tensor?[architecture.HiddenUnits.Count];
        for (var layer = 0; layer < factors.Length && architecture.Dropout > 0; layer++)
        {
            var (draws, units) = (NetworkDraws.OfDropout(seed, layer), architecture.HiddenUnits[layer]);
            var (ofLayer, blocks) = (new float[rowCount * units], (units + DrawsPerBlock - 1) / DrawsPerBlock);
            for (var row = 0; row < rowCount; row++)
            {
                for (var unit = 0; unit < units; unit++)
                {
                    var block = draws.UInt32x4(((ulong)step << 32) + (ulong)((row * blocks) + (unit / DrawsPerBlock)));
                    var word = (unit % DrawsPerBlock) switch { 0 => block.W0, 1 => block.W1, 2 => block.W2, _ => block.W3 };
                    ofLayer[(row * units) + unit] = word >= keptFrom ? scale : 0;
                }
            }

            factors[layer] = Factors(ofLayer, device, rowCount, units);
        }

        return factors;
    }

    private static Tensor? Factors(float[] values, Device device, params long[] shape) => values.Length == 0 ? null : tensor(values, shape, device: device);
}
