using Engine.Compute;
using Engine.Gpu.Ilgpu.Kernels;
using Engine.Numerics;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu.Irls;

/// <summary>Passes of a fit over rows that stay on the device as far as half of its memory has room; the others are sent in each pass, while those before are summed.</summary>
/// <remarks>Where all stay, those that a plan makes between others are made there.</remarks>
internal sealed partial class IlgpuFitRows : IFitRows
{
    private const int LargestGrid = 4096;

    private readonly IlgpuDevice _device;
    private readonly FitRequest _request;
    private readonly ComputeOptions _options;
    private readonly HostRows _source;
    private readonly PageLockedArray1D<float> _host;
    private readonly AcceleratorStream _intake;
    private readonly AcceleratorStream _compute;
    private readonly FitSlab[] _slabs;
    private readonly RowMaker? _maker;
    private readonly int _slabRows;
    private readonly long _slabCount;
    private readonly IDisposable _deviceUse;
    private readonly Lifetime _lifetime;
    private MemoryBuffer1D<double, Stride1D.Dense>? _partials;

    public IlgpuFitRows(IlgpuDevice device, IlgpuLimits limits, FitRequest request, ComputeOptions options)
    {
        (_device, _request, _options) = (device, request, options);
        var (samples, rowBytes) = (request.Samples, FitSlab.BytesOfRow(request));
        // Whole parts, so that sums do not depend on what a slab is.
        var parts = Math.Max(1, limits.SlabElements / samples.Stride / IrlsKernel.RowsPerPart);
        _slabRows = (int)Math.Min(samples.RowCount, parts * IrlsKernel.RowsPerPart);
        _slabCount = (samples.RowCount + _slabRows - 1) / _slabRows;
        var bytes = _slabRows * rowBytes;
        device.Memory.Require(
            Math.Min(2, _slabCount) * bytes, $"{Math.Min(2, _slabCount)} slabs of {_slabRows:N0} rows", $"{device.Memory.Limit / 2 / rowBytes:N0} rows of {samples.FeatureCount:N0} features would fit, in parts of {IrlsKernel.RowsPerPart:N0}; use the processor.");
        _intake = device.Accelerator.CreateStream();
        _compute = device.Accelerator.CreateStream();
        _host = device.Accelerator.AllocatePageLocked1D<float>((long)_slabRows * samples.Stride);
        _slabs = new FitSlab[device.Memory.SlabsThatStay(bytes, _slabCount)];
        for (var i = 0; i < _slabs.Length; i++)
            _slabs[i] = new FitSlab(device.Memory, request, _slabRows);
        // Rows can be made of others only while all of them are there.
        if (_slabs.Length == _slabCount && (_slabCount * bytes) + RowMaker.BytesOf(_slabRows) <= device.Memory.Limit)
            _maker = RowMaker.For(device, samples);
        _source = new HostRows(_maker?.Parents ?? samples);
        _deviceUse = device.Use();
        _lifetime = new Lifetime(nameof(IFitRows), Release);
    }

    /// <inheritdoc/>
    public void Accumulate(ReadOnlySpan<double> coefficients, NormalEquations sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        using var use = _lifetime.Use();
        _device.ThrowIfDisposed();
        using var hold = _request.Samples.Hold();
        var entries = IrlsKernel.EntryCount(sums.CoefficientCount);
        var total = new double[entries];
        lock (_device.Gate)
        {
            _device.Accelerator.Bind();
            using var model = _device.Memory.Allocate<double>(coefficients.Length);
            model.View.BaseView.CopyFromCPU(_compute, coefficients);
            using var result = _device.Memory.Allocate<double>(entries);
            result.View.BaseView.MemSetToZero(_compute);
            var task = new IrlsTask
            {
                Coefficients = model.View,
                Partials = PartialsOf(entries).View,
                Sums = result.View,
                RowStride = _request.Samples.Stride,
                FeatureCount = _request.Samples.FeatureCount,
                ColumnCount = sums.CoefficientCount,
                HasWeights = _request.Weights.IsEmpty ? 0 : 1,
                HasOffsets = _request.Offsets.IsEmpty ? 0 : 1,
                HasHessian = sums.HasHessian ? 1 : 0,
            };
            PassOver(task, (_, rows) => Start(rows), static (_, _) => { });
            result.View.BaseView.CopyToCPU(_compute, total.AsSpan());
            _compute.Synchronize();
        }

        Add(total, sums);
    }

    /// <inheritdoc/>
    public void Dispose() => _lifetime.Dispose();

    private void Release()
    {
        lock (_device.Gate)
        {
            _device.Accelerator.Bind();
            _partials?.Dispose();
            _gradientMemory?.Dispose();
            foreach (var slab in _slabs)
                slab.Dispose();
            _host.Dispose();
            _intake.Dispose();
            _compute.Dispose();
        }

        _deviceUse.Dispose();
    }

