using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Compute.Search;

/// <summary>Filter fast, decide exactly: integer codes discard what cannot win by a proven bound, the canonical distance ranks the rest.</summary>
internal sealed unsafe class SimdNeighborIndex : INeighborIndex
{
    /// <summary>The largest k of a search among the closest leaves: all but one of them are full, and a query may be among their rows.</summary>
    private const int LargestNearbyCount = ((ClosestLeaves.Count - 1) * LeafFilter.RowsPerLeaf) - 1;

    private readonly LeafFilter _filter;
    private readonly Lifetime _lifetime;

    private SimdNeighborIndex(LeafFilter filter, Metric metric, RowMask? rows)
    {
        _filter = filter;
        _lifetime = new Lifetime(nameof(INeighborIndex), filter.Dispose);
        Metric = metric;
        Rows = rows;
    }

    /// <inheritdoc/>
    public SampleMatrix Reference => _filter.Rows;

    /// <inheritdoc/>
    public Metric Metric { get; }

    /// <inheritdoc/>
    public RowMask? Rows { get; }

    /// <summary>Encodes and orders the rows.</summary>
    public static SimdNeighborIndex Build(SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options)
    {
        if (reference.RowCount > LeafOrder.MaxRowCount)
            Throw.ArgumentOutOfRange(nameof(reference), reference.RowCount, $"1 to {LeafOrder.MaxRowCount:N0} rows; search parts of a larger reference and merge their lists");
        using var hold = reference.Hold();
        var (subset, parallel) = (rows?.ToRows(), options.ToParallelOptions());
        LeafFilter filter = metric == Metric.L1 ? ColumnFilter.Build(reference, subset, parallel) : RotatedFilter.Build(reference, subset, parallel);
        return new SimdNeighborIndex(filter, metric, rows);
    }

    /// <inheritdoc/>
    public SearchStatistics FindNearest(NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options)
    {
        using var use = _lifetime.Use();
        using var candidates = request.Among is { } among ? CandidatesOf(among) : null;
        SearchStatistics statistics;
        fixed (long* indicesStart = indices)
        fixed (float* distancesStart = distances)
        {
            // Tiles write to disjoint parts of the caller's memory, which stays pinned while they run.
            var (indicesAddress, distancesAddress) = ((nint)indicesStart, (nint)distancesStart);
            statistics = Run(
                request.Queries,
                request.Scale,
                () => new NearestCollector(_filter, Metric, request, candidates, (long*)indicesAddress, (float*)distancesAddress),
                options,
                request.MayMissNearer && candidates is null && request.NeighborCount <= LargestNearbyCount);
        }

        if (request.Scale == DistanceScale.Ordinary)
            ToUnitOfMetric(distances);
        return statistics with { PairCount = request.Queries.RowCount * CountAmong(request.Among) };
    }

    /// <inheritdoc/>
    public SearchStatistics CountNearer(NearerRequest request, Span<int> needed, ComputeOptions options)
    {
        using var use = _lifetime.Use();
        SearchStatistics statistics;
        fixed (int* neededStart = needed)
        {
            var address = (nint)neededStart;
            statistics = Run(request.Queries, request.Scale, () => new NearerCollector(_filter, Metric, request, (int*)address), options);
        }

        return statistics with { PairCount = request.Queries.RowCount * _filter.Order.Length };
    }

    /// <inheritdoc/>
    public SearchStatistics FindWithin(RadiusRequest request, FoundWithin found, ComputeOptions options)
    {
        using var use = _lifetime.Use();
        using var candidates = request.Among is { } among ? CandidatesOf(among) : null;
        var statistics = Run(request.Queries, request.Scale, () => new RadiusCollector(_filter, Metric, request, candidates, found), options);
        return statistics with { PairCount = request.Queries.RowCount * CountAmong(request.Among) };
    }

    /// <inheritdoc/>
    public void Dispose() => _lifetime.Dispose();

