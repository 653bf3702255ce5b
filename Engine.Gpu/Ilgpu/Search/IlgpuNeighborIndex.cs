using Engine.Compute;
using Engine.Data;
using Engine.Gpu.Ilgpu.Kernels;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Exact neighbors on a device: a tiled filter in float32 discards pairs by a proven bound, the processor ranks the rest canonically.</summary>
/// <remarks>
/// <code>
/// rows      | slab 0 | slab 1 | slab 2 | ...     sent while the slab before is compared; kept where the device has room for them
/// steps     |64|64|128| 256 |  512  | ...        thresholds are drawn in after each; a step that leaves too many pairs is halved
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
        device.Memory.Require(two + (2 * raw), $"{Math.Min(2, slabCount)} slabs of {_slabRows:N0} rows", $"{(device.Memory.Limit / (4 * (raw / _slabRows))):N0} rows of {reference.FeatureCount:N0} features would fit.");
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
            var statistics = Search(request.Queries, new NearestRanking(request, indicesStart, distancesStart), request.Among, request.Scale, options);
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

    private SearchStatistics Search(SampleMatrix queries, IRanking ranking, RowMask? among, DistanceScale scale, ComputeOptions options)
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
            return SearchBatches(queries, ranking, mayBeFound, scale, options) with { PairCount = queries.RowCount * rowCount };
        }
    }

    private SearchStatistics SearchBatches(SampleMatrix queries, IRanking ranking, int[] mayBeFound, DistanceScale scale, ComputeOptions options)
    {
        if (queries.RowCount == 0)
            return default;
        var stride = queries.Stride;
        var batch = (int)Math.Min(queries.RowCount, Math.Clamp(_limits.QueryElements / stride, 1, _limits.QueriesPerBatch));
        var pairCapacity = Math.Max(_limits.PairCount, batch);
        _device.Memory.Require(
            PairFilter.BytesOf(batch, _slabRows, pairCapacity) + DeviceRows.BytesOf(batch, stride) + ((long)batch * stride * sizeof(float)),
            $"a search of {batch:N0} queries",
            "search with fewer queries at a time.");
        using var filter = new PairFilter(_device, Metric, batch, _slabRows, pairCapacity);
        using var queryIntake = new RowIntake(_device, queries, batch, _center);
        using var sent = new DeviceRows(_device.Memory, batch, stride);
        var values = new float[batch * stride];
        long compared = 0, ranked = 0;
        for (long first = 0; first < queries.RowCount; first += batch)
        {
            var count = (int)Math.Min(batch, queries.RowCount - first);
            queryIntake.Send(null, first, count, sent);
            queryIntake.Host[..(count * stride)].CopyTo(values);
            queryIntake.Synchronize();
            ranking.Begin(first, count);
            var work = SearchSlabs(filter, sent, values, count, ranking, mayBeFound, scale, options);
            ranking.End();
            (compared, ranked) = (compared + work.ComparedPairs, ranked + work.RankedPairs);
            options.Progress?.Report(first + count);
        }

        return new SearchStatistics(0, compared, ranked);
    }

    private SearchStatistics SearchSlabs(
        PairFilter filter, DeviceRows queries, float[] values, int queryCount, IRanking ranking, int[] mayBeFound, DistanceScale scale, ComputeOptions options)
    {
        var parallel = options.ToParallelOptions();
        var thresholds = new float[queryCount];
        long compared = 0, ranked = 0;
        var smallest = Math.Max(1, filter.PairCapacity / queryCount);
        var step = Math.Min(_limits.FirstStep, smallest);
        for (long first = 0; first < _rowCount; first += _slabRows)
        {
            var (slab, count) = (Load(first / _slabRows), (int)Math.Min(_slabRows, _rowCount - first));
            _intake.Synchronize();
            filter.SetMayBeFound(mayBeFound.AsSpan((int)first, count));
            for (var done = 0; done < count;)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                for (var query = 0; query < thresholds.Length; query++)
                    thresholds[query] = FilterBound.Threshold(Metric, ranking.LimitOf(query), Reference.Stride, scale);
                filter.SetThresholds(thresholds);
                var rows = Math.Min(step, count - done);
                filter.Start(queries, queryCount, slab, done, rows, Reference.Stride);
                if (done == 0 && first + count < _rowCount)
                    Load((first / _slabRows) + 1);
                if (!filter.TryFinish(out var pairs))
                {
                    // So few rows that all their pairs fit always end this.
                    step = Math.Max(smallest, rows / 2);
                    continue;
                }

                Func<int, long> rowOf = place => RowAt(first + place);
                ranked += (Metric, scale) switch
                {
                    (Metric.L1, _) => PairRanking.Rank<AbsoluteDifference>(pairs, values, queryCount, Reference, rowOf, ranking, parallel),
                    (_, DistanceScale.Small) => PairRanking.Rank<SmallSquaredDifference>(pairs, values, queryCount, Reference, rowOf, ranking, parallel),
                    (_, DistanceScale.Large) => PairRanking.Rank<LargeSquaredDifference>(pairs, values, queryCount, Reference, rowOf, ranking, parallel),
                    _ => PairRanking.Rank<SquaredDifference>(pairs, values, queryCount, Reference, rowOf, ranking, parallel),
                };
                compared += (long)rows * queryCount;
                done += rows;
                step = Math.Min(_slabRows, 2 * rows);
            }
        }

        return new SearchStatistics(0, compared, ranked);
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
