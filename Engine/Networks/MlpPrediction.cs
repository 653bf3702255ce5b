using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;

namespace Engine.Networks;

/// <summary>Probabilities of rows by a trained multilayer perceptron.</summary>
internal static unsafe class MlpPrediction
{
    /// <summary>Gives each row a probability of class 1, without dropout; blocks side by side, each read with its zeros or without, whichever costs less.</summary>
    /// <param name="weights">The parameters.</param>
    /// <param name="samples">n rows of as many features as the network has inputs.</param>
    /// <param name="probabilities">Receives n values in [0, 1].</param>
    /// <param name="options">How to use the machine.</param>
    /// <param name="sparse">The same rows without their zeros, as <see cref="SparseRows.TryRead"/> gave them; null where they are to be read from <paramref name="samples"/>.</param>
    /// <exception cref="ArgumentException">The rows have another number of features, or there is no room for the probabilities.</exception>
    public static void Predict(MlpWeights<float> weights, SampleMatrix samples, Span<double> probabilities, ComputeOptions options, SparseRows? sparse = null)
    {
        if (samples.FeatureCount != weights.Shape.InputCount)
            Throw.Argument_FeatureCountsDiffer(nameof(samples), samples.FeatureCount, "the network", weights.Shape.InputCount);
        if (probabilities.Length < samples.RowCount)
            Throw.Argument_DestinationTooShort(nameof(probabilities), probabilities.Length, samples.RowCount);
        using var hold = samples.Hold();
        fixed (double* destination = probabilities)
        {
            var first = destination;
            foreach (var segment in samples.ReadableSegments())
                ParallelLoop.For(segment.FirstBlock, segment.EndBlock, options.ToParallelOptions(), () => new Worker(weights, samples, sparse), PredictBlock, static worker => worker.Dispose());

            Worker PredictBlock(long index, ParallelLoopState state, Worker worker)
            {
                var firstRow = index * SampleMatrix.RowsPerBlock;
                worker.Predict(index, new Span<double>(first + firstRow, (int)Math.Min(SampleMatrix.RowsPerBlock, samples.RowCount - firstRow)));
                return worker;
            }
        }

        samples.ExchangeRows(probabilities[..(int)samples.RowCount]);
    }

    /// <summary>What one thread needs.</summary>
    private sealed class Worker(MlpWeights<float> weights, SampleMatrix samples, SparseRows? sparse) : IDisposable
    {
        private readonly MlpPass<float> _pass = MlpPass<float>.Create(weights);
        private readonly MlpBatch _batch = new(SampleMatrix.RowsPerBlock, samples.Stride);
        private readonly float[] _rows = new float[sparse is null ? samples.BlockScratchLength : 0];
        private readonly SparseEntry[] _entries = new SparseEntry[sparse is null ? samples.BlockScratchLength : 0];
        private readonly int[] _starts = new int[SampleMatrix.RowsPerBlock + 1];

        public void Predict(long blockIndex, Span<double> probabilities)
        {
            if (sparse is null)
                ComputeLogOdds(samples.ReadBlock(blockIndex, _rows), probabilities);
            else
                ComputeLogOdds(sparse, blockIndex * SampleMatrix.RowsPerBlock, probabilities);
            foreach (ref var probability in probabilities)
                probability = PortableMath.Logistic(probability);
        }

        public void Dispose()
        {
            _pass.Dispose();
            _batch.Dispose();
        }

        private void ComputeLogOdds(SparseRows rows, long firstRow, Span<double> logits)
        {
            _batch.Clear(isSparse: true);
            for (var row = 0; row < logits.Length; row++)
                _batch.Add(rows.EntriesOf(firstRow + row, out var count), count);
            _pass.Forward(_batch, logits);
        }

        private void ComputeLogOdds(RowBlock block, Span<double> logits)
        {
            var count = SparseRows.Compress(block, _entries, _starts);
            _batch.Clear(SparseRows.IsSparse(count, block));
            fixed (float* rows = block.Values)
            {
                fixed (SparseEntry* entries = _entries)
                {
                    for (var row = 0; row < block.RowCount; row++)
                    {
                        if (_batch.IsSparse)
                            _batch.Add(entries + _starts[row], _starts[row + 1] - _starts[row]);
                        else
                            _batch.Add(rows + (row * block.Stride));
                    }

                    _pass.Forward(_batch, logits);
                }
            }
        }
    }
}
