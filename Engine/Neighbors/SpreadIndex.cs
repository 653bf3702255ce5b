using System.Runtime.InteropServices;
using Engine.Collectives;
using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>Reference rows that lie with several ranks: groups of queries go round, and every rank adds what its own rows hold to the lists found before.</summary>
/// <remarks>
/// <code>
/// round     0        1        2
/// rank 0    group 0  group 1  group 2      the lists of a round are sent to all, and merged by (distance, row) on every rank:
/// rank 1    group 1  group 2  group 0      the last of a full list is the limit of the searches that follow,
/// rank 2    group 2  group 0  group 1      and at the end every rank holds the lists of all
/// </code>
/// <b>Cost</b>: an index of its own rows on every rank; 16 k bytes a query from every rank to every other; queries that lie with several ranks themselves are sent to all, once.
/// </remarks>
internal sealed partial class SpreadIndex : INeighborIndex
{
    /// <summary>The entries of lists that are sent at a time, of all ranks together.</summary>
    private const int EntriesPerMessage = 1 << 22;

    private readonly ICollective _collective;

    /// <summary>Null where this rank has no row that may be found.</summary>
    private readonly NearestNeighbors? _own;
    private readonly long _firstRow;
    private readonly int _ownCount;
    private volatile bool _isDisposed;

    /// <summary>Indexes the rows of this rank.</summary>
    /// <param name="reference">The rows of all ranks, finite.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="options">Which rows to search, of all ranks, and how.</param>
    public SpreadIndex(SampleMatrix reference, Metric metric, NeighborIndexOptions options)
    {
        (Reference, Metric, Rows, _collective) = (reference, metric, options.Rows, reference.Share!.Collective);
        (var own, _firstRow) = reference.OwnRows();
        _ownCount = checked((int)own.RowCount);
        var ownRows = OwnOf(options.Rows);
        if ((ownRows?.Count ?? own.RowCount) > 0)
            _own = NearestNeighbors.BuildOfFinite(own, metric == Metric.L1 ? Metric.L1 : Metric.SquaredL2, new NeighborIndexOptions { Rows = ownRows, Compute = options.Compute });
    }

    /// <inheritdoc/>
    public SampleMatrix Reference { get; }

    /// <inheritdoc/>
    public Metric Metric { get; }

    /// <inheritdoc/>
    public RowMask? Rows { get; }

    /// <inheritdoc/>
    public SearchStatistics FindNearest(NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options) =>
        FindNearest(request, indices, distances, [], options);

    /// <summary>Finds the k nearest rows of every query, with distances of any size.</summary>
    /// <param name="request">What to search.</param>
    /// <param name="indices">m x k rows of the reference, row-major.</param>
    /// <param name="distances">m x k distances, in the unit of the metric.</param>
    /// <param name="squares">Receives wide squared distances; empty where they are not wanted.</param>
    /// <param name="options">How to use the machine.</param>
    public SearchStatistics FindNearest(NeighborRequest request, Span<long> indices, Span<float> distances, Span<double> squares, ComputeOptions options)
    {
        ThrowIfDisposed();
        var (k, statistics) = (request.NeighborCount, default(SearchStatistics));
        var perStep = Math.Max(1, EntriesPerMessage / k);
        for (var first = 0L; first < request.Queries.RowCount; first += perStep)
        {
            var count = (int)Math.Min(perStep, request.Queries.RowCount - first);
            // Sent to all, where they lie with several ranks: a call that every rank makes, whatever rows it has.
            var queries = request.Queries.RowsFrom(first, count);
            var lists = new Lists(count, k);
            for (var round = 0; round < _collective.Size; round++)
                statistics = statistics.Plus(SearchRound(round, request, queries, first, lists, options));
            if (Metric == Metric.L1 && lists.Distances.Contains(double.PositiveInfinity))
                Throw.InvalidOperation("an L1 distance is larger than float32 holds, and lists of several ranks cannot be merged by it; divide the features by a power of two.");
            lists.Rows.CopyTo(indices[(int)(first * k)..]);
            if (!squares.IsEmpty)
                lists.Distances.CopyTo(squares[(int)(first * k)..]);
            for (var entry = 0; entry < lists.Distances.Length; entry++)
                distances[(int)(first * k) + entry] = WideDistance.ToUnit(Metric, lists.Distances[entry]);
            options.Progress?.Report(first + count);
        }

        return SumOf(statistics);
    }

