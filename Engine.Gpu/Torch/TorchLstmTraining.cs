using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Networks;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>An LSTM of libtorch over its training samples, one sequence a sample.</summary>
internal sealed class TorchLstmTraining : TorchTraining
{
    private const int PaddedHoursAtOnce = 1 << 15;

    private readonly LstmLayout _layout;
    private readonly TorchLstmForward _forward;
    private readonly SequenceSamples _train;
    private readonly SequenceSamples? _made;
    private readonly SequenceSamples? _validation;
    private readonly ulong _seed;
    private readonly ComputeOptions _options;

    /// <summary>Puts a network and its samples together; all parameters are 0.</summary>
    /// <param name="layout">The network.</param>
    /// <param name="train">The training samples.</param>
    /// <param name="made">Samples that were made, or null.</param>
    /// <param name="validation">The validation samples, or null.</param>
    /// <param name="seed">The seed of dropout.</param>
    /// <param name="device">Where libtorch computes.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="AcceleratorException">There is no libtorch, or no such device.</exception>
    public TorchLstmTraining(LstmLayout layout, SequenceSamples train, SequenceSamples? made, SequenceSamples? validation, ulong seed, TorchDevice device, ComputeOptions options)
        : base(layout.Tensors, device)
    {
        (_train, _made, _validation, _seed, _options) = (train, made, validation, seed, options);
        (_layout, _forward) = (layout, new TorchLstmForward(layout, Values));
        LstmTraining.CheckFeatures(layout, train, nameof(train));
        LstmTraining.CheckFeatures(layout, made, nameof(made));
        LstmTraining.CheckFeatures(layout, validation, nameof(validation));
        TorchDevices.Limit(options);
    }

    /// <inheritdoc/>
    public override void PredictValidation(Span<double> probabilities)
    {
        if (_validation is not null)
            Predict(_validation, probabilities);
    }

    /// <summary>Gives each sample a probability of class 1 with the present parameters.</summary>
    public void Predict(SequenceSamples samples, Span<double> probabilities)
    {
        using var hold = samples.Episodes.Hours.Hold();
        Predict(Buckets(samples), part => _forward.Logits(TorchSequences.Read(Array.ConvertAll(part, row => (samples, row)), Values.Device), new Tensor?[_layout.Directions.Count], null), probabilities, _options.CancellationToken);
    }

    /// <inheritdoc/>
    protected override Tensor Logits(ReadOnlySpan<BatchSample> batch, long step)
    {
        using var hold = _train.Episodes.Hours.Hold();
        using var holdMade = _made?.Episodes.Hours.Hold();
        var chosen = new (SequenceSamples Samples, long Row)[batch.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            if ((ulong)batch[i].Row >= (ulong)(_train.Count + (_made?.Count ?? 0)))
                Throw.Index_RowOutOfRange(batch[i].Row, _train.Count + (_made?.Count ?? 0));
            chosen[i] = batch[i].Row < _train.Count ? (_train, batch[i].Row) : (_made!, batch[i].Row - _train.Count);
        }

        var (inputFactors, outputFactors) = TorchDropout.OfLstm(_layout, batch.Length, _seed, step, Values.Device);
        return _forward.Logits(TorchSequences.Read(chosen, Values.Device), inputFactors, outputFactors);
    }

    /// <summary>Cuts samples into parts of similar length, so that little is padded.</summary>
    private static IEnumerable<long[]> Buckets(SequenceSamples samples)
    {
        var lengths = Array.ConvertAll(samples.Prefixes.ToArray(), static prefix => prefix.Hours);
        var order = Enumerable.Range(0, samples.Count).Select(static i => (long)i).OrderByDescending(i => lengths[i]).ToArray();
        for (var first = 0; first < order.Length;)
        {
            var count = Math.Clamp(PaddedHoursAtOnce / lengths[order[first]], 1, order.Length - first);
            yield return order[first..(first + count)];
            first += count;
        }
    }
}
