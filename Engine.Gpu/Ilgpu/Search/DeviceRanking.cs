using Engine.Compute;
using Engine.Gpu.Ilgpu.Kernels;
using Engine.Numerics.Distances;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Keeps the k nearest rows of every query on the device, on a stream of its own.</summary>
internal sealed unsafe class DeviceRanking : IPairRanking
{
    /// <summary>The longest lists that are kept here: a thread moves what lies behind a row that enters.</summary>
    public const int LargestNeighborCount = 64;

    private const int LargestGrid = 4096;

    private readonly IlgpuDevice _device;
    private readonly AcceleratorStream _stream;
    private readonly NeighborRequest _request;
    private readonly long[]? _subset;
    private readonly Action<AcceleratorStream, KernelConfig, RankTask> _measure;
    private readonly Action<AcceleratorStream, KernelConfig, RankTask> _keep;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _pairDistances;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _nextPairs;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _firstPairs;
    private readonly MemoryBuffer1D<long, Stride1D.Dense> _excluded;
    private readonly MemoryBuffer1D<long, Stride1D.Dense> _found;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _distances;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _counts;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _limits;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> _rankedPairs;
    private readonly long* _indicesOfCaller;
    private readonly float* _distancesOfCaller;
    private RankTask _task;
    private long _firstQuery;

    /// <summary>Prepares to rank.</summary>
    /// <param name="device">The device.</param>
    /// <param name="request">The search.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="subset">The rows of the index, ascending; null for all of the reference.</param>
    /// <param name="batch">The most queries at a time.</param>
    /// <param name="pairCapacity">The most pairs at a time.</param>
    /// <param name="indices">Receives m x k rows of the reference.</param>
    /// <param name="distances">Receives m x k canonical distances.</param>
    public DeviceRanking(IlgpuDevice device, NeighborRequest request, Metric metric, long[]? subset, int batch, int pairCapacity, long* indices, float* distances)
    {
        (_device, _request, _subset) = (device, request, subset);
        _indicesOfCaller = indices;
        _distancesOfCaller = distances;
        var (accelerator, memory, listed) = (device.Accelerator, device.Memory, (long)batch * request.NeighborCount);
        _stream = accelerator.CreateStream();
        _measure = (metric, request.Scale) switch
        {
            (Metric.L1, _) => accelerator.LoadKernel<RankTask>(RankKernel.Measure<AbsoluteDifference>),
            (_, DistanceScale.Small) => accelerator.LoadKernel<RankTask>(RankKernel.Measure<SmallSquaredDifference>),
            (_, DistanceScale.Large) => accelerator.LoadKernel<RankTask>(RankKernel.Measure<LargeSquaredDifference>),
            _ => accelerator.LoadKernel<RankTask>(RankKernel.Measure<SquaredDifference>),
        };
        _keep = accelerator.LoadKernel<RankTask>(RankKernel.Keep);
        _pairDistances = memory.Allocate<float>(pairCapacity);
        _nextPairs = memory.Allocate<int>(pairCapacity);
        _firstPairs = memory.Allocate<int>(batch);
        _excluded = memory.Allocate<long>(batch);
        _found = memory.Allocate<long>(listed);
        _distances = memory.Allocate<float>(listed);
        _counts = memory.Allocate<int>(batch);
        _limits = memory.Allocate<float>(batch);
        _rankedPairs = memory.Allocate<int>(batch);
    }

    /// <inheritdoc/>
    public long RankedPairs { get; private set; }

    /// <summary>Returns whether a search can be ranked here.</summary>
    public static bool CanRank(NeighborRequest request) => request.NeighborCount <= LargestNeighborCount && (!request.ExcludeSelf || request.Excluded.IsEmpty);

    /// <summary>Returns the device bytes of a ranking.</summary>
    public static long BytesOf(int batch, int neighborCount, int pairCapacity) =>
        ((long)pairCapacity * (sizeof(float) + sizeof(int))) + (batch * ((3L * sizeof(int)) + sizeof(float) + sizeof(long) + ((long)neighborCount * (sizeof(long) + sizeof(float)))));

