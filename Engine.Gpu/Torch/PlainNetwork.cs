using Engine.Compute;
using Engine.Data;
using Engine.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Engine.Gpu.Torch;

/// <summary>Batches of padded tensors, libtorch's own layers, its loss and its Adam.</summary>
/// <remarks>Its fastest way: everything that does not depend on the weights is in tensors before the clock runs.</remarks>
internal abstract class PlainNetwork : IPlainNetwork
{
    private readonly List<Batch> _batches = [];
    private readonly TrainingSettings _settings;
    private optim.Optimizer? _adam;

    /// <summary>Takes the settings; libtorch computes on every core.</summary>
    protected PlainNetwork(TrainingSettings settings)
    {
        TorchDevices.Limit(ComputeOptions.Default);
        _settings = settings;
    }

    /// <inheritdoc/>
    public void TrainEpoch()
    {
        _adam ??= optim.Adam(Parameters(), _settings.LearningRate, _settings.Beta1, _settings.Beta2, _settings.Epsilon);
        foreach (var batch in _batches)
        {
            using var scope = NewDisposeScope();
            _adam.zero_grad();
            nn.functional.binary_cross_entropy_with_logits(Logits(batch, isTraining: true), batch.Labels).backward();
            _adam.step();
        }
    }

    /// <inheritdoc/>
    public void Predict(Span<double> probabilities)
    {
        using var still = no_grad();
        foreach (var batch in _batches)
        {
            using var scope = NewDisposeScope();
            var values = Logits(batch, isTraining: false).sigmoid().data<float>();
            for (var i = 0; i < batch.Samples.Length; i++)
                probabilities[batch.Samples[i]] = values[i];
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _adam?.Dispose();
        foreach (var batch in _batches)
            batch.Dispose();
    }

    /// <summary>Lists what is trained.</summary>
    protected abstract IEnumerable<Parameter> Parameters();

    /// <summary>Computes the log odds of a batch.</summary>
    protected abstract Tensor Logits(Batch batch, bool isTraining);

    /// <summary>Cuts samples in batches.</summary>
    /// <param name="order">The samples, those of one batch together.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="create">Makes the inputs of a batch, and the place of each last hour or null.</param>
    protected void Prepare(int[] order, Labels labels, Func<int[], (Tensor Inputs, Tensor? Last)> create)
    {
        foreach (var samples in order.Chunk(_settings.BatchSize))
        {
            var (inputs, last) = create(samples);
            _batches.Add(new Batch(samples, inputs, last, tensor([.. samples.Select(sample => (float)labels[sample])])));
        }
    }

    /// <summary>Sets a tensor of a layer.</summary>
    /// <param name="target">The tensor.</param>
    /// <param name="values">Its values, row by row.</param>
    protected static void Set(Tensor? target, ReadOnlySpan<float> values)
    {
        using var still = no_grad();
        using var source = tensor(values.ToArray());
        using var shaped = source.view(target!.shape);
        // What it returns is the target itself.
        target.copy_(shaped);
    }

    /// <summary>A batch.</summary>
    protected sealed record Batch(int[] Samples, Tensor Inputs, Tensor? Last, Tensor Labels) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            Inputs.Dispose();
            Last?.Dispose();
            Labels.Dispose();
        }
    }
}

/// <summary>nn.LSTM layers over padded sequences, the last of them reading forward, and one linear unit on the state of each sequence's last hour.</summary>
internal sealed class PlainLstm : PlainNetwork
{
    private readonly List<LSTM> _layers = [];
    private readonly LstmArchitecture _architecture;
    private readonly Linear _output;

    /// <summary>Copies weights and samples.</summary>
    /// <param name="start">The managed network whose weights it starts from; its gates are sigmoid, its last layer reads forward.</param>
    /// <param name="samples">Time series; where a layer reads backwards, of one length.</param>
    /// <param name="settings">Batch size and Adam.</param>
    public PlainLstm(Prognosis.Lstm.Fitted start, LabeledSamples samples, TrainingSettings settings)
        : base(settings)
    {
        _architecture = start.Layout.Architecture;
        var parameters = start.Parameters;
        foreach (var way in start.Layout.Directions)
        {
            if (!way.IsReversed)
                _layers.Add(nn.LSTM(way.InputCount, way.Units, batchFirst: true, bidirectional: _architecture.Layers[way.Layer].IsBidirectional));
            var (layer, suffix, gates) = (_layers[way.Layer], way.IsReversed ? "_l0_reverse" : "_l0", 4 * way.Units);
            Set(layer.get_parameter($"weight_ih{suffix}"), parameters.Slice(way.InputWeights, gates * way.InputCount));
            Set(layer.get_parameter($"weight_hh{suffix}"), parameters.Slice(way.StateWeights, gates * way.Units));
            Set(layer.get_parameter($"bias_ih{suffix}"), parameters.Slice(way.Bias, gates));
            Set(layer.get_parameter($"bias_hh{suffix}"), new float[gates]);
        }

        _output = nn.Linear(start.Layout.OutputCount, 1);
        Set(_output.weight, parameters.Slice(start.Layout.OutputWeights, start.Layout.OutputCount));
        Set(_output.bias, parameters.Slice(start.Layout.OutputBias, 1));
        var sequences = samples.Sequences;
        var prefixes = sequences.Prefixes.ToArray();
        Prepare([.. Enumerable.Range(0, samples.Count).OrderBy(sample => prefixes[sample].Hours)], samples.Labels, chosen => Pad(sequences, chosen));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        foreach (var layer in _layers)
            layer.Dispose();
        _output.Dispose();
    }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> Parameters() => _layers.SelectMany(layer => layer.parameters()).Concat(_output.parameters());

