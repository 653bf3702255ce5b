using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;

namespace Engine.Networks;

/// <summary>An LSTM over its training samples, one sequence a sample.</summary>
/// <remarks>A <see cref="BatchSample.Row"/> is a training sample or, beyond them, a sample that was made.</remarks>
internal sealed class LstmTraining : ITrainedNetwork
{
    private readonly SequenceSamples _train;
    private readonly SequenceSamples? _made;
    private readonly SequenceSamples? _validation;
    private readonly FetchedRows _hours;
    private readonly LstmBatch<float> _batch;
    private readonly LstmGroup _group = new();
    private readonly ComputeOptions _options;
    private readonly float[] _parameters;

    /// <summary>Puts a network and its samples together.</summary>
    /// <param name="layout">The network.</param>
    /// <param name="train">The training samples.</param>
    /// <param name="made">Samples that were made, or null.</param>
    /// <param name="validation">The validation samples, or null.</param>
    /// <param name="seed">The seed of dropout.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">Samples have another number of features than the network reads.</exception>
    public LstmTraining(LstmLayout layout, SequenceSamples train, SequenceSamples? made, SequenceSamples? validation, ulong seed, ComputeOptions options)
    {
        CheckFeatures(layout, train, nameof(train));
        CheckFeatures(layout, made, nameof(made));
        CheckFeatures(layout, validation, nameof(validation));
        (_train, _made, _validation, _options) = (train, made, validation, options);
        _hours = new FetchedRows(train.Episodes.Hours);
        _parameters = new float[layout.ParameterCount];
        _batch = new LstmBatch<float>(layout, seed, options, train.Episodes.Hours.Share?.Collective);
    }

    /// <inheritdoc/>
    public Span<float> Parameters => _parameters;

    /// <inheritdoc/>
    public long Fetch(BatchOrder batches, long step, long endStep) => _hours.Fetch(batches, step, endStep, sample =>
    {
        if (sample.Row >= _train.Count)
            return (0, 0);
        var (stay, hours) = _train.Prefixes[(int)sample.Row];
        return (_train.Episodes.RowOf(stay, 0), hours);
    });

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value is not finite, or a sample holds nothing but zeros.</exception>
    public double ComputeGradient(ReadOnlySpan<BatchSample> batch, long step, Span<float> gradient)
    {
        using var hold = _train.Episodes.Hours.Hold();
        using var holdMade = _made?.Episodes.Hours.Hold();
        _group.Clear();
        foreach (var sample in batch)
        {
            var isMade = sample.Row >= _train.Count;
            var (samples, row) = isMade ? (_made, sample.Row - _train.Count) : (_train, sample.Row);
            if (samples is null || (ulong)row >= (ulong)samples.Count)
            {
                Throw.Index_RowOutOfRange(sample.Row, _train.Count + (_made?.Count ?? 0));
                return 0;
            }

            var (stay, hours) = samples.Prefixes[(int)row];
            var first = samples.Episodes.RowOf(stay, 0);
            if (isMade)
                _group.Add(samples.Episodes.Hours, first, hours, sample.Row);
            else
                _group.Add(_hours.Rows, _hours.PlaceOf(first), hours, sample.Row);
            _group.Add(new LstmPoint(hours, (int)sample.Row, sample.Weight, sample.Label));
        }

        return _batch.Compute(_parameters, _group.Sequences, _group.Points, batch.Length, step, gradient);
    }

    /// <inheritdoc/>
    public void PredictValidation(Span<double> probabilities) => LstmPredictor.PredictValidation(_batch.Weights, _parameters, _validation, probabilities, _options);

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();

    /// <summary>Throws when samples have another number of features than a network reads.</summary>
    internal static void CheckFeatures(LstmLayout layout, SequenceSamples? samples, string name)
    {
        if (samples is not null && samples.FeatureCount != layout.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(name, samples.FeatureCount, "the network", layout.FeatureCount);
    }
}