    private SearchStatistics Run<TCollector>(
        SampleMatrix queries, DistanceScale scale, Func<TCollector> createCollector, ComputeOptions options, bool onlyClosest = false)
        where TCollector : struct, ICollector => (Metric, scale) switch
        {
            (Metric.L1, _) => Run<AbsoluteDifference, TCollector>(queries, createCollector, options, onlyClosest),
            (_, DistanceScale.Small) => Run<SmallSquaredDifference, TCollector>(queries, createCollector, options, onlyClosest),
            (_, DistanceScale.Large) => Run<LargeSquaredDifference, TCollector>(queries, createCollector, options, onlyClosest),
            _ => Run<SquaredDifference, TCollector>(queries, createCollector, options, onlyClosest),
        };

    /// <summary>Hands tiles of queries to threads; a thread takes the next tile when it is done with one.</summary>
    private SearchStatistics Run<TTerm, TCollector>(SampleMatrix queries, Func<TCollector> createCollector, ComputeOptions options, bool onlyClosest)
        where TTerm : struct, IDistanceTerm
        where TCollector : struct, ICollector
    {
        using var held = Reference.Hold();
        using var heldQueries = queries.Hold();
        var parallel = options.ToParallelOptions();
        var isSelf = ReferenceEquals(queries, Reference) && Rows is null;
        using var ordered = isSelf ? null : onlyClosest ? QueriesInOrder() : _filter.OrderQueries(queries, parallel);
        var order = (ordered ?? _filter.Order).Pointer;
        var workers = ParallelLoop.WorkersOf(parallel);
        var perTile = (int)Math.Clamp(queries.RowCount / (4 * workers), 1, QueryTile.LargestCount);
        var tiles = (queries.RowCount + perTile - 1) / perTile;
        long next = -1, compared = 0, ranked = 0, done = 0;
        ParallelLoop.For(0, (int)Math.Min(workers, tiles), parallel, _ =>
        {
            using var search = new LeafSearch<TTerm, TCollector>(_filter, queries, createCollector(), options.CancellationToken);
            for (var tile = Interlocked.Increment(ref next); tile < tiles; tile = Interlocked.Increment(ref next))
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                var first = tile * perTile;
                var count = (int)Math.Min(perTile, queries.RowCount - first);
                search.Search(new ReadOnlySpan<int>(order + first, count), (isSelf || onlyClosest) && perTile == LeafFilter.RowsPerLeaf ? tile : -1, onlyClosest);
                options.Progress?.Report(Interlocked.Add(ref done, count));
            }

            Interlocked.Add(ref compared, search.ComparedPairs);
            Interlocked.Add(ref ranked, search.RankedPairs);
        });
        return new SearchStatistics(0, compared, ranked);
    }

    /// <summary>Lists the places that the rows of the index have among themselves, leaf after leaf.</summary>
    private NativeBuffer<int> QueriesInOrder()
    {
        var (queries, rows) = (new NativeBuffer<int>(_filter.Order.Length), Rows?.ToRows());
        for (long place = 0; place < queries.Length; place++)
            queries.Pointer[place] = rows is null ? _filter.Order.Pointer[place] : Array.BinarySearch(rows, _filter.Order.Pointer[place]);
        return queries;
    }

    private void ToUnitOfMetric(Span<float> distances)
    {
        if (Metric != Metric.L2)
            return;
        foreach (ref var distance in distances)
            distance = MathF.Sqrt(distance);
    }

    private long CountAmong(RowMask? among) => among is null ? _filter.Order.Length : Rows is null ? among.Count : Rows.And(among).Count;

    private NativeBuffer<ulong> CandidatesOf(RowMask among)
    {
        var candidates = new NativeBuffer<ulong>(_filter.LeafCount);
        for (long place = 0; place < _filter.Order.Length; place++)
        {
            if (among[_filter.Order.Pointer[place]])
                candidates.Pointer[place / LeafFilter.RowsPerLeaf] |= 1UL << (int)(place % LeafFilter.RowsPerLeaf);
        }

        return candidates;
    }
}
