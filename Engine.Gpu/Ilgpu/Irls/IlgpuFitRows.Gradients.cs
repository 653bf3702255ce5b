using Engine.Compute;
using Engine.Compute.Irls;
using Engine.Gpu.Ilgpu.Kernels;
using Engine.Numerics;

namespace Engine.Gpu.Ilgpu.Irls;

/// <content>Gradients of many models.</content>
internal sealed partial class IlgpuFitRows
{
    private GradientMemory? _gradientMemory;

    /// <inheritdoc/>
    /// <remarks>As many models a pass as the memory beside the rows holds; with the bits of the processor, which sums the models itself where a row has log odds beyond 700.</remarks>
    /// <exception cref="DeviceMemoryException">There is no room for one model.</exception>
    public void AccumulateGradients(IReadOnlyList<double[]> coefficients, IReadOnlyList<NormalEquations> sums)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentNullException.ThrowIfNull(sums);
        using var use = _lifetime.Use();
        _device.ThrowIfDisposed();
        // As on the processor: models with offsets do not share passes.
        if (!_request.Offsets.IsEmpty || coefficients.Count == 0)
        {
            for (var model = 0; model < coefficients.Count; model++)
                Accumulate(coefficients[model], sums[model]);
            return;
        }

        using var hold = _request.Samples.Hold();
        var together = ModelsTogether(coefficients[0].Length, coefficients.Count);
        for (var first = 0; first < coefficients.Count; first += together)
        {
            double[][] models = [.. coefficients.Skip(first).Take(together)];
            NormalEquations[] sumsOfModels = [.. sums.Skip(first).Take(together)];
            if (!TryAccumulate(models, sumsOfModels))
                new SimdFitRows(_request, _options).AccumulateGradients(models, sumsOfModels);
        }
    }

    /// <summary>Runs one pass.</summary>
    /// <returns>False where nothing was added, because the formulas of the device do not hold the log odds of a row.</returns>
    private bool TryAccumulate(double[][] coefficients, NormalEquations[] sums)
    {
        var (count, columns) = (coefficients.Length, coefficients[0].Length);
        var (gradients, logLikelihoods) = (new double[columns * count], new StepLogLikelihoods(count));
        lock (_device.Gate)
        {
            _device.Accelerator.Bind();
            var memory = GradientMemoryOf(columns, count);
            memory.Begin(_compute, [.. Enumerable.Range(0, columns).SelectMany(column => coefficients.Select(model => model[column]))]);
            PassOver(
                new IrlsTask { RowStride = _request.Samples.Stride, FeatureCount = _request.Samples.FeatureCount, ColumnCount = columns, HasWeights = _request.Weights.IsEmpty ? 0 : 1 },
                (first, rows) => Start(memory.Describe(rows, count), first),
                (first, rows) => AddLogLikelihoods(memory, first, rows.RowCount, count, logLikelihoods));
            if (!memory.TryFetchSums(_compute, gradients))
                return false;
        }

        for (var model = 0; model < count; model++)
        {
            for (var column = 0; column < columns; column++)
                sums[model].Gradient[column] += gradients[(column * count) + model];
            sums[model].LogLikelihood += logLikelihoods.Of(model);
        }

        return true;
    }

    private void Start(GradientTask task, long first)
    {
        task.RowsBefore = (int)(first % GradientKernel.RowsPerRun);
        task.RunsBefore = (int)(first / GradientKernel.RowsPerRun % BlockReduction.RunsPerSpan);
        var rows = task.RowsBefore + task.Rows.RowCount;
        var isLast = first + task.Rows.RowCount == _request.Samples.RowCount;
        var entries = (long)task.Rows.ColumnCount * task.ModelCount;
        var runs = (rows + GradientKernel.RowsPerRun - 1) / GradientKernel.RowsPerRun;
        task.IsLast = isLast ? 1 : 0;
        task.EndedRuns = isLast ? runs : rows / GradientKernel.RowsPerRun;
        LaunchThreads(GradientKernel.FindResiduals, (long)GradientMemory.StepsOf(task.Rows.RowCount) / GradientKernel.StepsPerBlock * task.ModelCount, task);
        LaunchThreads(GradientKernel.AddRows, runs * entries, task);
        LaunchThreads(GradientKernel.AddRuns, entries, task);
    }

    private void AddLogLikelihoods(GradientMemory memory, long first, int rowCount, int modelCount, StepLogLikelihoods logLikelihoods)
    {
        var steps = GradientMemory.StepsOf(rowCount);
        var (weights, terms) = (new double[steps], new double[2 * steps * modelCount]);
        memory.FetchSteps(_compute, weights, terms);
        _compute.Synchronize();
        logLikelihoods.Add(weights, terms, first, _options.ToParallelOptions());
    }

    private void LaunchThreads(Action<GradientTask> kernel, long threads, GradientTask task) =>
        Launch(kernel, (threads + _device.GroupSize - 1) / _device.GroupSize, _device.GroupSize, task);

    private int ModelsTogether(int columns, int count)
    {
        var taken = ((long)_slabs.Length * _slabRows * FitSlab.BytesOfRow(_request)) + GradientMemory.BytesOfRows(_slabRows);
        var bytesOfModel = GradientMemory.BytesOfModel(_slabRows, columns);
        _device.Memory.Require(taken + bytesOfModel, $"a shared pass of {_slabRows:N0} rows at a time and one model of {columns:N0} coefficients", "use the processor.");
        return (int)Math.Min(count, (_device.Memory.Limit - taken) / bytesOfModel);
    }

    private GradientMemory GradientMemoryOf(int columns, int modelCount)
    {
        if (_gradientMemory is null || _gradientMemory.Columns != columns || _gradientMemory.ModelCount < modelCount)
        {
            _gradientMemory?.Dispose();
            // Should the new one find no room, the old one is gone.
            _gradientMemory = null;
            _gradientMemory = new GradientMemory(_device.Memory, _slabRows, columns, modelCount);
        }

        return _gradientMemory;
    }
}
