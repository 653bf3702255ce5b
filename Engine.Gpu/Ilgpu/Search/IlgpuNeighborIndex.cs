using Engine.Compute;
using Engine.Data;
using Engine.Gpu.Ilgpu.Kernels;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Exact neighbors on a device: a tiled filter in float32 discards pairs by a proven bound, the rest is ranked canonically: the nearest on the device, others on the processor.</summary>
/// <remarks>
/// <code>
/// rows      | slab 0 | slab 1 | slab 2 | ...     sent while the slab before is compared; kept where the device has room for them
/// steps     |64|64|128| 256 |  512  | ...        the pairs that a step leaves are ranked while the next is compared, by the thresholds of what was ranked before;
///                                                a step that leaves too many pairs is halved
/// </code>
/// </remarks>
internal sealed unsafe class IlgpuNeighborIndex : INeighborIndex
{
    private readonly IlgpuDevice _device;
    private readonly IlgpuLimits _limits;
    private readonly long[]? _subset;
    private readonly float[] _center;
    private readonly long _rowCount;
    private readonly int _slabRows;
    private readonly DeviceRows[] _slabs;
    private readonly RowIntake _intake;
    private readonly IDisposable _deviceUse;
    private readonly Lifetime _lifetime;

    public IlgpuNeighborIndex(IlgpuDevice device, IlgpuLimits limits, SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        using var hold = reference.Hold();
        (_device, _limits, Reference, Metric, Rows) = (device, limits, reference, metric, rows);
        _subset = rows?.ToRows();
        _rowCount = _subset?.Length ?? reference.RowCount;
        _center = RowCenter.Of(reference, _subset, _rowCount, metric);
        var stride = reference.Stride;
        // Buffers are a tile longer than their rows, so slabs of fewer rows would save nothing.
        _slabRows = (int)Math.Min(_rowCount, Math.Max(limits.SlabElements / stride, FilterKernel.WidestTile));
        var slabCount = (_rowCount + _slabRows - 1) / _slabRows;
        var (bytes, raw) = (DeviceRows.BytesOf(_slabRows, stride), (long)_slabRows * stride * sizeof(float));
        var two = Math.Min(2, slabCount) * bytes;
        device.Memory.Require(two, $"{Math.Min(2, slabCount)} slabs of {_slabRows:N0} rows", $"{(device.Memory.Limit / (4 * (raw / _slabRows))):N0} rows of {reference.FeatureCount:N0} features would fit.");
        _intake = new RowIntake(device, reference, _slabRows, _center);
        _slabs = new DeviceRows[device.Memory.SlabsThatStay(bytes, slabCount)];
        for (var i = 0; i < _slabs.Length; i++)
            _slabs[i] = new DeviceRows(device.Memory, _slabRows, stride);
        _deviceUse = device.Use();
        _lifetime = new Lifetime(nameof(INeighborIndex), Release);
    }

    /// <inheritdoc/>
    public SampleMatrix Reference { get; }

    /// <inheritdoc/>
    public Metric Metric { get; }

    /// <inheritdoc/>
    public RowMask? Rows { get; }

    /// <inheritdoc/>
    public SearchStatistics FindNearest(NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options)
    {
        fixed (long* indicesStart = indices)
        fixed (float* distancesStart = distances)
        {
            // Where they point does not move while this method runs.
            var indicesOfCaller = indicesStart;
            var distancesOfCaller = distancesStart;
            var statistics = DeviceRanking.CanRank(request)
                ? Search(request.Queries, (batch, pairs) => new DeviceRanking(_device, request, Metric, _subset, batch, pairs, indicesOfCaller, distancesOfCaller), request.NeighborCount, request.Among, request.Scale, options)
                : Search(request.Queries, new NearestRanking(request, indicesStart, distancesStart), request.Among, request.Scale, options);
            if (request.Scale == DistanceScale.Ordinary)
                ToUnitOfMetric(distances);
            return statistics;
        }
    }

    /// <inheritdoc/>
    public SearchStatistics CountNearer(NearerRequest request, Span<int> needed, ComputeOptions options)
    {
        fixed (int* neededStart = needed)
            return Search(request.Queries, new NearerRanking(request, neededStart), null, request.Scale, options);
    }

    /// <inheritdoc/>
    public SearchStatistics FindWithin(RadiusRequest request, FoundWithin found, ComputeOptions options) =>
        Search(request.Queries, new RadiusRanking(Metric, request, found), request.Among, request.Scale, options);

    /// <inheritdoc/>
    public void Dispose() => _lifetime.Dispose();

    private void Release()
    {
        lock (_device.Gate)
        {
            _device.Accelerator.Bind();
            _intake.Dispose();
            foreach (var slab in _slabs)
                slab.Dispose();
        }

        _deviceUse.Dispose();
    }

    private SearchStatistics Search(SampleMatrix queries, IRanking ranking, RowMask? among, DistanceScale scale, ComputeOptions options) =>
        Search(queries, (batch, pairs) => new ProcessorRanking(_device, ranking, this, RowAt, scale, batch, pairs, options), 0, among, scale, options);

