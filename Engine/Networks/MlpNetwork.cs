using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>A multilayer perceptron over its training rows.</summary>
/// <remarks>
/// <para><b>Determinism</b>: a batch is cut in parts of 256 rows, each summed row by row, and the parts are added in order: the same bits for any number of threads, any SIMD level,
/// and whether rows are read with their zeros or without.</para>
/// <para><b>Cost</b>: training and validation rows of which at most one value in eight is not 0 are read once, and cost what is not 0 from then on; others are copied from the table when their batch comes.
/// A batch of up to 256 rows is one thread's.</para>
/// </remarks>
internal sealed unsafe class MlpNetwork : ITrainedNetwork
{
    /// <summary>The parts of a batch whose gradients are held at once.</summary>
    private const int PartsAtOnce = 16;

    private readonly SampleMatrix _train;
    private readonly SampleMatrix? _validation;
    private readonly SparseRows? _sparse;
    private readonly SparseRows? _sparseValidation;
    private readonly ComputeOptions _options;
    private readonly ulong _seed;
    private readonly MlpWeights<float> _weights;
    private readonly List<Part> _parts = [];

    /// <summary>Prepares training.</summary>
    /// <param name="architecture">The hidden layers.</param>
    /// <param name="train">The rows that batches name: observed ones, then made ones.</param>
    /// <param name="validation">The rows of <see cref="PredictValidation"/>; none when null.</param>
    /// <param name="seed">The seed of the first parameters and of dropout.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="ArgumentException">As in <see cref="MlpShape(MlpArchitecture, int)"/>, or the validation rows have another number of features.</exception>
    public MlpNetwork(MlpArchitecture architecture, SampleMatrix train, SampleMatrix? validation, ulong seed, ComputeOptions options)
    {
        if (validation is not null && validation.FeatureCount != train.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(validation), validation.FeatureCount, nameof(train), train.FeatureCount);
        Shape = new MlpShape(architecture, train.FeatureCount);
        (_train, _validation, _seed, _options) = (train, validation, seed, options);
        _sparse = SparseRows.TryRead(train, options);
        _sparseValidation = validation is null ? null : SparseRows.TryRead(validation, options);
        _weights = new MlpWeights<float>(Shape);
        var initial = new float[Shape.ParameterCount];
        Shape.Initialize(initial, seed);
        Shape.FromFileOrder<float>(initial, Parameters);
    }

    /// <summary>Gets the layers.</summary>
    public MlpShape Shape { get; }

    /// <inheritdoc/>
    public Span<float> Parameters => _weights.Values;

    /// <summary>Gets the tensors of files; each takes the same place among the parameters in memory.</summary>
    public IReadOnlyList<NetworkTensor> Tensors => Shape.Tensors;

    /// <inheritdoc/>
    public double ComputeGradient(ReadOnlySpan<BatchSample> batch, long step, Span<float> gradient)
    {
        using var hold = _train.Hold();
        _weights.PrepareBackward();
        var partCount = (batch.Length + MlpPass<float>.MostRows - 1) / MlpPass<float>.MostRows;
        while (_parts.Count < Math.Min(partCount, PartsAtOnce))
            _parts.Add(new Part(_weights, _train.Stride));
        var loss = 0.0;
        fixed (BatchSample* samples = batch)
        {
            for (var first = 0; first < partCount; first += PartsAtOnce)
            {
                var count = Math.Min(PartsAtOnce, partCount - first);
                if (count == 1)
                    ComputePart(0, first, samples, batch.Length, step);
                else
                    ComputeParts(first, count, samples, batch.Length, step);
                for (var part = 0; part < count; part++)
                {
                    loss += _parts[part].Loss;
                    // The first part of the batch keeps the sum while others take the place of those beside it.
                    if (part > 0 || first > 0)
                        _parts[0].Pass.Add(_parts[0].Sum, _parts[part].Gradient);
                    else
                        (_parts[0].Sum, _parts[0].Gradient) = (_parts[0].Gradient, _parts[0].Sum);
                }
            }
        }

        new ReadOnlySpan<float>(_parts[0].Sum.Pointer, gradient.Length).CopyTo(gradient);
        return loss;
    }

    /// <inheritdoc/>
    public void PredictValidation(Span<double> probabilities)
    {
        if (_validation is null)
            Throw.InvalidOperation("there are no validation rows.");
        MlpPrediction.Predict(_weights, _validation, probabilities, _options, _sparseValidation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        foreach (var part in _parts)
            part.Dispose();
    }

    private void ComputeParts(int first, int count, BatchSample* samples, int sampleCount, long step) =>
        ParallelLoop.For(0, count, _options.ToParallelOptions(), part => ComputePart(part, first, samples, sampleCount, step));

    private void ComputePart(int index, int firstPart, BatchSample* samples, int sampleCount, long step)
    {
        var part = _parts[index];
        var firstPlace = (firstPart + index) * MlpPass<float>.MostRows;
        var count = Math.Min(MlpPass<float>.MostRows, sampleCount - firstPlace);
        var batch = part.Batch;
        var values = part.Values.AsSpan(0, count);
        batch.Clear(_sparse is not null);
        for (var i = 0; i < count; i++)
        {
            var row = samples[firstPlace + i].Row;
            if (_sparse is not null)
                batch.Add(_sparse.EntriesOf(row, out var entries), entries);
            else
                _train.CopyHeldRow(row, batch.AddCopy());
        }

        part.Pass.Forward(batch, values, new MlpDropout(_seed, step, firstPlace));
        part.Loss = 0;
        for (var i = 0; i < count; i++)
        {
            var sample = samples[firstPlace + i];
            part.Loss -= sample.Weight * Bernoulli.LogLikelihood(sample.Label, values[i], out var residual, out _);
            values[i] = -residual * sample.Weight / sampleCount;
        }

        new Span<float>(part.Gradient.Pointer, Shape.ParameterCount).Clear();
        part.Pass.Backward(batch, values, part.Gradient);
    }

    /// <summary>What one part of a batch needs.</summary>
    private sealed class Part(MlpWeights<float> weights, int stride) : IDisposable
    {
        public MlpPass<float> Pass { get; } = MlpPass<float>.Create(weights);

        public MlpBatch Batch { get; } = new(MlpPass<float>.MostRows, stride);

        public double[] Values { get; } = new double[MlpPass<float>.MostRows];

        public NativeBuffer<float> Gradient { get; set; } = MlpWeights<float>.CreateGradient(weights.Shape);

        public NativeBuffer<float> Sum { get; set; } = MlpWeights<float>.CreateGradient(weights.Shape);

        public double Loss { get; set; }

        public void Dispose()
        {
            Pass.Dispose();
            Batch.Dispose();
            Gradient.Dispose();
            Sum.Dispose();
        }
    }
}
