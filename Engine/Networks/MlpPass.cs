using System.Numerics;
using System.Runtime.Intrinsics;
using Engine.Numerics;
using Engine.Numerics.Lanes;

namespace Engine.Networks;

/// <summary>Takes batches of rows through a multilayer perceptron and back, on one thread.</summary>
/// <remarks><b>Determinism</b>: the same bits at every SIMD level, and for rows of all values or of those that are not 0; see <see cref="MlpKernel{TLanes, T}"/>.</remarks>
internal abstract class MlpPass<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The most rows of a batch.</summary>
    public const int MostRows = 256;

    /// <summary>Creates the pass of this machine.</summary>
    /// <param name="weights">What it computes with.</param>
    public static MlpPass<T> Create(MlpWeights<T> weights)
    {
        if (Vector512.IsHardwareAccelerated)
            return new MlpPass<Lanes512<T>, T>(weights);
        if (Vector256.IsHardwareAccelerated)
            return new MlpPass<Lanes256<T>, T>(weights);
        if (Vector128.IsHardwareAccelerated)
            return new MlpPass<Lanes128<T>, T>(weights);
        return new MlpPass<LanesScalar<T>, T>(weights);
    }

    /// <summary>Computes the log odds of rows.</summary>
    /// <param name="batch">Up to <see cref="MostRows"/> rows.</param>
    /// <param name="logits">Receives one value a row.</param>
    /// <param name="dropout">What training drops; null drops nothing.</param>
    public abstract void Forward(MlpBatch batch, Span<double> logits, MlpDropout? dropout = null);

    /// <summary>Adds the gradient of the batch that was computed last.</summary>
    /// <param name="batch">That batch.</param>
    /// <param name="deltas">The derivative of the loss by the log odds of each row.</param>
    /// <param name="gradient">Added to; in the order of memory, and two registers longer.</param>
    public abstract void Backward(MlpBatch batch, ReadOnlySpan<double> deltas, NativeBuffer<T> gradient);

    /// <summary>Adds one gradient to another.</summary>
    /// <param name="gradient">Added to; two registers longer than what it holds.</param>
    /// <param name="other">What is added, of the same length.</param>
    public abstract void Add(NativeBuffer<T> gradient, NativeBuffer<T> other);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>Which units a step drops: a function of seed, step, place in the batch, layer and unit.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Step">The step, 0 to 2^32 - 1.</param>
/// <param name="FirstPlace">The place in the whole batch of the first row.</param>
internal readonly record struct MlpDropout(ulong Seed, long Step, int FirstPlace);

