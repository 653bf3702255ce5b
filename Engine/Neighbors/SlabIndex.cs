using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>Reference rows of which an index does not fit <see cref="ComputeOptions.MemoryLimit"/>: a slab of them at a time is copied and indexed, and what each holds is merged by (distance, row).</summary>
/// <remarks>
/// <code>
/// reference    | slab 0 | slab 1 | slab 2 |     each is read once a search, in order; every batch of queries is searched in it,
/// lists        with the last of the list so far as limit, and the caller's lists are all that stays from slab to slab
/// </code>
/// <para><b>Bits</b>: those of one index of all rows: distances are canonical, and of rows as far the lower one comes first in either.</para>
/// <para><b>Cost</b>: a pass over the reference, an index of it, and a pass over the queries for each slab; an index of one slab alone is kept from search to search. Searches of several threads wait for each other.</para>
/// </remarks>
internal sealed class SlabIndex : INeighborIndex
{
    private const int FewestRows = 1024;
    private const int LargestBatch = 1 << 16;
    private const int FewestQueries = 32;

    /// <summary>Half of the limit is for a slab, an eighth for a batch of queries; the rest is for what threads need, and what the caller holds.</summary>
    private const int SlabShare = 2;
    private const int BatchShare = 8;

    /// <summary>What an index takes of a row beside its codes, while it is built: coordinates to order by, and places.</summary>
    private const int BytesBesideCodes = 64;

    private readonly Lock _gate = new();
    private readonly Lifetime _lifetime;
    private readonly IComputeBackend _backend;
    private readonly Metric _metricOfSlabs;
    private readonly long _limit;

    /// <summary>The row where each slab begins, and the end of the last.</summary>
    private readonly long[] _starts;
    private readonly SampleMatrix _rows;

    /// <summary>The index of the only slab.</summary>
    private readonly Slab? _kept;

    private SlabIndex(IComputeBackend backend, SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options, long limit)
    {
        (_backend, Reference, Metric, Rows, _limit) = (backend, reference, metric, rows, limit);
        // Merged by the square, as lists are ordered before the root.
        _metricOfSlabs = metric == Metric.L1 ? Metric.L1 : Metric.SquaredL2;
        var perSlab = Math.Min(limit / SlabShare / BytesOfCopy(reference), CountOf(reference, rows));
        _starts = StartsOf(perSlab, reference.RowCount, rows);
        _rows = SampleMatrix.Create(perSlab, reference.FeatureCount);
        _lifetime = new Lifetime(nameof(INeighborIndex), Release);
        if (_starts.Length == 2)
            _kept = Open(0, options);
    }

    /// <inheritdoc/>
    public SampleMatrix Reference { get; }

    /// <inheritdoc/>
    public Metric Metric { get; }

    /// <inheritdoc/>
    public RowMask? Rows { get; }

    /// <summary>Prepares rows as the limit allows: all at once where their index and the table fit, else in slabs.</summary>
    /// <param name="backend">What prepares and searches.</param>
    /// <param name="reference">n x p, finite.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="rows">The rows that may be found; null for all.</param>
    /// <param name="options">How to use the machine.</param>
    /// <exception cref="InsufficientMemoryException">The limit is too low for any slab.</exception>
    public static INeighborIndex Build(IComputeBackend backend, SampleMatrix reference, Metric metric, RowMask? rows, ComputeOptions options)
    {
        // Rows that are ranked are read in any order: an index pays where the table stays in memory as well.
        if (options.MemoryLimit is not { } limit || (CountOf(reference, rows) * BytesOfIndex(reference)) + (reference.RowCount * reference.Stride * sizeof(float)) <= limit)
            return backend.IndexNeighbors(reference, metric, rows, options);
        options.RequireMemory(SlabShare * FewestRows * BytesOfCopy(reference), $"a search among parts of {FewestRows:N0} rows of {reference.FeatureCount:N0} columns");
        return new SlabIndex(backend, reference, metric, rows, options, limit);
    }

    /// <summary>Returns how many slabs a search among some rows of a table takes; 1 where all fit at once.</summary>
    public static int CountSlabs(SampleMatrix reference, long rowCount, ComputeOptions options) => options.MemoryLimit is not { } limit
        ? 1
        : (int)Math.Min(rowCount, 1 + (rowCount * BytesOfCopy(reference) / Math.Max(1, limit / SlabShare)));

