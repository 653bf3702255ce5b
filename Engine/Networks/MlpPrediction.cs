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
    /// <exception cref="ArgumentException">The rows have another number of features, or there is no room for the probabilities.</exception>
    public static void Predict(MlpWeights<float> weights, SampleMatrix samples, Span<double> probabilities, ComputeOptions options)
    {
        if (samples.FeatureCount != weights.Shape.InputCount)
            Throw.Argument_FeatureCountsDiffer(nameof(samples), samples.FeatureCount, "the network", weights.Shape.InputCount);
        if (probabilities.Length < samples.RowCount)
            Throw.Argument_DestinationTooShort(nameof(probabilities), probabilities.Length, samples.RowCount);
        using var hold = samples.Hold();
        fixed (double* destination = probabilities)
        {
            var first = destination;
            ParallelLoop.For(0L, samples.BlockCount, options.ToParallelOptions(), () => new Worker(weights, samples), PredictBlock, static worker => worker.Dispose());

            Worker PredictBlock(long index, ParallelLoopState state, Worker worker)
            {
                var block = samples.ReadBlock(index, worker.Rows);
                worker.Predict(block, new Span<double>(first + block.FirstRow, block.RowCount));
                return worker;
            }
        }
    }

    /// <summary>What one thread needs.</summary>
    private sealed class Worker(MlpWeights<float> weights, SampleMatrix samples) : IDisposable
    {
        private readonly MlpPass<float> _pass = MlpPass<float>.Create(weights);
        private readonly MlpBatch _batch = new(SampleMatrix.RowsPerBlock, samples.Stride);
        private readonly SparseEntry[] _entries = new SparseEntry[samples.BlockScratchLength];
        private readonly int[] _starts = new int[SampleMatrix.RowsPerBlock + 1];

        public float[] Rows { get; } = new float[samples.BlockScratchLength];

        public void Predict(RowBlock block, Span<double> probabilities)
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

                    _pass.Forward(_batch, probabilities);
                }
            }

            foreach (ref var probability in probabilities)
                probability = PortableMath.Logistic(probability);
        }

        public void Dispose()
        {
            _pass.Dispose();
            _batch.Dispose();
        }
    }
}