    /// <summary>Goes over the slabs; while the device works on one, the next is sent unless it is there.</summary>
    /// <param name="task">What does not depend on the slab.</param>
    /// <param name="start">Starts the work on a slab: its first row, and the task.</param>
    /// <param name="finish">Fetches what the work gave, if anything.</param>
    private void PassOver(IrlsTask task, Action<long, IrlsTask> start, Action<long, IrlsTask> finish)
    {
        for (var slab = 0L; slab < _slabCount; slab++)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            var first = slab * _slabRows;
            task.RowCount = Load(slab, ref task);
            _intake.Synchronize();
            start(first, task);
            // The next slab takes the place of one that was summed before this one.
            if (_slabs.Length < _slabCount && slab + 1 < _slabCount)
                Load(slab + 1);
            finish(first, task);
            if (_slabs.Length < _slabCount)
                _compute.Synchronize();
        }
    }

    private void Start(IrlsTask task)
    {
        task.PartCount = (task.RowCount + IrlsKernel.RowsPerPart - 1) / IrlsKernel.RowsPerPart;
        Launch(IrlsKernel.SumTerms, task.PartCount, _device.GroupSize, task);
        if (task.HasHessian != 0 && _device.HasWideGroups)
            LaunchHessian<WideTile>(task);
        else if (task.HasHessian != 0)
            LaunchHessian<NarrowTile>(task);
        Launch(IrlsKernel.AddParts, (task.Sums.Length + _device.GroupSize - 1) / _device.GroupSize, _device.GroupSize, task);
    }

    private void LaunchHessian<TShape>(IrlsTask task)
        where TShape : struct, ITileShape =>
        Launch(HessianKernel.SumProducts<TShape>, (long)task.PartCount * HessianKernel.TileCount(task.ColumnCount, TShape.Side * WideStrip.Length), TShape.Side * TShape.Side, task);

    private void Launch<TTask>(Action<TTask> kernel, long groups, int groupSize, TTask task)
        where TTask : struct =>
        _device.Accelerator.LoadKernel(kernel)(_compute, new KernelConfig((int)Math.Min(LargestGrid, groups), groupSize), task);

    /// <summary>Starts to send a slab unless it is on the device, and puts it into a task.</summary>
    /// <returns>Its rows.</returns>
    private int Load(long slab, ref IrlsTask task)
    {
        Load(slab).Describe(ref task);
        return RowsOf(slab);
    }

    private int RowsOf(long slab) => (int)Math.Min(_slabRows, _request.Samples.RowCount - (slab * _slabRows));

    /// <summary>Starts to send a slab unless it is on the device.</summary>
    private FitSlab Load(long slab)
    {
        var (place, first, stride) = (_slabs[slab % _slabs.Length], slab * _slabRows, _request.Samples.Stride);
        if (place.Index != slab)
        {
            var count = RowsOf(slab);
            var sent = (int)Math.Clamp((_maker?.FirstRow ?? long.MaxValue) - first, 0, count);
            // The copy of what was sent before may still read the page-locked memory.
            _intake.Synchronize();
            _source.Copy(first, sent, _host.Span);
            // Sending may fail halfway: what lies there then is no slab.
            place.Index = -1;
            place.Receive(_intake, _request, first, _host.ArrayView.SubView(0, (long)sent * stride), count);
            if (sent < count)
                _maker!.Make(_intake, _slabs, _slabRows, first + sent, place.Rows.SubView((long)sent * stride, (long)(count - sent) * stride));
            place.Index = slab;
        }

        return place;
    }

    private MemoryBuffer1D<double, Stride1D.Dense> PartialsOf(int entries)
    {
        var parts = (_slabRows + IrlsKernel.RowsPerPart - 1) / IrlsKernel.RowsPerPart;
        if (_partials is null || _partials.Length < (long)parts * entries)
        {
            _partials?.Dispose();
            _partials = _device.Memory.Allocate<double>((long)parts * entries);
        }

        return _partials;
    }

    private static void Add(ReadOnlySpan<double> total, NormalEquations sums)
    {
        var next = 0;
        for (var i = 0; i < sums.CoefficientCount; i++)
        {
            for (var j = 0; j <= i; j++, next++)
            {
                if (sums.HasHessian)
                    sums.Hessian[(i * sums.Stride) + j] += total[next];
            }
        }

        for (var i = 0; i < sums.CoefficientCount; i++)
            sums.Gradient[i] += total[next++];
        sums.LogLikelihood += total[next++];
        sums.LargestLinearPredictor = Math.Max(sums.LargestLinearPredictor, total[next]);
    }
}