    /// <inheritdoc/>
    public SearchStatistics CountNearer(NearerRequest request, Span<int> needed, ComputeOptions options)
    {
        ThrowIfDisposed();
        var (statistics, left) = (default(SearchStatistics), needed.ToArray());
        var queries = request.Queries.IsSpread ? request.Queries.RowsFrom(0, request.Queries.RowCount) : request.Queries;
        if (_own is not null)
        {
            // Rows of other ranks are before all of this one's, or behind them, wherever their places lie.
            var here = new NearerRequest(queries, Shift(request.Rows), request.LimitDistances, Shift(request.LimitRows)) { Scale = request.Scale };
            statistics = _own.Index.CountNearer(here, left, options);
        }

        var all = new int[left.Length * _collective.Size];
        _collective.AllGather(MemoryMarshal.AsBytes(left.AsSpan()), MemoryMarshal.AsBytes(all.AsSpan()));
        for (var query = 0; query < left.Length; query++)
        {
            var wanted = needed[query];
            for (var rank = 0; rank < _collective.Size; rank++)
                needed[query] -= wanted - all[(rank * left.Length) + query];
            needed[query] = Math.Max(0, needed[query]);
        }

        return SumOf(statistics);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _own?.Dispose();
    }

    /// <summary>Searches the rows of this rank for the queries of a group, and adds what every rank found for another.</summary>
    private SearchStatistics SearchRound(int round, NeighborRequest request, SampleMatrix queries, long firstQuery, Lists lists, ComputeOptions options)
    {
        var size = _collective.Size;
        var perGroup = (lists.Count + size - 1) / size;
        var found = new Lists(perGroup, lists.Length);
        var (first, count) = GroupOf(_collective.Rank);
        var statistics = count == 0 ? default : SearchOwn(request, queries.RowsFrom(first, count), firstQuery + first, lists.LimitsOf(first, count, Metric, queries.Stride), found, options);

        var all = (Rows: new long[found.Rows.Length * size], Distances: new double[found.Rows.Length * size]);
        _collective.AllGather(MemoryMarshal.AsBytes(found.Rows.AsSpan()), MemoryMarshal.AsBytes(all.Rows.AsSpan()));
        _collective.AllGather(MemoryMarshal.AsBytes(found.Distances.AsSpan()), MemoryMarshal.AsBytes(all.Distances.AsSpan()));
        for (var rank = 0; rank < size; rank++)
        {
            var (start, length) = GroupOf(rank);
            var entries = new Range(rank * found.Rows.Length, (rank + 1) * found.Rows.Length);
            for (var query = 0; query < length; query++)
                lists.Add(start + query, all.Rows.AsSpan(entries).Slice(query * lists.Length, lists.Length), all.Distances.AsSpan(entries).Slice(query * lists.Length, lists.Length));
        }

        return statistics;

        (int First, int Count) GroupOf(int rank)
        {
            var start = Math.Min(lists.Count, (rank + round) % size * perGroup);
            return (start, Math.Min(perGroup, lists.Count - start));
        }
    }