    /// <inheritdoc/>
    public SearchStatistics FindNearest(NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options)
    {
        using var use = _lifetime.Use();
        lock (_gate)
        {
            var k = request.NeighborCount;
            // Entries that every row comes before.
            indices.Fill(long.MaxValue);
            distances.Fill(float.PositiveInfinity);
            var statistics = default(SearchStatistics);
            foreach (var (slab, batch) in Walk(request.Queries, (k + 1) * (sizeof(long) + sizeof(float)), options))
            {
                var entries = new Range((int)(batch.FirstRow * k), (int)(batch.EndRow * k));
                statistics = statistics.Plus(AddNearest(slab, batch, request, indices[entries], distances[entries], options));
            }

            for (var entry = 0; entry < indices.Length; entry++)
            {
                indices[entry] = indices[entry] == long.MaxValue ? -1 : indices[entry];
                if (Metric == Metric.L2 && request.Scale == DistanceScale.Ordinary)
                    distances[entry] = MathF.Sqrt(distances[entry]);
            }

            return statistics;
        }
    }

    /// <inheritdoc/>
    public SearchStatistics CountNearer(NearerRequest request, Span<int> needed, ComputeOptions options)
    {
        using var use = _lifetime.Use();
        lock (_gate)
        {
            var statistics = default(SearchStatistics);
            foreach (var (slab, batch) in Walk(request.Queries, 2 * sizeof(long), options))
            {
                var (first, count) = ((int)batch.FirstRow, (int)batch.Rows.RowCount);
                var here = new NearerRequest(
                    batch.Rows,
                    Array.ConvertAll(request.Rows.Slice(first, count).ToArray(), slab.PlaceOf),
                    request.LimitDistances.Slice(first, count),
                    Array.ConvertAll(request.LimitRows.Slice(first, count).ToArray(), slab.CountBefore))
                {
                    Scale = request.Scale,
                };
                statistics = statistics.Plus(slab.Index.CountNearer(here, needed.Slice(first, count), options with { Progress = null }));
            }

            return statistics;
        }
    }

    /// <inheritdoc/>
    public SearchStatistics FindWithin(RadiusRequest request, FoundWithin found, ComputeOptions options)
    {
        _lifetime.ThrowIfDisposed();
        Throw.InsufficientMemory(
            $"rows within a radius of {Reference.RowCount:N0} rows, which are searched with one index of all,",
            (CountOf(Reference, Rows) * BytesOfIndex(Reference)) + (Reference.RowCount * Reference.Stride * sizeof(float)),
            _limit,
            "raise MemoryLimit, search fewer rows, or search for the nearest");
        return default;
    }

    /// <inheritdoc/>
    public void Dispose() => _lifetime.Dispose();

    private static long CountOf(SampleMatrix reference, RowMask? rows) => rows?.Count ?? reference.RowCount;

    /// <summary>Returns what an index takes of a row at the most: two bytes a padded column are codes, for either metric.</summary>
    public static long BytesOfIndex(SampleMatrix reference) => (sizeof(short) * (long)reference.Stride) + BytesBesideCodes;

    private static long BytesOfCopy(SampleMatrix reference) => (sizeof(float) * (long)reference.Stride) + BytesOfIndex(reference);

    private static long[] StartsOf(long perSlab, long rowCount, RowMask? rows)
    {
        var starts = new List<long>();
        var left = 0L;
        for (var row = 0L; row < rowCount; row += rows is null ? perSlab : 1)
        {
            if (rows is not null && (!rows[(int)row] || left-- > 0))
                continue;
            starts.Add(row);
            left = perSlab - 1;
        }

        return [.. starts, rowCount];
    }