    /// <summary>Searches.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="createRanking">Creates what ranks so many queries and pairs at a time.</param>
    /// <param name="listedRows">How many rows a query keeps on the device.</param>
    /// <param name="among">The rows that may be found; null for all.</param>
    /// <param name="scale">The scale of the search.</param>
    /// <param name="options">How to use the machine.</param>
    private SearchStatistics Search(SampleMatrix queries, Func<int, int, IPairRanking> createRanking, int listedRows, RowMask? among, DistanceScale scale, ComputeOptions options)
    {
        using var use = _lifetime.Use();
        _device.ThrowIfDisposed();
        using var hold = Reference.Hold();
        using var heldQueries = queries.Hold();
        // One number a row, not a bit: the device reads it as it is.
        var mayBeFound = new int[_rowCount];
        for (long place = 0; place < mayBeFound.Length; place++)
            mayBeFound[place] = among?[(int)RowAt(place)] ?? true ? 1 : 0;
        var rowCount = mayBeFound.AsSpan().Count(1);

        // One search at a time: the device does not work faster on two.
        lock (_device.Gate)
        {
            _device.Accelerator.Bind();
            return SearchBatches(queries, createRanking, listedRows, mayBeFound, scale, options) with { PairCount = queries.RowCount * rowCount };
        }
    }

    private SearchStatistics SearchBatches(
        SampleMatrix queries, Func<int, int, IPairRanking> createRanking, int listedRows, int[] mayBeFound, DistanceScale scale, ComputeOptions options)
    {
        if (queries.RowCount == 0)
            return default;
        var stride = queries.Stride;
        var batch = (int)Math.Min(queries.RowCount, Math.Clamp(_limits.QueryElements / stride, 1, _limits.QueriesPerBatch));
        var pairCapacity = Math.Max(_limits.PairCount, batch);
        _device.Memory.Require(
            PairFilter.BytesOf(batch, _slabRows, pairCapacity) + DeviceRows.BytesOf(batch, stride) + (listedRows > 0 ? DeviceRanking.BytesOf(batch, listedRows, pairCapacity) : 0),
            $"a search of {batch:N0} queries",
            "search with fewer queries at a time.");
        using var filter = new PairFilter(_device, Metric, batch, _slabRows, pairCapacity);
        using var ranking = createRanking(batch, pairCapacity);
        using var queryIntake = new RowIntake(_device, queries, batch, _center);
        using var sent = new DeviceRows(_device.Memory, batch, stride);
        var compared = 0L;
        for (long first = 0; first < queries.RowCount; first += batch)
        {
            var count = (int)Math.Min(batch, queries.RowCount - first);
            queryIntake.Send(null, first, count, sent);
            ranking.Begin(first, count, queryIntake.Host[..(count * stride)], sent);
            queryIntake.Synchronize();
            compared += SearchSlabs(filter, sent, count, ranking, mayBeFound, scale, options);
            ranking.End();
            options.Progress?.Report(first + count);
        }

        return new SearchStatistics(0, compared, ranking.RankedPairs);
    }

    /// <returns>How many pairs were compared.</returns>
    private long SearchSlabs(PairFilter filter, DeviceRows queries, int queryCount, IPairRanking ranking, int[] mayBeFound, DistanceScale scale, ComputeOptions options)
    {
        var limits = new float[queryCount];
        var compared = 0L;
        var smallest = Math.Max(1, filter.PairCapacity / queryCount);
        var step = Math.Min(_limits.FirstStep, smallest);
        StepPairs? found = null;
        for (long first = 0; first < _rowCount; first += _slabRows)
        {
            var (slab, count) = (Load(first / _slabRows), (int)Math.Min(_slabRows, _rowCount - first));
            _intake.Synchronize();
            filter.SetMayBeFound(mayBeFound.AsSpan((int)first, count));
            for (var done = 0; done < count;)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                ranking.CopyLimits(limits);
                for (var query = 0; query < limits.Length; query++)
                    limits[query] = FilterBound.Threshold(Metric, limits[query], Reference.Stride, scale);
                filter.SetThresholds(limits);
                var rows = Math.Min(step, count - done);
                filter.Start(queries, queryCount, slab, done, rows, Reference.Stride);
                Rank(ranking, ref found);
                // Nothing reads the slab before this one any more, whose place the next one takes.
                if (done == 0 && first + count < _rowCount)
                    Load((first / _slabRows) + 1);
                if (!filter.TryFinish(out var pairs, out var pairCount))
                {
                    // So few rows that all their pairs fit always end this.
                    step = Math.Max(smallest, rows / 2);
                    continue;
                }

                found = new StepPairs(pairs, pairCount, slab, first);
                // Without any limit the second step would leave as much as the first.
                if (compared == 0)
                    Rank(ranking, ref found);
                compared += (long)rows * queryCount;
                done += rows;
                step = Math.Min(_slabRows, 2 * rows);
            }
        }

        Rank(ranking, ref found);
        return compared;
    }

    private static void Rank(IPairRanking ranking, ref StepPairs? found)
    {
        if (found is { } pairs)
            ranking.Start(pairs);
        ranking.Finish();
        found = null;
    }

    /// <summary>Starts to send a slab unless it is on the device.</summary>
    private DeviceRows Load(long slab)
    {
        var place = _slabs[slab % _slabs.Length];
        if (place.Slab != slab)
        {
            var first = slab * _slabRows;
            // Sending may fail halfway: what lies there then is no slab.
            place.Slab = -1;
            _intake.Send(_subset, first, (int)Math.Min(_slabRows, _rowCount - first), place);
            place.Slab = slab;
        }

        return place;
    }

    private long RowAt(long place) => _subset is null ? place : _subset[place];

    private void ToUnitOfMetric(Span<float> distances)
    {
        if (Metric != Metric.L2)
            return;
        foreach (ref var distance in distances)
            distance = MathF.Sqrt(distance);
    }
}
