using Engine.Compute;
using Engine.Data;
using Engine.Diagnostics;
using Engine.Numerics.Distances;

namespace Engine.Neighbors;

/// <summary>Exact k nearest neighbors: build once on reference rows, search many times.</summary>
/// <remarks>
/// <para><b>Ties</b>: neighbors are ordered by (distance, row index), L2 by its square before the root; so k = 10 is a prefix of k = 100.</para>
/// <para><b>NaN</b>: refused when built and when searched, naming row and column.</para>
/// <para><b>Determinism</b>: the same bits for any number of threads, block of queries, SIMD level and backend.</para>
/// <para><b>Cost</b>: m x n x p, no distance matrix: memory is the result and two blocks a thread.</para>
/// <para><b>Source</b>: the canonical distance of docs/numerics.md.</para>
/// </remarks>
public sealed class NearestNeighbors
{
    private readonly SampleMatrix _reference;
    private readonly IComputeBackend _backend;

    private NearestNeighbors(SampleMatrix reference, Metric metric, IComputeBackend backend)
    {
        _reference = reference;
        Metric = metric;
        _backend = backend;
    }

    /// <summary>Gets the distance.</summary>
    public Metric Metric { get; }

    /// <summary>Prepares a search over reference rows, which are read where they lie.</summary>
    /// <param name="reference">n x p, finite, at least one row.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="backend">What runs the kernel; the processor when null.</param>
    /// <returns>The search.</returns>
    /// <exception cref="ArgumentException">There is no row, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="metric"/> is not a metric.</exception>
    public static NearestNeighbors Build(SampleMatrix reference, Metric metric, IComputeBackend? backend = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (!Enum.IsDefined(metric))
            Throw.ArgumentOutOfRange(nameof(metric), metric, "L1, L2 or SquaredL2");
        if (reference.RowCount == 0)
            Throw.Argument_Invalid(nameof(reference), "reference has no rows; a search needs at least one.");
        reference.EnsureFinite(nameof(reference));
        return new NearestNeighbors(reference, metric, backend ?? SimdBackend.Instance);
    }

    /// <summary>Finds the nearest reference rows of every query.</summary>
    /// <param name="queries">m x p, finite.</param>
    /// <param name="neighborCount">k, 1 to the number of reference rows, one less when a query may not find itself.</param>
    /// <param name="indices">Receives m x k reference rows, row-major, nearest first.</param>
    /// <param name="distances">Receives m x k distances, likewise.</param>
    /// <param name="options">How to search.</param>
    /// <exception cref="ArgumentException">Columns differ, a value is not finite, a destination is too short, or ExcludeSelf is asked for with other rows than the reference.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="neighborCount"/> is outside its range.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped; the destinations then hold nothing of use.</exception>
    public void Search(SampleMatrix queries, int neighborCount, Span<long> indices, Span<float> distances, NeighborOptions? options = null)
    {
        options ??= new NeighborOptions();
        Check(queries, neighborCount, options);
        var needed = queries.RowCount * neighborCount;
        if (indices.Length < needed)
            Throw.Argument_DestinationTooShort(nameof(indices), indices.Length, needed);
        if (distances.Length < needed)
            Throw.Argument_DestinationTooShort(nameof(distances), distances.Length, needed);
        queries.EnsureFinite(nameof(queries));

        var request = new NeighborRequest(_reference, queries, Metric, neighborCount, options.ExcludeSelf);
        _backend.FindNearest(request, indices[..(int)needed], distances[..(int)needed], options.Compute);
    }

    /// <summary>Finds the nearest reference rows of every query, in memory allocated for the result.</summary>
    /// <param name="queries">m x p, finite.</param>
    /// <param name="neighborCount">k, as in the other overload.</param>
    /// <param name="options">How to search.</param>
    /// <returns>m x k neighbors.</returns>
    public NeighborTable Search(SampleMatrix queries, int neighborCount, NeighborOptions? options = null)
    {
        options ??= new NeighborOptions();
        Check(queries, neighborCount, options);
        var length = checked((int)(queries.RowCount * neighborCount));
        var (indices, distances) = (new long[length], new float[length]);
        Search(queries, neighborCount, indices, distances, options);
        return new NeighborTable(neighborCount, indices, distances);
    }

    /// <summary>Finds the nearest other rows of every reference row; a row is excluded by its index, never by distance 0.</summary>
    /// <param name="neighborCount">k, 1 to the number of reference rows less one.</param>
    /// <param name="options">How the search may use the machine.</param>
    /// <returns>n x k neighbors.</returns>
    public NeighborTable SearchSelf(int neighborCount, ComputeOptions? options = null) =>
        Search(_reference, neighborCount, new NeighborOptions { ExcludeSelf = true, Compute = options ?? ComputeOptions.Default });

    private void Check(SampleMatrix queries, int neighborCount, NeighborOptions options)
    {
        ArgumentNullException.ThrowIfNull(queries);
        if (queries.FeatureCount != _reference.FeatureCount)
            Throw.Argument_FeatureCountsDiffer(nameof(queries), queries.FeatureCount, "the reference", _reference.FeatureCount);
        if (options.ExcludeSelf && queries.RowCount != _reference.RowCount)
            Throw.Argument_LengthsDiffer(nameof(queries), queries.RowCount, "the reference (ExcludeSelf searches the reference rows themselves)", _reference.RowCount);
        var available = _reference.RowCount - (options.ExcludeSelf ? 1 : 0);
        if (available < 1)
            Throw.Argument_Invalid(nameof(queries), "the reference has one row, and it may not find itself; a search among other rows needs two.");
        if (neighborCount < 1 || neighborCount > available)
            Throw.ArgumentOutOfRange(nameof(neighborCount), neighborCount, $"1 to {available:N0}, the rows that may be returned");
    }
}
