using Engine.Gpu.Ilgpu.Kernels;
using Engine.Numerics.Distances;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>The filter of one search: a batch of queries and its thresholds on the device, and room for the pairs that remain, of one step and of the one before, which are ranked meanwhile.</summary>
internal sealed class PairFilter : IDisposable
{
    /// <summary>Groups of threads a multiprocessor: enough to keep it busy, tiles are handed on by a loop.</summary>
    private const int GroupsPerProcessor = 16;

    private readonly AcceleratorStream _stream;
    private readonly Action<AcceleratorStream, KernelConfig, FilterTask> _find;
    private readonly KernelConfig _config;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _thresholds;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _mayBeFound;
    private readonly MemoryBuffer1D<long, Stride1D.Dense>[] _pairs;
    private readonly MemoryBuffer1D<long, Stride1D.Dense> _pairCount;
    private readonly long[] _hostCount = new long[1];
    private int _next;

    public PairFilter(IlgpuDevice device, Metric metric, int batch, int slabRows, int pairCapacity)
    {
        var (accelerator, memory) = (device.Accelerator, device.Memory);
        _stream = accelerator.CreateStream();
        var side = device.HasWideGroups ? WideTile.Side : NarrowTile.Side;
        _config = new KernelConfig(accelerator.NumMultiprocessors * GroupsPerProcessor, side * side);
        _find = (metric == Metric.L1, device.HasWideGroups) switch
        {
            (true, true) => accelerator.LoadKernel<FilterTask>(FilterKernel.Find<AbsoluteTerm, WideTile>),
            (true, false) => accelerator.LoadKernel<FilterTask>(FilterKernel.Find<AbsoluteTerm, NarrowTile>),
            (false, true) => accelerator.LoadKernel<FilterTask>(FilterKernel.Find<ProductTerm, WideTile>),
            (false, false) => accelerator.LoadKernel<FilterTask>(FilterKernel.Find<ProductTerm, NarrowTile>),
        };
        _thresholds = memory.Allocate<float>(batch);
        _mayBeFound = memory.Allocate<int>(slabRows);
        PairCapacity = pairCapacity;
        _pairs = [memory.Allocate<long>(pairCapacity), memory.Allocate<long>(pairCapacity)];
        _pairCount = memory.Allocate<long>(1);
    }

    /// <summary>Gets how many pairs there is room for.</summary>
    public int PairCapacity { get; }

    /// <summary>Returns the device bytes of a filter.</summary>
    public static long BytesOf(int batch, int slabRows, int pairCapacity) =>
        ((long)batch * sizeof(float)) + ((long)slabRows * sizeof(int)) + (((2L * pairCapacity) + 1) * sizeof(long));

    /// <summary>Takes the thresholds of a batch, one a query.</summary>
    public void SetThresholds(ReadOnlySpan<float> thresholds) => Upload(_thresholds.View, thresholds);

    /// <summary>Takes which rows of a slab may be found: 1 or 0.</summary>
    public void SetMayBeFound(ReadOnlySpan<int> rows) => Upload(_mayBeFound.View, rows);

    /// <summary>Starts to compare a batch of queries with some rows of a slab.</summary>
    public void Start(DeviceRows queries, int queryCount, DeviceRows rows, int firstRow, int rowCount, int stride)
    {
        _pairCount.View.BaseView.MemSetToZero(_stream);
        _find(_stream, _config, new FilterTask
        {
            Queries = queries.Turned,
            QueryShares = queries.Shares,
            Thresholds = _thresholds.View,
            Rows = rows.Turned,
            RowShares = rows.Shares,
            MayBeFound = _mayBeFound.View,
            Pairs = _pairs[_next].View,
            PairCount = _pairCount.View,
            QueryCount = queryCount,
            QueryPitch = queries.Pitch,
            FirstRow = firstRow,
            RowCount = rowCount,
            RowPitch = rows.Pitch,
            Stride = stride,
        });
    }

    /// <summary>Waits for the pairs of the comparison that was started; they stay until the one after the next is started.</summary>
    /// <returns>Whether there was room for all of them.</returns>
    public bool TryFinish(out ArrayView<long> pairs, out int count)
    {
        _pairCount.View.BaseView.CopyToCPU(_stream, _hostCount.AsSpan());
        _stream.Synchronize();
        (pairs, count) = (_pairs[_next].View, (int)Math.Min(_hostCount[0], PairCapacity));
        if (_hostCount[0] > PairCapacity)
            return false;
        _next = 1 - _next;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _thresholds.Dispose();
        _mayBeFound.Dispose();
        foreach (var pairs in _pairs)
            pairs.Dispose();
        _pairCount.Dispose();
    }

    private void Upload<T>(ArrayView<T> destination, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        destination.SubView(0, values.Length).CopyFromCPU(_stream, values);
        _stream.Synchronize();
    }
}
