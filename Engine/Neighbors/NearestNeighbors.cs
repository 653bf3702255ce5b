using System.Runtime.InteropServices;
using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>Exact k nearest neighbors: build once on reference rows, search many times, from any number of threads.</summary>
/// <remarks>
/// <para><b>Ties</b>: neighbors are ordered by (distance, row index), L2 by its square before the root; so k = 10 is a prefix of k = 100.</para>
/// <para><b>Range</b>: neighbors are right at any size of the values; a distance that float32 cannot hold, such as a squared one of 1e20, is reported as 0 or infinity.</para>
/// <para><b>NaN</b>: refused when built and when searched, naming row and column.</para>
/// <para><b>Determinism</b>: the same bits for any number of threads, block of queries, SIMD level and backend.</para>
/// <para><b>Cost</b>: bounds skip most pairs of clinical rows; of uniform rows all m x n x p are compared, in integers. No distance matrix:
/// memory is the result and, while the object lives, up to half as much as the reference again, or what <see cref="ComputeOptions.MemoryLimit"/> allows. The reference is read where it lies, and must not change.</para>
/// <para><b>Source</b>: the canonical distance and the filters of docs/numerics.md.</para>
/// </remarks>
public sealed partial class NearestNeighbors : IDisposable
{
    private readonly SampleMatrix _reference;
    private readonly float[]? _factors;
    private readonly INeighborIndex _index;
    private readonly IComputeBackend _backend;
    private volatile bool _isDisposed;

    private NearestNeighbors(SampleMatrix reference, float[]? factors, INeighborIndex index, IComputeBackend backend)
    {
        _reference = reference;
        _factors = factors;
        _index = index;
        _backend = backend;
    }

    /// <summary>Gets the distance.</summary>
    public Metric Metric => _index.Metric;

    /// <summary>Gets what is searched.</summary>
    internal INeighborIndex Index => _index;

    /// <summary>Gets the number of rows that may be found.</summary>
    public long RowCount => _index.Rows?.Count ?? _reference.RowCount;

    /// <summary>Prepares a search over reference rows, which are read where they lie.</summary>
    /// <param name="reference">n x p, finite, at least one row.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="options">Which rows to search, and how; all of them on the processor when null.</param>
    /// <returns>The search.</returns>
    /// <exception cref="ArgumentException">There is no row, a value or weight is not finite, a mask or the weights have another length, or a weight is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> is not a metric.</exception>
    /// <exception cref="InsufficientMemoryException">The memory limit is too low for any part of the reference.</exception>
    /// <exception cref="OperationCanceledException">The preparation was stopped.</exception>
    public static NearestNeighbors Build(SampleMatrix reference, Metric metric, NeighborIndexOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        options ??= new NeighborIndexOptions();
        if (!Enum.IsDefined(metric))
            Throw.ArgumentOutOfRange(nameof(metric), metric, "L1, L2 or SquaredL2");
        if (reference.RowCount == 0)
            Throw.Argument_Invalid(nameof(reference), "reference has no rows; a search needs at least one.");
        if (options.Rows is { } rows)
            CheckMask(nameof(options.Rows), rows, reference);
        reference.EnsureFinite(nameof(reference));
        return BuildOfFinite(reference, metric, options);
    }

    /// <summary>Prepares a search over rows that were checked.</summary>
    internal static NearestNeighbors BuildOfFinite(SampleMatrix reference, Metric metric, NeighborIndexOptions options)
    {
        var factors = options.FeatureWeights.IsEmpty ? null : FeatureFactors.Of(options.FeatureWeights.Span, reference.FeatureCount, metric);
        var weighted = Weigh(reference, factors, nameof(reference));
        var backend = options.Compute.Backend;
        var index = weighted.IsSpread ? new SpreadIndex(weighted, metric, options) : SlabIndex.Build(backend, weighted, metric, options.Rows, options.Compute);
        return new NearestNeighbors(reference, factors, index, backend);
    }

    /// <summary>Finds the nearest reference rows of every query.</summary>
    /// <param name="queries">m x p, finite.</param>
    /// <param name="neighborCount">k, 1 to the number of rows that may be found, one less when a query may not find itself.</param>
    /// <param name="indices">Receives m x k reference rows, row-major, nearest first.</param>
    /// <param name="distances">Receives m x k distances, likewise.</param>
    /// <param name="options">How to search.</param>
    /// <returns>How much work the search was spared.</returns>
    /// <exception cref="ArgumentException">Columns differ, a value is not finite, a destination is too short or overlaps other memory, a mask speaks of other rows, or ExcludeSelf is asked for with other rows than the reference.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="neighborCount"/> is outside its range.</exception>
    /// <exception cref="ObjectDisposedException">The search, or a matrix that it reads, was disposed.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped; the destinations then hold nothing of use.</exception>
    public SearchStatistics Search(SampleMatrix queries, int neighborCount, Span<long> indices, Span<float> distances, NeighborOptions? options = null)
    {
        options ??= new NeighborOptions();
        Check(queries, options);
        CheckCount(neighborCount, options);
        var needed = queries.RowCount * neighborCount;
        if (indices.Length < needed)
            Throw.Argument_DestinationTooShort(nameof(indices), indices.Length, needed);
        if (distances.Length < needed)
            Throw.Argument_DestinationTooShort(nameof(distances), distances.Length, needed);
        CheckOverlap(queries, indices, distances);

        return FindNearest(queries, neighborCount, indices[..(int)needed], distances[..(int)needed], [], options);
    }