    /// <summary>Goes through the slabs, and with each through batches of queries, which are copied: a search reads them in any order.</summary>
    private IEnumerable<(Slab Slab, Batch Batch)> Walk(SampleMatrix queries, long bytesOfResult, ComputeOptions options)
    {
        var bytes = (sizeof(float) * (long)queries.Stride) + bytesOfResult;
        options.RequireMemory(BatchShare * FewestQueries * bytes, $"{FewestQueries:N0} queries with their lists");
        var perBatch = Math.Min(queries.RowCount, Math.Clamp(_limit / BatchShare / bytes, FewestQueries, LargestBatch));
        var copy = SampleMatrix.Create(perBatch, queries.FeatureCount);
        for (var number = 0; number < _starts.Length - 1; number++)
        {
            var slab = _kept ?? Open(number, options);
            try
            {
                for (var first = 0L; first < queries.RowCount; first += perBatch)
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                    yield return (slab, new Batch(Copy(queries.RowsFrom(first, Math.Min(perBatch, queries.RowCount - first)), copy), first, IsWhole: perBatch == queries.RowCount));
                    if (number == _starts.Length - 2)
                        options.Progress?.Report(Math.Min(queries.RowCount, first + perBatch));
                }
            }
            finally
            {
                if (_kept is null)
                    slab.Index.Dispose();
            }
        }
    }

    private Slab Open(int number, ComputeOptions options)
    {
        var (first, end) = (_starts[number], _starts[number + 1]);
        var chosen = Rows is null ? null : RowsBetween(Rows, first, end);
        var rows = Copy(chosen is null ? Reference.RowsFrom(first, end - first) : Reference.SelectRows(chosen), _rows);
        return new Slab(_backend.IndexNeighbors(rows, _metricOfSlabs, null, options), first, chosen);
    }

    private static long[] RowsBetween(RowMask mask, long first, long end)
    {
        var rows = new List<long>();
        for (var row = first; row < end; row++)
        {
            if (mask[(int)row])
                rows.Add(row);
        }

        return [.. rows];
    }

    private static SampleMatrix Copy(SampleMatrix rows, SampleMatrix memory)
    {
        rows.CopyInto(memory);
        return memory.RowsFrom(0, rows.RowCount);
    }

    /// <summary>Searches a slab for a batch, and adds what it holds to the lists.</summary>
    private SearchStatistics AddNearest(Slab slab, Batch batch, NeighborRequest request, Span<long> indices, Span<float> distances, ComputeOptions options)
    {
        var k = request.NeighborCount;
        var (among, available) = slab.Among(request.Among);
        if (available == 0)
            return default;

        // One more makes room for a query that must not find itself.
        var length = Math.Min(k + (request.ExcludeSelf || !request.Excluded.IsEmpty ? 1 : 0), available);
        var count = (int)batch.Rows.RowCount;
        var limits = new float[count];
        for (var query = 0; query < count; query++)
            limits[query] = Math.Min(distances[((query + 1) * k) - 1], request.Limits.IsEmpty ? float.PositiveInfinity : request.Limits.Span[(int)batch.FirstRow + query]);
        var found = (Rows: new long[count * length], Distances: new float[count * length]);
        var here = new NeighborRequest(batch.Rows, length, Among: among)
        {
            Limits = limits,
            Scale = request.Scale,
            MayMissNearer = request.MayMissNearer && batch.IsWhole && _kept is not null,
        };
        var statistics = slab.Index.FindNearest(here, found.Rows, found.Distances, options with { Progress = null });
        for (var query = 0; query < count; query++)
        {
            var row = batch.FirstRow + query;
            var excluded = request.ExcludeSelf ? row : request.Excluded.IsEmpty ? -1 : request.Excluded.Span[(int)row];
            for (var entry = query * length; entry < (query + 1) * length && found.Rows[entry] >= 0; entry++)
            {
                var (other, full) = (slab.RowAt(found.Rows[entry]), k);
                if (other != excluded && !NearestList.Offer(indices.Slice(query * k, k), distances.Slice(query * k, k), ref full, other, found.Distances[entry]))
                    break;
            }
        }

        return statistics;
    }

    private void Release() => _kept?.Index.Dispose();

    /// <summary>Queries that are searched together.</summary>
    private sealed record Batch(SampleMatrix Rows, long FirstRow, bool IsWhole)
    {
        public long EndRow => FirstRow + Rows.RowCount;
    }

    /// <summary>Some rows of the reference, indexed.</summary>
    /// <param name="Index">Their index.</param>
    /// <param name="FirstRow">The row of the reference where they begin.</param>
    /// <param name="Chosen">The rows of the reference; null where they follow each other.</param>
    private sealed record Slab(INeighborIndex Index, long FirstRow, long[]? Chosen)
    {
        public long RowAt(long place) => Chosen is null ? FirstRow + place : Chosen[place];

        /// <summary>Returns how many rows of the slab come before a row of the reference; negative, or more than it has, for rows before and behind it.</summary>
        public long CountBefore(long row)
        {
            if (Chosen is null)
                return row - FirstRow;
            var place = Array.BinarySearch(Chosen, row);
            return place < 0 ? ~place : place;
        }

        /// <summary>Returns the place of a row of the reference in the slab; -1 where it has none.</summary>
        public long PlaceOf(long row) => Chosen is null ? row - FirstRow : Math.Max(-1, Array.BinarySearch(Chosen, row));

        /// <summary>Returns which rows of the slab a mask of the reference names, and how many they are.</summary>
        public (RowMask? Mask, int Count) Among(RowMask? mask)
        {
            var count = (int)Index.Reference.RowCount;
            if (mask is null)
                return (null, count);
            var own = RowMask.From(count, place => mask[(int)RowAt(place)]);
            return (own, own.Count);
        }
    }
}
