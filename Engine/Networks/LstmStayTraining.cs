using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Networks;

/// <summary>An LSTM over stays whose samples are prefixes of them: a stay is walked once, and the loss taken at the last hour of each of its samples.</summary>
/// <remarks>
/// <para><b>Computes</b> the gradient of sum uses x weight x loss over the samples of the stays of a batch, divided by the sum of their uses: that of the samples one by one, each as often as it is used,
/// to rounding. A <see cref="BatchSample.Row"/> is a stay: see <see cref="Items"/>; its weight and its label are not read, those of its samples are.</para>
/// <para><b>Cost</b>: one walk a stay, however many of its hours are samples; thirteen bytes a sample and eight a stay beside the hours.</para>
/// </remarks>
internal sealed class LstmStayTraining : ITrainedNetwork
{
    private readonly SequenceSamples _train;
    private readonly SequenceSamples? _validation;
    private readonly PrefixWalks _walks;
    private readonly FetchedRows _hours;
    private readonly byte[] _labels;
    private readonly int[] _uses;
    private readonly float[] _weights;
    private readonly LstmBatch<float> _batch;
    private readonly LstmGroup _group = new();
    private readonly ComputeOptions _options;
    private readonly float[] _parameters;

    /// <summary>Puts a network and its samples together.</summary>
    /// <param name="layout">The network.</param>
    /// <param name="train">The training samples, n prefixes of stays.</param>
    /// <param name="labels">n labels.</param>
    /// <param name="uses">How often each sample is used, 0 or more; once each when empty.</param>
    /// <param name="weights">How much the loss of each sample counts; 1 each when empty.</param>
    /// <param name="validation">The validation samples, or null.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">The network is not causal or has dropout, or counts differ.</exception>
    public LstmStayTraining(
        LstmLayout layout, SequenceSamples train, ReadOnlySpan<byte> labels, ReadOnlySpan<int> uses, ReadOnlySpan<float> weights, SequenceSamples? validation, ComputeOptions options)
    {
        if (WhyNot(layout) is { } reason)
            Throw.Argument_Invalid(nameof(layout), reason);
        LstmTraining.CheckFeatures(layout, train, nameof(train));
        LstmTraining.CheckFeatures(layout, validation, nameof(validation));
        CheckCount(labels.Length, nameof(labels), train.Count);
        CheckCount(uses.IsEmpty ? train.Count : uses.Length, nameof(uses), train.Count);
        CheckCount(weights.IsEmpty ? train.Count : weights.Length, nameof(weights), train.Count);
        (_train, _validation, _options) = (train, validation, options);
        (_labels, _uses, _weights) = (labels.ToArray(), uses.ToArray(), weights.ToArray());
        _walks = PrefixWalks.OfStays(train);
        _hours = new FetchedRows(train.Episodes.Hours);
        _parameters = new float[layout.ParameterCount];
        _batch = new LstmBatch<float>(layout, 0, options, train.Episodes.Hours.Share?.Collective);
    }

    /// <inheritdoc/>
    public Span<float> Parameters => _parameters;

    /// <summary>Says why stays of a network cannot be walked once for all their samples.</summary>
    /// <param name="layout">The network.</param>
    /// <returns>The reason; null where they can.</returns>
    public static string? WhyNot(LstmLayout layout)
    {
        if (!layout.IsCausal)
            return "a bidirectional layer reads hours after the one that is asked, so that the prefixes of a stay share no walk; take layers that read forward only, or train prefix by prefix.";
        if (layout.HasDropout)
            return "dropout draws anew for every prefix of a stay, so that they share no walk; set it to 0, or train prefix by prefix.";
        return null;
    }

    /// <summary>Lists the stays of which a sample is used, each with the weight of all uses of its samples.</summary>
    public BatchSample[] Items()
    {
        var items = new List<BatchSample>();
        for (var stay = 0; stay < _train.Episodes.StayCount; stay++)
        {
            var (uses, weight) = (0L, 0.0);
            foreach (var sample in _walks.SamplesOf(stay))
            {
                uses += UsesOfSample(sample);
                weight += (double)UsesOfSample(sample) * WeightOfSample(sample);
            }

            if (uses > 0)
                items.Add(new BatchSample(stay, (float)weight, 0));
        }

        return [.. items];
    }

    /// <summary>Returns the hours that each of some stays is walked: up to the last that is used.</summary>
    /// <param name="items">Some of <see cref="Items"/>.</param>
    public int[] LengthsOf(BatchSample[] items) => Array.ConvertAll(items, LengthOf);

    /// <inheritdoc/>
    public long Fetch(BatchOrder batches, long step, long endStep) =>
        _hours.Fetch(batches, step, endStep, item => (_train.Episodes.RowOf((int)item.Row, 0), LengthOf(item)));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value is not finite, or a sample holds nothing but zeros.</exception>
    public double ComputeGradient(ReadOnlySpan<BatchSample> batch, long step, Span<float> gradient)
    {
        using var hold = _train.Episodes.Hours.Hold();
        _group.Clear();
        var uses = 0L;
        foreach (var stay in batch)
        {
            if ((ulong)stay.Row >= (ulong)_train.Episodes.StayCount)
                Throw.Index_RowOutOfRange(stay.Row, _train.Episodes.StayCount);
            uses += Add((int)stay.Row);
        }

        if (_group.Sequences.IsEmpty)
        {
            gradient.Clear();
            return 0;
        }

        return _batch.Compute(_parameters, _group.Sequences, _group.Points, uses, step, gradient);
    }

    /// <inheritdoc/>
    public void PredictValidation(Span<double> probabilities) => LstmPredictor.PredictValidation(_batch.Weights, _parameters, _validation, probabilities, _options);

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();

    private static void CheckCount(int length, string name, int count)
    {
        if (length != count)
            Throw.Argument_LengthsDiffer(name, length, "train", count);
    }

    private int LengthOf(BatchSample item)
    {
        var samples = _walks.SamplesOf((int)item.Row);
        while (UsesOfSample(samples[^1]) == 0)
            samples = samples[..^1];
        return _train.Prefixes[samples[^1]].Hours;
    }

    private int UsesOfSample(int sample) => _uses.Length == 0 ? 1 : _uses[sample];

    private float WeightOfSample(int sample) => _weights.Length == 0 ? 1 : _weights[sample];

    /// <summary>Adds a stay up to the last hour that is used.</summary>
    private long Add(int stay)
    {
        var samples = _walks.SamplesOf(stay);
        while (!samples.IsEmpty && UsesOfSample(samples[^1]) == 0)
            samples = samples[..^1];
        if (samples.IsEmpty)
            return 0;
        _group.Add(_hours.Rows, _hours.PlaceOf(_train.Episodes.RowOf(stay, 0)), _train.Prefixes[samples[^1]].Hours, samples[^1]);
        var uses = 0L;
        foreach (var sample in samples)
        {
            var times = UsesOfSample(sample);
            uses += times;
            if (times > 0)
                _group.Add(new LstmPoint(_train.Prefixes[sample].Hours, sample, (double)times * WeightOfSample(sample), _labels[sample]));
        }

        return uses;
    }
}