    /// <summary>Finds the nearest reference rows of every query, in memory allocated for the result.</summary>
    /// <param name="queries">m x p, finite; m x k is at most 2^31 - 57.</param>
    /// <param name="neighborCount">k, as in the other overload.</param>
    /// <param name="options">How to search.</param>
    /// <returns>m x k neighbors.</returns>
    /// <exception cref="ArgumentException">As in the other overload.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="neighborCount"/> is outside its range, or m x k is too large for one result.</exception>
    public NeighborTable Search(SampleMatrix queries, int neighborCount, NeighborOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        options ??= new NeighborOptions();
        ThrowIfDisposed();
        // Before memory is taken for a result that cannot be.
        CheckCount(neighborCount, options);
        var length = LengthOf(queries, neighborCount);
        var (indices, distances) = (new long[length], new float[length]);
        return new NeighborTable(neighborCount, indices, distances, Search(queries, neighborCount, indices, distances, options));
    }

    /// <summary>Finds the nearest other rows of every reference row; a row is excluded by its index, never by distance 0.</summary>
    /// <param name="neighborCount">k, 1 to the number of rows that may be found less one.</param>
    /// <param name="options">How the search may use the machine.</param>
    /// <returns>n x k neighbors.</returns>
    public NeighborTable SearchSelf(int neighborCount, ComputeOptions? options = null) =>
        Search(_reference, neighborCount, new NeighborOptions { ExcludeSelf = true, Compute = options ?? ComputeOptions.Default });

    /// <summary>Finds the nearest reference rows of every query in squared L2, with distances of any size.</summary>
    /// <param name="queries">m x p, finite; m x k is at most 2^31 - 57.</param>
    /// <param name="neighborCount">k, as in the other searches.</param>
    /// <param name="options">How to search.</param>
    /// <param name="limits">See <see cref="NeighborRequest.Limits"/>; distances that have all their digits in float32.</param>
    /// <returns>m x k rows and their wide squared distances, row-major, nearest first; and how much work it was.</returns>
    internal (long[] Indices, double[] Squares, SearchStatistics Statistics) SearchWide(
        SampleMatrix queries, int neighborCount, NeighborOptions options, ReadOnlyMemory<float> limits = default)
    {
        Check(queries, options);
        return SearchWideOfFinite(queries, neighborCount, options, limits);
    }

    /// <summary>Does the same for queries that were checked.</summary>
    internal (long[] Indices, double[] Squares, SearchStatistics Statistics) SearchWideOfFinite(
        SampleMatrix queries, int neighborCount, NeighborOptions options, ReadOnlyMemory<float> limits = default)
    {
        CheckCount(neighborCount, options);
        var length = LengthOf(queries, neighborCount);
        var (indices, squares) = (new long[length], new double[length]);
        return (indices, squares, FindNearest(queries, neighborCount, indices, new float[length], squares, options, limits));
    }

    /// <summary>Finds other rows near to every row that may be found, of which nearer ones may be missed; only without feature weights.</summary>
    /// <param name="rows">The rows that may be found, ascending.</param>
    /// <param name="neighborCount">k, 1 to the number of rows less one.</param>
    /// <param name="options">How to use the machine.</param>
    /// <returns>k rows for each and their distances, row-major, nearest first; a distance too small or too large for float32 says no more than that.</returns>
    internal (long[] Indices, float[] Distances) SearchNearby(long[] rows, int neighborCount, ComputeOptions options)
    {
        ThrowIfDisposed();
        var queries = _reference.SelectRows(rows);
        var length = LengthOf(queries, neighborCount);
        var (indices, distances) = (new long[length], new float[length]);
        _index.FindNearest(new NeighborRequest(queries, neighborCount) { Excluded = rows, MayMissNearer = true }, indices, distances, options);
        return (indices, distances);
    }

