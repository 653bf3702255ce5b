using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>A multilayer perceptron over its training rows.</summary>
/// <remarks>
/// <para><b>Determinism</b>: a batch is cut in parts of 256 rows, each summed row by row, and the parts are added in order: the same bits for any number of threads, any SIMD level,
/// whether rows are read with their zeros or without, and any number of ranks, which share the parts.</para>
/// <para><b>Cost</b>: training and validation rows of which at most one value in eight is not 0 are read once, and cost what is not 0 from then on; others are copied from the table when their batch comes.
/// A batch of up to 256 rows is one thread's, and every rank's.</para>
/// </remarks>
internal sealed unsafe class MlpNetwork : ITrainedNetwork
{
    /// <summary>The parts of a batch whose gradients are held at once; of more ranks one each.</summary>
    private const int LeastPartsAtOnce = 16;

    private readonly SampleMatrix _train;
    private readonly SampleMatrix? _validation;
    private readonly FetchedRows _rows;
    private readonly SharedSlices _slices;
    private readonly int _partsAtOnce;
    private readonly SparseRows? _sparseValidation;
    private readonly ComputeOptions _options;
    private readonly ulong _seed;
    private readonly MlpWeights<float> _weights;
    private readonly List<Part> _parts = [];
    private SparseRows? _sparse;

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
        (_rows, _slices) = (new FetchedRows(train), new SharedSlices(train.Share?.Collective, options.ToParallelOptions()));
        _partsAtOnce = Math.Max(LeastPartsAtOnce, _slices.RankCount);
        // Rows that are fetched are looked at when they are here.
        _sparse = _rows.AreFetched ? null : SparseRows.TryRead(train, options);
        _sparseValidation = validation is null or { IsSpread: true } ? null : SparseRows.TryRead(validation, options);
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
    public long Fetch(BatchOrder batches, long step, long endStep)
    {
        var end = _rows.Fetch(batches, step, endStep, static sample => (sample.Row, 1));
        if (_rows.AreFetched)
            _sparse = SparseRows.TryRead(_rows.Rows, _options);
        return end;
    }

    /// <inheritdoc/>
    public double ComputeGradient(ReadOnlySpan<BatchSample> batch, long step, Span<float> gradient)
    {
        using var hold = _train.Hold();
        _weights.PrepareBackward();
        var partCount = (batch.Length + MlpPass<float>.MostRows - 1) / MlpPass<float>.MostRows;
        while (_parts.Count < Math.Min(partCount, _partsAtOnce))
            _parts.Add(new Part(_weights, _train.Stride));
        var total = default(SliceTotal);
        fixed (BatchSample* samples = batch)
        {
            // Rows without their zeros cost what is left of them.
            var rowsPerPart = _sparse is null ? (double)MlpPass<float>.MostRows : SparseRows.LargestShare * MlpPass<float>.MostRows;
            for (var first = 0; first < partCount; first += _partsAtOnce)
            {
                var segments = _slices.Divide(Math.Min(_partsAtOnce, partCount - first), rowsPerPart, Shape.ParameterCount);
                ComputeParts(segments.FirstOrDefault(static segment => segment.IsOwn), first, samples, batch.Length, step);
                foreach (var segment in segments)
                {
                    for (var part = segment.First; segment.IsOwn && part < segment.End; part++)
                    {
                        total = new SliceTotal(total.Loss + _parts[part].Loss);
                        // The first part of the batch keeps the sum while others take the place of those beside it.
                        if (part > 0 || first > 0)
                            _parts[0].Pass.Add(_parts[0].Sum, _parts[part].Gradient);
                        else
                            (_parts[0].Sum, _parts[0].Gradient) = (_parts[0].Gradient, _parts[0].Sum);
                    }

                    _slices.PassOn(segment, ref total, new Span<float>(_parts[0].Sum.Pointer, gradient.Length));
                }
            }
        }

        new ReadOnlySpan<float>(_parts[0].Sum.Pointer, gradient.Length).CopyTo(gradient);
        return total.Loss;
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

    private void ComputeParts(SliceSegment parts, int first, BatchSample* samples, int sampleCount, long step)
    {
        if (parts.End - parts.First == 1)
            ComputePart(parts.First, first, samples, sampleCount, step);
        else
            ParallelLoop.For(parts.First, parts.End, _options.ToParallelOptions(), part => ComputePart(part, first, samples, sampleCount, step));
    }

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
            var row = _rows.PlaceOf(samples[firstPlace + i].Row);
            if (_sparse is not null)
                batch.Add(_sparse.EntriesOf(row, out var entries), entries);
            else
                _rows.Rows.CopyHeldRow(row, batch.AddCopy());
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
