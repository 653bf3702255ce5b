using System.Runtime.InteropServices;
using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Networks;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>A multilayer perceptron of libtorch over its training rows.</summary>
internal sealed class TorchMlpTraining : TorchTraining
{
    private const int ValuesAtOnce = 1 << 22;

    private readonly MlpArchitecture _architecture;
    private readonly TorchMlpForward _forward;
    private readonly SampleMatrix _train;
    private readonly SampleMatrix? _validation;
    private readonly ulong _seed;
    private readonly ComputeOptions _options;

    /// <summary>Puts a network and its rows together; all parameters are 0.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="train">The rows that batches name: observed ones, then made ones.</param>
    /// <param name="validation">The rows of <see cref="PredictValidation"/>; none when null.</param>
    /// <param name="seed">The seed of dropout.</param>
    /// <param name="device">Where libtorch computes.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="AcceleratorException">There is no libtorch, or no such device.</exception>
    public TorchMlpTraining(MlpArchitecture architecture, SampleMatrix train, SampleMatrix? validation, ulong seed, TorchDevice device, ComputeOptions options)
        : base(new MlpShape(architecture, train.FeatureCount).Tensors, device)
    {
        (_train, _validation, _seed, _options) = (train, validation, seed, options);
        (_architecture, _forward) = (architecture, new TorchMlpForward(architecture, Values));
        TorchDevices.Limit(options);
    }

    /// <inheritdoc/>
    public override void PredictValidation(Span<double> probabilities)
    {
        if (_validation is not null)
            Predict(_validation, probabilities);
    }

    /// <summary>Gives each row a probability of class 1 with the present parameters.</summary>
    public void Predict(SampleMatrix rows, Span<double> probabilities)
    {
        using var hold = rows.Hold();
        var parts = Enumerable.Range(0, checked((int)rows.RowCount)).Select(static row => (long)row).Chunk(Math.Max(1, ValuesAtOnce / rows.FeatureCount));
        Predict(parts, part => _forward.Logits(Read(rows, part), new Tensor?[_architecture.HiddenUnits.Count]), probabilities, _options.CancellationToken);
    }

    /// <inheritdoc/>
    protected override Tensor Logits(ReadOnlySpan<BatchSample> batch, long step)
    {
        using var hold = _train.Hold();
        var rows = new long[batch.Length];
        for (var i = 0; i < batch.Length; i++)
            rows[i] = batch[i].Row;
        return _forward.Logits(Read(_train, rows), TorchDropout.OfMlp(_architecture, batch.Length, _seed, step, Values.Device));
    }

    private Tensor Read(SampleMatrix samples, long[] rows)
    {
        var read = empty([rows.Length, samples.FeatureCount], float32);
        var values = MemoryMarshal.Cast<byte, float>(read.bytes);
        foreach (var (i, row) in rows.Index())
        {
            var destination = values.Slice(i * samples.FeatureCount, samples.FeatureCount);
            samples.CopyRow(row, destination);
            CheckFinite(destination, row);
        }

        return read.to(Values.Device);
    }

    private static void CheckFinite(ReadOnlySpan<float> values, long row)
    {
        for (var column = 0; column < values.Length; column++)
        {
            if (!float.IsFinite(values[column]))
                Throw.Argument_NotFinite("samples", row, column, values[column]);
        }
    }
}