    /// <summary>Releases the memory of the preparation once running searches are done; the reference is not touched. A search begun later throws <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _index.Dispose();
    }

    private SearchStatistics FindNearest(
        SampleMatrix queries, int neighborCount, Span<long> indices, Span<float> distances, Span<double> squares, NeighborOptions options, ReadOnlyMemory<float> limits = default)
    {
        var weighted = Weigh(queries);
        var request = new NeighborRequest(weighted, neighborCount, options.ExcludeSelf, options.Among) { Limits = limits };
        if (_index is SpreadIndex spread)
            return spread.FindNearest(request, indices, distances, squares, options.Compute);
        var statistics = _index.FindNearest(request, indices, distances, options.Compute);
        for (var entry = 0; entry < squares.Length; entry++)
            squares[entry] = distances[entry];
        using var held = _index.Reference.Hold();
        using var heldQueries = weighted.Hold();
        var more = Metric == Metric.L1
            ? FarSums.Complete(_index, _backend, request, indices, distances, options.Compute)
            : new WideRanking(_index, weighted, options).Complete(neighborCount, indices, distances, squares);
        return statistics.Plus(more);
    }

    private static void CheckMask(string name, RowMask mask, SampleMatrix reference)
    {
        if (mask.RowCount != reference.RowCount)
            Throw.Argument_LengthsDiffer(name, mask.RowCount, nameof(reference), reference.RowCount);
        if (mask.Count == 0)
            Throw.Argument_Invalid(name, $"{name} has no row; a search needs at least one.");
    }

    private static SampleMatrix Weigh(SampleMatrix samples, float[]? factors, string name)
    {
        if (factors is null)
            return samples;
        var weighted = samples.MultiplyColumns(factors);
        weighted.EnsureFinite($"{name} with its feature weights");
        return weighted;
    }

    private void CheckOverlap(SampleMatrix queries, Span<long> indices, Span<float> distances)
    {
        if (MemoryMarshal.AsBytes(indices).Overlaps(MemoryMarshal.AsBytes(distances)))
            Throw.Argument_Overlap(nameof(distances), nameof(indices));
        foreach (var (samples, name) in new[] { (queries, nameof(queries)), (_reference, "the reference") })
        {
            if (samples.Overlaps(MemoryMarshal.AsBytes(indices)))
                Throw.Argument_Overlap(nameof(indices), name);
            if (samples.Overlaps(MemoryMarshal.AsBytes(distances)))
                Throw.Argument_Overlap(nameof(distances), name);
        }
    }

    /// <summary>Returns the queries as the index measures them; the reference itself is known by identity.</summary>
    private SampleMatrix Weigh(SampleMatrix queries) => ReferenceEquals(queries, _reference) ? _index.Reference : Weigh(queries, _factors, nameof(queries));

    private void Check(SampleMatrix queries, NeighborOptions options)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(queries);
        if (queries.FeatureCount != _reference.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(queries), queries.FeatureCount, "the reference", _reference.FeatureCount);
        if (options.ExcludeSelf && queries.RowCount != _reference.RowCount)
            Throw.Argument_LengthsDiffer(nameof(queries), queries.RowCount, "the reference (ExcludeSelf searches the reference rows themselves)", _reference.RowCount);
        if (options.Among is { } among)
            CheckMask(nameof(options.Among), among, _reference);
        if (!ReferenceEquals(queries, _reference))
            queries.EnsureFinite(nameof(queries));
    }

    private void ThrowIfDisposed()
    {
        if (_isDisposed)
            Throw.ObjectDisposed(nameof(NearestNeighbors));
    }

    private void CheckCount(int neighborCount, NeighborOptions options)
    {
        var available = AvailableRows(options);
        if (available < 1)
            Throw.Argument_Invalid(nameof(options), "no row may be found: the reference has one row and it may not find itself, or the masks have no row in common; search among more rows.");
        if (neighborCount < 1 || neighborCount > available)
            Throw.ArgumentOutOfRange(nameof(neighborCount), neighborCount, $"1 to {available:N0}, the rows that may be returned");
    }

    private static long LengthOf(SampleMatrix queries, int neighborCount)
    {
        var length = queries.RowCount * neighborCount;
        if (length > Array.MaxLength)
            Throw.ArgumentOutOfRange(nameof(neighborCount), neighborCount, $"at most {Array.MaxLength / queries.RowCount:N0} for {queries.RowCount:N0} queries in one result; search parts of the queries");
        return length;
    }

    /// <summary>Counts the rows that every query may find: a query that is among them cannot find itself.</summary>
    private long AvailableRows(NeighborOptions options)
    {
        var rows = (_index.Rows, options.Among) switch
        {
            ({ } built, { } among) => built.And(among).Count,
            ({ } built, null) => built.Count,
            (null, { } among) => among.Count,
            _ => _reference.RowCount,
        };
        return rows - (options.ExcludeSelf ? 1 : 0);
    }
}
