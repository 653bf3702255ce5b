using Engine.Data;
using Engine.Gpu.Ilgpu.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu.Irls;

/// <summary>What a pass of many models needs on the device beside the rows.</summary>
internal sealed class GradientMemory : IDisposable
{
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _coefficients;
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _residuals;
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _stepWeights;
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _stepTerms;
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _runs;
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _span;
    private readonly MemoryBuffer1D<double, Stride1D.Dense> _sums;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _beyond;

    /// <summary>Allocates room.</summary>
    /// <param name="memory">The device's.</param>
    /// <param name="slabRows">The most rows at a time.</param>
    /// <param name="columns">The coefficients of a model.</param>
    /// <param name="modelCount">The most models.</param>
    public GradientMemory(DeviceMemory memory, int slabRows, int columns, int modelCount)
    {
        (Columns, ModelCount) = (columns, modelCount);
        _coefficients = memory.Allocate<double>((long)columns * modelCount);
        _residuals = memory.Allocate<double>((long)slabRows * modelCount);
        _stepWeights = memory.Allocate<double>(StepsOf(slabRows));
        _stepTerms = memory.Allocate<double>(2L * StepsOf(slabRows) * modelCount);
        _runs = memory.Allocate<double>((long)RunsOf(slabRows) * columns * modelCount);
        _span = memory.Allocate<double>((long)columns * modelCount);
        _sums = memory.Allocate<double>((long)columns * modelCount);
        _beyond = memory.Allocate<int>(1);
    }

    /// <summary>Gets the coefficients of a model.</summary>
    public int Columns { get; }

    /// <summary>Gets how many models there is room for.</summary>
    public int ModelCount { get; }

    /// <summary>Returns the device bytes of one model more, those for all models apart.</summary>
    public static long BytesOfModel(int slabRows, int columns) => sizeof(double) * (slabRows + (2L * StepsOf(slabRows)) + ((RunsOf(slabRows) + 3L) * columns));

    /// <summary>Returns the device bytes that do not depend on the number of models.</summary>
    public static long BytesOfRows(int slabRows) => (sizeof(double) * (long)StepsOf(slabRows)) + sizeof(int);

    /// <summary>Returns the most steps of so many rows.</summary>
    public static int StepsOf(int rows) => (rows + SampleMatrix.RowsPerBlock - 1) / SampleMatrix.RowsPerBlock * GradientKernel.StepsPerBlock;

    /// <summary>Takes coefficients, and empties the sums.</summary>
    public void Begin(AcceleratorStream stream, ReadOnlySpan<double> coefficients)
    {
        _coefficients.View.BaseView.SubView(0, coefficients.Length).CopyFromCPU(stream, coefficients);
        _runs.View.BaseView.MemSetToZero(stream);
        _span.View.BaseView.MemSetToZero(stream);
        _sums.View.BaseView.MemSetToZero(stream);
        _beyond.View.BaseView.MemSetToZero(stream);
    }

    /// <summary>Makes a task.</summary>
    public GradientTask Describe(IrlsTask rows, int modelCount) => new()
    {
        Rows = rows,
        Coefficients = _coefficients.View,
        Residuals = _residuals.View,
        StepWeights = _stepWeights.View,
        StepTerms = _stepTerms.View,
        Runs = _runs.View,
        Span = _span.View,
        Sums = _sums.View,
        Beyond = _beyond.View,
        ModelCount = modelCount,
    };

    /// <summary>Starts to fetch the terms of the log-likelihoods.</summary>
    public void FetchSteps(AcceleratorStream stream, Span<double> weights, Span<double> terms)
    {
        _stepWeights.View.BaseView.SubView(0, weights.Length).CopyToCPU(stream, weights);
        _stepTerms.View.BaseView.SubView(0, terms.Length).CopyToCPU(stream, terms);
    }

    /// <summary>Waits for the sums.</summary>
    /// <returns>Whether they are right: whether no log odds were beyond what the formulas hold.</returns>
    public bool TryFetchSums(AcceleratorStream stream, Span<double> sums)
    {
        var beyond = new int[1];
        _beyond.View.BaseView.CopyToCPU(stream, beyond.AsSpan());
        _sums.View.BaseView.SubView(0, sums.Length).CopyToCPU(stream, sums);
        stream.Synchronize();
        return beyond[0] == 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coefficients.Dispose();
        _residuals.Dispose();
        _stepWeights.Dispose();
        _stepTerms.Dispose();
        _runs.Dispose();
        _span.Dispose();
        _sums.Dispose();
        _beyond.Dispose();
    }

    /// <summary>Returns the most runs that so many rows touch, and one behind them.</summary>
    private static int RunsOf(int rows) => ((rows + GradientKernel.RowsPerRun - 1) / GradientKernel.RowsPerRun) + 2;
}