    /// <inheritdoc/>
    public void Begin(long firstQuery, int count, ReadOnlySpan<float> values, DeviceRows queries)
    {
        _firstQuery = firstQuery;
        _task = new RankTask
        {
            Queries = queries.Raw,
            PairDistances = _pairDistances.View,
            NextPairs = _nextPairs.View,
            FirstPairs = _firstPairs.View,
            Excluded = _excluded.View,
            Found = _found.View,
            Distances = _distances.View,
            Counts = _counts.View,
            Limits = _limits.View,
            RankedPairs = _rankedPairs.View,
            QueryCount = count,
            NeighborCount = _request.NeighborCount,
            Stride = _request.Queries.Stride,
        };
        Send(_firstPairs, Enumerable.Repeat(-1, count));
        Send(_excluded, Enumerable.Range(0, count).Select(ExcludedPlace));
        Send(_limits, Enumerable.Repeat(float.PositiveInfinity, count));
        _counts.View.BaseView.MemSetToZero(_stream);
        _rankedPairs.View.BaseView.MemSetToZero(_stream);
        _stream.Synchronize();
    }

    /// <inheritdoc/>
    public void Start(StepPairs pairs)
    {
        if (pairs.Count == 0)
            return;
        _task.Rows = pairs.Slab.Raw;
        _task.Pairs = pairs.Pairs;
        _task.PairCount = pairs.Count;
        _task.FirstRow = pairs.FirstRow;
        _measure(_stream, ConfigOf(pairs.Count), _task);
        _keep(_stream, ConfigOf(_task.QueryCount), _task);
    }

    /// <inheritdoc/>
    public void Finish() => _stream.Synchronize();

    /// <inheritdoc/>
    public void CopyLimits(Span<float> limits) => Fetch(_limits, limits);

    /// <inheritdoc/>
    public void End()
    {
        var (count, start) = (_task.QueryCount * _request.NeighborCount, _firstQuery * _request.NeighborCount);
        var indices = new Span<long>(_indicesOfCaller + start, count);
        Fetch(_found, indices);
        Fetch(_distances, new Span<float>(_distancesOfCaller + start, count));
        for (var i = 0; i < count && _subset is not null; i++)
            indices[i] = _subset[indices[i]];
        var ranked = new int[_task.QueryCount];
        Fetch(_rankedPairs, ranked);
        RankedPairs += ranked.Sum(static pairs => (long)pairs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _pairDistances.Dispose();
        _nextPairs.Dispose();
        _firstPairs.Dispose();
        _excluded.Dispose();
        _found.Dispose();
        _distances.Dispose();
        _counts.Dispose();
        _limits.Dispose();
        _rankedPairs.Dispose();
    }

    /// <summary>Returns the place in the index of the row that a query must not find; -1 for none.</summary>
    private long ExcludedPlace(int query)
    {
        if (!_request.ExcludeSelf && _request.Excluded.IsEmpty)
            return -1;
        var row = _request.ExcludeSelf ? _firstQuery + query : _request.Excluded.Span[(int)_firstQuery + query];
        return _subset is null ? row : Math.Max(-1, Array.BinarySearch(_subset, row));
    }

    private KernelConfig ConfigOf(int threads) => new(Math.Min(LargestGrid, (threads + _device.GroupSize - 1) / _device.GroupSize), _device.GroupSize);

    private void Send<T>(MemoryBuffer1D<T, Stride1D.Dense> buffer, IEnumerable<T> values)
        where T : unmanaged
    {
        T[] sent = [.. values];
        buffer.View.BaseView.SubView(0, sent.Length).CopyFromCPU(_stream, sent);
        _stream.Synchronize();
    }

    private void Fetch<T>(MemoryBuffer1D<T, Stride1D.Dense> buffer, Span<T> values)
        where T : unmanaged
    {
        buffer.View.BaseView.SubView(0, values.Length).CopyToCPU(_stream, values);
        _stream.Synchronize();
    }
}