    /// <inheritdoc/>
    protected override Tensor Logits(Batch batch, bool isTraining)
    {
        var values = batch.Inputs;
        foreach (var (layer, settings) in _layers.Zip(_architecture.Layers))
        {
            if (isTraining && settings.InputDropout > 0)
                values = nn.functional.dropout(values, settings.InputDropout, training: true);
            (values, _, _) = layer.forward(values);
        }

        var state = values.gather(1, batch.Last!.expand(-1, -1, values.shape[2])).squeeze(1);
        if (isTraining && _architecture.OutputDropout > 0)
            state = nn.functional.dropout(state, _architecture.OutputDropout, training: true);
        return _output.forward(state).squeeze(1);
    }

    private static (Tensor Inputs, Tensor? Last) Pad(SequenceSamples sequences, int[] chosen)
    {
        var longest = chosen.Max(sample => sequences.Prefixes[sample].Hours);
        var values = new float[chosen.Length * longest * sequences.FeatureCount];
        foreach (var (place, sample) in chosen.Index())
        {
            var (stay, hours) = sequences.Prefixes[sample];
            for (var hour = 0; hour < hours; hour++)
                sequences.Episodes.Hours.CopyRow(sequences.Episodes.RowOf(stay, hour), values.AsSpan(((place * longest) + hour) * sequences.FeatureCount));
        }

        return (tensor(values, [chosen.Length, longest, sequences.FeatureCount]), tensor([.. chosen.Select(sample => sequences.Prefixes[sample].Hours - 1L)], [chosen.Length, 1, 1]));
    }
}

/// <summary>Linear layers with ReLU and dropout over dense rows.</summary>
internal sealed class PlainMlp : PlainNetwork
{
    private readonly List<Linear> _layers = [];
    private readonly double _dropout;

    /// <summary>Copies weights and samples.</summary>
    /// <param name="start">The managed network whose weights it starts from.</param>
    /// <param name="samples">Rows.</param>
    /// <param name="settings">Batch size and Adam.</param>
    public PlainMlp(Prognosis.Mlp.Fitted start, LabeledSamples samples, TrainingSettings settings)
        : base(settings)
    {
        _dropout = start.Shape.Architecture.Dropout;
        foreach (var pair in start.Shape.Tensors.Chunk(2))
        {
            var layer = nn.Linear(pair[0].Shape[1], pair[0].Shape[0]);
            Set(layer.weight, start.Parameters.Slice(pair[0].Offset, pair[0].Length));
            Set(layer.bias, start.Parameters.Slice(pair[1].Offset, pair[1].Length));
            _layers.Add(layer);
        }

        var rows = samples.Rows;
        Prepare([.. Enumerable.Range(0, samples.Count)], samples.Labels, chosen =>
        {
            var values = new float[chosen.Length * rows.FeatureCount];
            foreach (var (place, sample) in chosen.Index())
                rows.CopyRow(sample, values.AsSpan(place * rows.FeatureCount));
            return (tensor(values, [chosen.Length, rows.FeatureCount]), null);
        });
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        foreach (var layer in _layers)
            layer.Dispose();
    }

    /// <inheritdoc/>
    protected override IEnumerable<Parameter> Parameters() => _layers.SelectMany(layer => layer.parameters());

    /// <inheritdoc/>
    protected override Tensor Logits(Batch batch, bool isTraining)
    {
        var values = batch.Inputs;
        foreach (var layer in _layers.SkipLast(1))
        {
            values = nn.functional.relu(layer.forward(values));
            if (isTraining && _dropout > 0)
                values = nn.functional.dropout(values, _dropout, training: true);
        }

        return _layers[^1].forward(values).squeeze(1);
    }
}
