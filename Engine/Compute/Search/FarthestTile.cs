using System.Runtime.CompilerServices;
using Engine.Data;
using Engine.Numerics.Distances;

namespace Engine.Compute.Search;

/// <summary>Finds the farthest rows of some queries that lie close together, one thread.</summary>
/// <remarks>
/// <para><b>Computes</b> the distance of every reference row to a pivot, the mean of the queries, then ranks the rows that lie farthest from it for every query.
/// A row r can be among the k farthest of query q only if |pivot - r| + |pivot - q| reaches the k-th distance so far, so most rows need no more than the one distance.
/// Queries are sorted by the distance from the pivot at which a row begins to matter to them: a row is ranked for the first few only.</para>
/// <para>With terms of another scale all distances are of that scale, the true ones too.</para>
/// <para><b>Error</b>: canonical distances are turned into bounds of true ones and back by <see cref="DistanceBounds"/>; the pivot may be any point, so its rounding is none.</para>
/// </remarks>
internal sealed unsafe class FarthestTile<TTerm>
    where TTerm : struct, IDistanceTerm
{
    /// <summary>The largest number of queries: their rows stay in the cache while reference rows pass.</summary>
    public const int LargestCount = 64;

    private const int FewestSeeds = 16;

    private readonly SampleMatrix _reference;
    private readonly RowReader _referenceReader;
    private readonly RowReader _queryReader;
    private readonly int _neighborCount;
    private readonly int _stride;
    private readonly long* _indices;
    private readonly float* _distances;
    private readonly float[] _scratch;
    private readonly float[] _values;
    private readonly float[] _pivot;
    private readonly float[] _pivotDistances;
    private readonly long[] _seeds;
    private readonly float[] _seedDistances;
    private readonly int[] _queries = new int[LargestCount];
    private readonly double[] _thresholds = new double[LargestCount];
    private readonly float[] _found = new float[LargestCount];

    /// <summary>Prepares the scratch of a thread.</summary>
    /// <param name="reference">n x p.</param>
    /// <param name="queries">m x p.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="indices">m x k, the caller's.</param>
    /// <param name="distances">m x k, the caller's.</param>
    public FarthestTile(SampleMatrix reference, SampleMatrix queries, int neighborCount, long* indices, float* distances)
    {
        _reference = reference;
        _referenceReader = new RowReader(reference);
        _queryReader = new RowReader(queries);
        _neighborCount = neighborCount;
        _stride = queries.Stride;
        _indices = indices;
        _distances = distances;
        _scratch = new float[reference.BlockScratchLength];
        _values = new float[LargestCount * _stride];
        _pivot = new float[_stride];
        _pivotDistances = new float[reference.RowCount];
        _seeds = new long[Math.Min(reference.RowCount, Math.Max(neighborCount, FewestSeeds))];
        _seedDistances = new float[_seeds.Length];
    }

    /// <summary>Gets the number of pairs of a query and a row whose canonical distance was computed, the pivot's not counted.</summary>
    public long RankedPairs { get; private set; }

    /// <summary>Searches for some queries.</summary>
    /// <param name="queries">Rows of the queries, 1 to 64.</param>
    public void Search(ReadOnlySpan<int> queries)
    {
        queries.CopyTo(_queries);
        LoadQueries(queries.Length);
        MeasureFromPivot(queries.Length);
        RankSeeds(queries.Length);
        SortByThreshold(queries.Length);
        RankOthers(queries.Length);
        foreach (var query in queries)
        {
            foreach (ref var distance in HeldDistances(query))
                distance = -distance;
        }
    }

    private void LoadQueries(int count)
    {
        for (var place = 0; place < count; place++)
            _queryReader.Read(_queries[place]).CopyTo(_values.AsSpan(place * _stride));
    }

    /// <summary>Computes the pivot and its distance to every row; keeps the farthest rows as seeds.</summary>
    private void MeasureFromPivot(int count)
    {
        for (var column = 0; column < _stride; column++)
        {
            var sum = 0.0;
            for (var place = 0; place < count; place++)
                sum += _values[(place * _stride) + column];
            _pivot[column] = (float)(sum / count);
        }

        var held = 0;
        for (long blockIndex = 0; blockIndex < _reference.BlockCount; blockIndex++)
        {
            var block = _reference.ReadHeldBlock(blockIndex, _scratch);
            var distances = _pivotDistances.AsSpan((int)block.FirstRow, block.RowCount);
            DistanceKernel.Compute<TTerm>(_pivot, block.Values, _stride, distances);
            for (var row = 0; row < distances.Length; row++)
                NearestList.Offer(_seeds, _seedDistances, ref held, block.FirstRow + row, -distances[row]);
        }
    }

    /// <summary>Ranks the seeds for every query, which fills the lists.</summary>
    private void RankSeeds(int count)
    {
        for (var seed = 0; seed < _seeds.Length; seed++)
        {
            Measure(_seeds[seed], count);
            for (var place = 0; place < count; place++)
            {
                var held = Math.Min(seed, _neighborCount);
                NearestList.Offer(HeldIndices(_queries[place]), HeldDistances(_queries[place]), ref held, _seeds[seed], -_found[place]);
            }
        }
    }

    /// <summary>Puts the queries that rows matter to from the smallest distance on first.</summary>
    private void SortByThreshold(int count)
    {
        DistanceKernel.Compute<TTerm>(_pivot, _values, _stride, _found.AsSpan(0, count));
        for (var place = 0; place < count; place++)
        {
            var toPivot = DistanceBounds.TrueUpperBound(Metric.SquaredL2, _found[place], _stride);
            var needed = DistanceBounds.TrueLowerBound(-HeldDistances(_queries[place])[^1], _stride);
            _thresholds[place] = DistanceBounds.CanonicalLowerBound(needed - toPivot, _stride);
        }

        Array.Sort(_thresholds, _queries, 0, count);
        LoadQueries(count);
    }

    /// <summary>Ranks the rows that are no seeds for the queries that they may matter to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RankOthers(int count)
    {
        foreach (var seed in _seeds)
            _pivotDistances[seed] = float.NaN;
        var smallest = _thresholds[0];
        for (var row = 0; row < _pivotDistances.Length; row++)
        {
            var distance = _pivotDistances[row];
            // Not a number, a seed, is not above anything either.
            if (!(distance >= smallest))
                continue;
            var reached = 1;
            while (reached < count && distance >= _thresholds[reached])
                reached++;
            Measure(row, reached);
            for (var place = 0; place < reached; place++)
            {
                var held = HeldDistances(_queries[place]);
                if (-_found[place] > held[^1])
                    continue;
                var full = _neighborCount;
                NearestList.Offer(HeldIndices(_queries[place]), held, ref full, row, -_found[place]);
            }
        }
    }

    /// <summary>Computes the canonical distance of a row to the first queries; which of two rows is subtracted changes no bit.</summary>
    private void Measure(long row, int count)
    {
        DistanceKernel.Compute<TTerm>(_referenceReader.Read(row), _values, _stride, _found.AsSpan(0, count));
        RankedPairs += count;
    }

    private Span<long> HeldIndices(int query) => new(_indices + ((long)query * _neighborCount), _neighborCount);

    /// <summary>Returns the distances of a query's list, negated while the search runs: the nearest of negated distances is the farthest.</summary>
    private Span<float> HeldDistances(int query) => new(_distances + ((long)query * _neighborCount), _neighborCount);
}