/// <summary>The pass at one SIMD level.</summary>
internal sealed unsafe class MlpPass<TLanes, T> : MlpPass<T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int DrawsPerBlock = 4;

    private readonly MlpWeights<T> _weights;
    private readonly MlpShape _shape;
    private readonly T _scale;
    private readonly uint _keptFrom;
    private readonly NativeBuffer<T>[] _outputs;
    private readonly NativeBuffer<T>[] _deltas;
    // Of each layer, where the rows of its outputs and deltas start.
    private readonly NativeBuffer<nint>[] _outputRows;
    private readonly NativeBuffer<nint>[] _deltaRows;

    public MlpPass(MlpWeights<T> weights)
    {
        (_weights, _shape) = (weights, weights.Shape);
        var dropout = _shape.Architecture.Dropout;
        (_scale, _keptFrom) = (T.CreateTruncating(1 / (1 - dropout)), NetworkDraws.KeptFrom(dropout));
        _outputs = [.. _shape.Layers.Select(static layer => new NativeBuffer<T>((long)MostRows * MlpWeights<T>.StrideOf(layer.Units)))];
        _deltas = [.. _shape.Layers.Select(static layer => new NativeBuffer<T>((long)MostRows * MlpWeights<T>.StrideOf(layer.Units)))];
        _outputRows = [.. _shape.Layers.Select((layer, index) => RowsOf(_outputs[index], layer.Units))];
        _deltaRows = [.. _shape.Layers.Select((layer, index) => RowsOf(_deltas[index], layer.Units))];
    }

    public override void Forward(MlpBatch batch, Span<double> logits, MlpDropout? dropout = null)
    {
        for (var index = 0; index < _shape.Layers.Count; index++)
        {
            var layer = _shape.Layers[index];
            T* weights = _weights.Pointer + layer.Weights, biases = _weights.Pointer + layer.Biases, outputs = _outputs[index].Pointer;
            var stride = MlpWeights<T>.StrideOf(layer.Units);
            if (index > 0)
                MlpKernel<TLanes, T>.Multiply((T**)_outputRows[index - 1].Pointer, batch.Count, layer.Inputs, weights, layer.Units, outputs, stride);
            else if (batch.IsSparse)
                MlpKernel<TLanes, T>.Multiply(batch.Sparse, batch.Counts, batch.Count, weights, layer.Units, outputs, stride);
            else
                MlpKernel<TLanes, T>.Multiply(batch.Dense, batch.Count, layer.Inputs, weights, layer.Units, outputs, stride);

            if (index < _shape.Layers.Count - 1)
            {
                MlpKernel<TLanes, T>.Rectify(outputs, batch.Count, stride, biases, layer.Units);
                if (dropout is { } drawn && _keptFrom > 0)
                    Drop(outputs, batch.Count, stride, layer.Units, index, drawn);
                continue;
            }

            for (var row = 0; row < batch.Count; row++)
                logits[row] = double.CreateTruncating(outputs[row * stride] + biases[0]);
        }
    }

    public override void Backward(MlpBatch batch, ReadOnlySpan<double> deltas, NativeBuffer<T> gradient)
    {
        var last = _shape.Layers.Count - 1;
        // Of the output's stride one value is of the unit; the others stay 0.
        for (var row = 0; row < batch.Count; row++)
            _deltas[last].Pointer[row * MlpWeights<T>.StrideOf(1)] = T.CreateTruncating(deltas[row]);
        for (var index = last; index >= 0; index--)
        {
            var layer = _shape.Layers[index];
            T* weights = gradient.Pointer + layer.Weights, flowing = _deltas[index].Pointer;
            var stride = MlpWeights<T>.StrideOf(layer.Units);
            MlpKernel<TLanes, T>.AddRows(flowing, batch.Count, stride, gradient.Pointer + layer.Biases, layer.Units);
            if (index == 0)
            {
                if (batch.IsSparse)
                    MlpKernel<TLanes, T>.AddGradient(batch.Sparse, batch.Counts, batch.Count, flowing, stride, weights, layer.Units);
                else
                    MlpKernel<TLanes, T>.AddGradient(batch.Dense, batch.Count, layer.Inputs, flowing, stride, weights, layer.Units);
                return;
            }

            MlpKernel<TLanes, T>.AddGradient((T**)_outputRows[index - 1].Pointer, batch.Count, layer.Inputs, flowing, stride, weights, layer.Units);
            var before = _deltas[index - 1].Pointer;
            var strideBefore = MlpWeights<T>.StrideOf(layer.Inputs);
            MlpKernel<TLanes, T>.Multiply((T**)_deltaRows[index].Pointer, batch.Count, layer.Units, _weights.TransposedOf(index), strideBefore, before, strideBefore);
            MlpKernel<TLanes, T>.Pass(before, _outputs[index - 1].Pointer, (nint)batch.Count * strideBefore, _keptFrom > 0 ? _scale : T.One);
        }
    }

    public override void Add(NativeBuffer<T> gradient, NativeBuffer<T> other) => MlpKernel<TLanes, T>.Add(gradient.Pointer, other.Pointer, _shape.ParameterCount);

    public override void Dispose()
    {
        foreach (var buffer in _outputs.Concat(_deltas))
            buffer.Dispose();
        foreach (var rows in _outputRows.Concat(_deltaRows))
            rows.Dispose();
    }

    private static NativeBuffer<nint> RowsOf(NativeBuffer<T> values, int units)
    {
        var rows = new NativeBuffer<nint>(MostRows);
        for (var row = 0; row < MostRows; row++)
            rows.Pointer[row] = (nint)(values.Pointer + ((long)row * MlpWeights<T>.StrideOf(units)));
        return rows;
    }

    /// <summary>Drops units, and scales up the others, so that their sum stays what it is on the average.</summary>
    private void Drop(T* outputs, int rowCount, int stride, int units, int layer, MlpDropout dropout)
    {
        var draws = NetworkDraws.OfDropout(dropout.Seed, layer);
        var blocks = (units + DrawsPerBlock - 1) / DrawsPerBlock;
        for (var row = 0; row < rowCount; row++)
        {
            var values = outputs + ((nint)row * stride);
            var place = ((ulong)dropout.Step << 32) + ((ulong)(dropout.FirstPlace + row) * (ulong)blocks);
            for (var block = 0; block < blocks; block++, values += DrawsPerBlock)
            {
                // A row is a multiple of four wide: what lies beyond the units is dropped or not, and not read.
                var (word0, word1, word2, word3) = draws.UInt32x4(place + (ulong)block);
                values[0] *= word0 >= _keptFrom ? _scale : T.Zero;
                values[1] *= word1 >= _keptFrom ? _scale : T.Zero;
                values[2] *= word2 >= _keptFrom ? _scale : T.Zero;
                values[3] *= word3 >= _keptFrom ? _scale : T.Zero;
            }
        }
    }
}
