using Engine.Compute.Irls;
using Engine.Data;
using Engine.Numerics;
using Engine.Numerics.Lanes;
using ILGPU;

namespace Engine.Gpu.Ilgpu.Kernels;

/// <summary>Gradients and log-likelihoods of many models in one walk over the rows, in the order and with the bits of <see cref="GradientPass{TLanes}"/>.</summary>
/// <remarks>
/// <code>
/// steps     | 64 | 64 | 64 | 64 |   rows of weight in a block of 256; a thread a block and model: predictors from columns rising, residuals, terms of the log-likelihood
/// runs      | 64 blocks         |   a thread a run, column and model: residual x value, rows rising
/// spans       run 0 + ... + run 63  a thread a column and model, and so for the sums
/// sums        span 0 + span 1 + ...
/// </code>
/// <para>Threads that follow each other are models of one row: its values are read once for all of them, and what belongs to a model lies side by side.</para>
/// </remarks>
internal static class GradientKernel
{
    /// <summary>The rows that one chain of additions goes over.</summary>
    public const int RowsPerRun = BlockReduction.BlocksPerRun * SampleMatrix.RowsPerBlock;

    /// <summary>The most steps that a block has.</summary>
    public const int StepsPerBlock = SampleMatrix.RowsPerBlock / GradientBatch.RowsPerStep;

    /// <summary>Computes residuals and the terms of the log-likelihoods.</summary>
    public static void FindResiduals(GradientTask task)
    {
        var blocks = (task.Rows.RowCount + SampleMatrix.RowsPerBlock - 1) / SampleMatrix.RowsPerBlock;
        for (var item = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; item < (long)blocks * task.ModelCount; item += (long)Grid.DimX * Group.DimX)
        {
            var (block, model) = ((int)(item / task.ModelCount), (int)(item % task.ModelCount));
            var end = Math.Min((block + 1) * SampleMatrix.RowsPerBlock, task.Rows.RowCount);
            var row = block * SampleMatrix.RowsPerBlock;
            for (var step = block * StepsPerBlock; step < (block + 1) * StepsPerBlock; step++)
                row = AddStep(task, step, row, end, model);
            // Behind the last whole step there is none of weight.
            for (; row < end; row++)
                task.Residuals[((long)row * task.ModelCount) + model] = double.NaN;
        }
    }

    /// <summary>Adds the rows to the gradients of their runs.</summary>
    public static void AddRows(GradientTask task)
    {
        var entries = (long)task.Rows.ColumnCount * task.ModelCount;
        var runs = (task.RowsBefore + task.Rows.RowCount + RowsPerRun - 1) / RowsPerRun;
        for (var item = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; item < runs * entries; item += (long)Grid.DimX * Group.DimX)
        {
            var (run, column, model) = ((int)(item / entries), (int)(item % entries / task.ModelCount), (int)(item % task.ModelCount));
            var first = Math.Max(0, (run * RowsPerRun) - task.RowsBefore);
            var end = Math.Min(((run + 1) * RowsPerRun) - task.RowsBefore, task.Rows.RowCount);
            var sum = task.Runs[item];
            for (var row = first; row < end; row++)
            {
                var residual = task.Residuals[((long)row * task.ModelCount) + model];
                // What a row of weight 0 holds is never looked at: it may be no number.
                if (!double.IsNaN(residual))
                    sum = Rounded.MultiplyAdd(IrlsKernel.Value(task.Rows, row, column), residual, sum);
            }

            task.Runs[item] = sum;
        }
    }

    /// <summary>Adds the runs that ended to their spans, and these to the sums, in order; begins the next ones with the run that has not ended.</summary>
    public static void AddRuns(GradientTask task)
    {
        var entries = (long)task.Rows.ColumnCount * task.ModelCount;
        for (var entry = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; entry < entries; entry += (long)Grid.DimX * Group.DimX)
        {
            var (span, sum) = (task.Span[entry], task.Sums[entry]);
            for (var run = 0; run < task.EndedRuns; run++)
            {
                span += task.Runs[(run * entries) + entry];
                if ((task.RunsBefore + run + 1) % BlockReduction.RunsPerSpan != 0)
                    continue;
                sum += span;
                span = 0;
            }

            task.Span[entry] = span;
            task.Sums[entry] = task.IsLast != 0 ? sum + span : sum;
            var begun = task.Runs[(task.EndedRuns * entries) + entry];
            for (long run = 0; run <= task.EndedRuns; run++)
                task.Runs[(run * entries) + entry] = run == 0 ? begun : 0;
        }
    }

    /// <summary>Computes a step: the next rows of weight, up to 64.</summary>
    /// <returns>The row after the last.</returns>
    private static int AddStep(GradientTask task, int step, int first, int end, int model)
    {
        var (weight, isUniform, count, last) = (0.0, true, 0, first);
        for (; last < end && count < GradientBatch.RowsPerStep; last++)
        {
            var own = WeightOf(task.Rows, last);
            if (own == 0)
                continue;
            isUniform &= count == 0 || own == weight;
            weight = own;
            count++;
        }

        double product = 0, linear = 0;
        for (var row = first; row < last; row++)
        {
            var own = WeightOf(task.Rows, row);
            var residual = double.NaN;
            if (own != 0)
            {
                var eta = Predictor(task, row, model);
                var size = Math.Abs(eta);
                if (!(size <= -PortableMath.LowestOfFusedExp))
                    task.Beyond[0] = 1;
                var odds = LanesMath<RoundedNumber>.Exp(new RoundedNumber(-size)).Value;
                var likely = 1 / (1 + odds);
                var unlikely = odds * likely;
                var isOne = task.Rows.Labels[row] != 0;
                residual = own * (isOne ? (eta >= 0 ? unlikely : likely) : (eta <= 0 ? -unlikely : -likely));
                var part = isOne ? Math.Min(eta, 0) : -Math.Max(eta, 0);
                if (isUniform)
                {
                    product = Rounded.MultiplyAdd(product, odds, product + odds);
                    linear += part;
                }
                else
                {
                    linear = Rounded.MultiplyAdd(own, part - LanesMath<RoundedNumber>.Log1p(new RoundedNumber(odds)).Value, linear);
                }
            }

            task.Residuals[((long)row * task.ModelCount) + model] = residual;
        }

        task.StepWeights[step] = count == 0 || isUniform ? weight : 1;
        var terms = 2 * (((long)step * task.ModelCount) + model);
        task.StepTerms[terms] = linear;
        task.StepTerms[terms + 1] = product;
        return last;
    }

    private static double WeightOf(IrlsTask rows, int row) => rows.HasWeights != 0 ? rows.Weights[row] : 1;

    private static double Predictor(GradientTask task, int row, int model)
    {
        var sum = 0.0;
        for (var column = 0; column < task.Rows.ColumnCount; column++)
            sum = Rounded.MultiplyAdd(IrlsKernel.Value(task.Rows, row, column), task.Coefficients[(column * task.ModelCount) + model], sum);
        return sum;
    }
}