    /// <summary>Searches the rows of this rank.</summary>
    /// <param name="request">The whole search.</param>
    /// <param name="queries">Some of its queries.</param>
    /// <param name="firstQuery">The place of the first of them among all.</param>
    /// <param name="limits">For each a distance beyond which no row matters.</param>
    /// <param name="found">Receives their lists.</param>
    /// <param name="options">How to use the machine.</param>
    private SearchStatistics SearchOwn(NeighborRequest request, SampleMatrix queries, long firstQuery, float[] limits, Lists found, ComputeOptions options)
    {
        var among = OwnOf(request.Among);
        var available = (_own?.Index.Rows, among) switch
        {
            _ when _own is null => 0,
            ({ } built, { } chosen) => built.And(chosen).Count,
            ({ } built, null) => built.Count,
            (null, { } chosen) => chosen.Count,
            _ => _ownCount,
        };
        if (available == 0)
            return default;

        // One more makes room for a query that must not find itself.
        var excludes = request.ExcludeSelf || !request.Excluded.IsEmpty;
        var length = Math.Min(request.NeighborCount + (excludes ? 1 : 0), available);
        var (rows, distances, statistics) = Search(queries, length, among, limits, options with { Progress = null });
        for (var query = 0; query < queries.RowCount; query++)
        {
            var excluded = request.ExcludeSelf ? firstQuery + query : request.Excluded.IsEmpty ? Lists.NoRow : request.Excluded.Span[(int)firstQuery + query];
            for (var entry = query * length; entry < (query + 1) * length && rows[entry] != Lists.NoRow; entry++)
            {
                if (rows[entry] + _firstRow != excluded)
                    found.Add(query, rows[entry] + _firstRow, distances[entry]);
            }
        }

        return statistics;
    }

    private (long[] Rows, double[] Distances, SearchStatistics Statistics) Search(SampleMatrix queries, int length, RowMask? among, float[] limits, ComputeOptions options)
    {
        if (Metric != Metric.L1)
            return _own!.SearchWide(queries, length, new NeighborOptions { Among = among, Compute = options }, limits);
        var (rows, distances) = (new long[queries.RowCount * length], new float[queries.RowCount * length]);
        var statistics = _own!.Index.FindNearest(new NeighborRequest(queries, length, Among: among) { Limits = limits }, rows, distances, options);
        return (rows, Array.ConvertAll(distances, static distance => (double)distance), statistics);
    }

    private void ThrowIfDisposed()
    {
        if (_isDisposed)
            Throw.ObjectDisposed(nameof(INeighborIndex));
    }

    private SearchStatistics SumOf(SearchStatistics own) => _collective.GatherOne(own).Aggregate(default(SearchStatistics), static (sum, one) => sum.Plus(one));

    private long[] Shift(ReadOnlyMemory<long> rows) => Array.ConvertAll(rows.ToArray(), row => row - _firstRow);

    private RowMask? OwnOf(RowMask? mask) => mask is null ? null : RowMask.From(_ownCount, row => mask[(int)(row + _firstRow)]);

    /// <summary>The nearest rows of queries as far as they are known, by (distance, row); distances in squares for L2.</summary>
    private sealed class Lists
    {
        public const long NoRow = -1;

        private readonly int[] _counts;

        public Lists(int count, int length)
        {
            (Length, _counts, Rows, Distances) = (length, new int[count], new long[count * length], new double[count * length]);
            Array.Fill(Rows, NoRow);
        }

        /// <summary>Gets the number of queries.</summary>
        public int Count => _counts.Length;

        /// <summary>Gets k.</summary>
        public int Length { get; }

        public long[] Rows { get; }

        public double[] Distances { get; }

        public bool Add(int query, long row, double distance) =>
            NearestList.Offer(Rows.AsSpan(query * Length, Length), Distances.AsSpan(query * Length, Length), ref _counts[query], row, distance);

        /// <summary>Adds the rows of another list of a query.</summary>
        public void Add(int query, ReadOnlySpan<long> rows, ReadOnlySpan<double> distances)
        {
            for (var entry = 0; entry < rows.Length && rows[entry] != NoRow; entry++)
            {
                if (!Add(query, rows[entry], distances[entry]))
                    return;
            }
        }

        /// <summary>Returns the distance of the last of each full list, where float32 has all its digits; infinity for others.</summary>
        public float[] LimitsOf(int first, int count, Metric metric, int stride)
        {
            var limits = new float[count];
            for (var query = 0; query < count; query++)
            {
                var last = Distances[((first + query + 1) * Length) - 1];
                var isCertain = _counts[first + query] == Length && (metric == Metric.L1 || WideDistance.ScaleOf(last, stride) == DistanceScale.Ordinary);
                limits[query] = isCertain ? (float)last : float.PositiveInfinity;
            }

            return limits;
        }
    }
}
