using Engine.Data;
using Engine.Gpu.Ilgpu.Kernels;
using Engine.Numerics;

namespace Engine.Gpu.Ilgpu.Irls;

/// <summary>Log-likelihoods of many models from the terms of their steps: one logarithm a step, taken by the processor, because devices have it only with other bits.</summary>
/// <param name="modelCount">The number of models.</param>
internal sealed class StepLogLikelihoods(int modelCount)
{
    private const int StepsPerRun = BlockReduction.BlocksPerRun * GradientKernel.StepsPerBlock;

    private readonly double[] _runs = new double[modelCount];
    private readonly double[] _spans = new double[modelCount];
    private readonly double[] _ended = new double[modelCount];

    /// <summary>Adds the steps of later rows.</summary>
    /// <param name="weights">One a step; see <see cref="GradientTask.StepWeights"/>.</param>
    /// <param name="terms">Two a step and model; see <see cref="GradientTask.StepTerms"/>.</param>
    /// <param name="firstRow">The first of the rows, counted among all.</param>
    /// <param name="parallel">How to use the machine.</param>
    public void Add(double[] weights, double[] terms, long firstRow, ParallelOptions parallel)
    {
        var before = firstRow / SampleMatrix.RowsPerBlock * GradientKernel.StepsPerBlock;
        ParallelLoop.For(0, modelCount, parallel, model =>
        {
            var run = _runs[model];
            for (var step = 0; step < weights.Length; step++)
            {
                var place = 2 * ((step * modelCount) + model);
                if (weights[step] != 0)
                    run += weights[step] * (terms[place] - PortableMath.Log1p(terms[place + 1]));
                var next = before + step + 1;
                if (next % StepsPerRun != 0)
                    continue;
                _spans[model] += run;
                run = 0;
                if (next / StepsPerRun % BlockReduction.RunsPerSpan != 0)
                    continue;
                _ended[model] += _spans[model];
                _spans[model] = 0;
            }

            _runs[model] = run;
        });
    }

    /// <summary>Returns the log-likelihood of a model.</summary>
    public double Of(int model) => _ended[model] + (_spans[model] + _runs[model]);
}
