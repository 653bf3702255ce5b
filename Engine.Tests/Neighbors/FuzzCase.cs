using Engine.Compute;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics;
using Engine.Numerics.Distances;
using Engine.Tests.Compute;
using Engine.Tests.Support;

namespace Engine.Tests.Neighbors;

/// <summary>One random search of a random shape, a function of its number alone, compared with the slow search.</summary>
/// <remarks>Small as a rule, so that thousands run in a minute; one in a few hundred is large enough for whatever is prepared for large references.</remarks>
internal sealed class FuzzCase : IDisposable
{
    private const int CasesPerLargeOne = 250;
    private const int MostQueries = 24;
    private const int CheckedQueries = 6;

    private readonly RandomStream _stream;
    private readonly DataKind _kind;
    private readonly Metric _metric;
    private readonly SampleMatrix _reference;
    private readonly SampleMatrix _queries;
    private readonly SampleMatrix _weightedReference;
    private readonly SampleMatrix _weightedQueries;
    private readonly float[] _weights;
    private readonly RowMask? _rows;
    private readonly RowMask? _among;
    private readonly bool _isSelf;
    private readonly ComputeOptions _compute;
    private ulong _drawn;

    public FuzzCase(int number)
    {
        _stream = new RandomStream((ulong)number, 6);
        var isLarge = OneIn(CasesPerLargeOne);
        var rowCount = isLarge ? 2000 + Below(700) : 1 + Below(1 + Below(400));
        var featureCount = isLarge ? 20 + Below(40) : 1 + Below(1 + Below(90));
        (_kind, _metric) = (Draw<DataKind>(), Draw<Metric>());
        _reference = DrawView(Tables.Of(_kind, rowCount, featureCount, (ulong)number));
        _isSelf = OneIn(3);
        _queries = DrawQueries(featureCount, (ulong)number);
        (_rows, _among) = (DrawMask(rowCount), DrawMask(rowCount));
        _weights = OneIn(5) ? [.. Enumerable.Range(0, featureCount).Select(_ => Below(5) switch { 0 => 0, 1 => 1e-3f, 2 => 0.3f, _ => 1 })] : [];
        (_weightedReference, _weightedQueries) = (Weigh(_reference), Weigh(_queries));
        _compute = new ComputeOptions { MaxDegreeOfParallelism = OneIn(4) ? -1 : 1 + Below(3) };
    }

    public override string ToString() =>
        $"{_metric}, {_reference.RowCount} x {_reference.FeatureCount} {_kind}, {_queries.RowCount} {(_isSelf ? "queries (self)" : "queries")}, "
        + $"rows {_rows?.Count ?? -1}, among {_among?.Count ?? -1}, weights {_weights.Length}, threads {_compute.MaxDegreeOfParallelism}";

    public void Run()
    {
        var options = new NeighborIndexOptions { Rows = _rows, FeatureWeights = _weights, Compute = _compute };
        using var search = NearestNeighbors.Build(_reference, _metric, options);
        RunNearest(search);
        if (OneIn(3))
            RunWithin(search);
    }

    public void Dispose()
    {
        _reference.Dispose();
        _queries.Dispose();
    }

    private void RunNearest(NearestNeighbors search)
    {
        var options = new NeighborOptions { ExcludeSelf = _isSelf && !OneIn(4), Among = _among, Compute = _compute };
        var available = Enumerable.Range(0, (int)_reference.RowCount).Count(IsCandidate) - (options.ExcludeSelf ? 1 : 0);
        if (available < 1)
            return;
        var k = 1 + Below(OneIn(8) ? available : Math.Min(available, 12));
        var found = search.Search(_queries, k, options);
        foreach (var query in SomeQueries())
        {
            var expected = ReferenceSearch.NearestWide(_metric, _weightedReference, _weightedQueries.Row(query), k, MayBeFound(options, query));
            Assert.Equal(expected, found.IndicesOf(query).ToArray().Zip(found.DistancesOf(query).ToArray()));
        }

        if (!options.ExcludeSelf)
            RunBatches(search, options, k, found);
    }

    /// <summary>Searches the same queries in batches: each must find what it found in company.</summary>
    private void RunBatches(NearestNeighbors search, NeighborOptions options, int k, NeighborTable whole)
    {
        var first = 0;
        foreach (var batch in Enumerable.Range(0, (int)_queries.RowCount).Select(row => (long)row).Chunk(1 + Below(MostQueries)).Take(3))
        {
            var part = search.Search(_queries.SelectRows(batch), k, options);
            Assert.Equal(whole.Indices.Span.Slice(first * k, batch.Length * k), part.Indices.Span);
            Assert.Equal(whole.Distances.Span.Slice(first * k, batch.Length * k), part.Distances.Span);
            first += batch.Length;
        }
    }

    private void RunWithin(NearestNeighbors search)
    {
        var options = new NeighborOptions { ExcludeSelf = _isSelf && !OneIn(4), Among = _among, Compute = _compute };
        // A distance that occurs, or just less, so that rows lie exactly at the radius and just beyond.
        var distances = ReferenceSearch.NearestWide(_metric, _weightedReference, _weightedQueries.Row(0), 20, IsCandidate);
        var radius = distances.Length == 0 ? 0 : Math.Min(float.MaxValue, distances[Below(distances.Length)].Distance);
        if (radius > 0 && OneIn(2))
            radius = MathF.BitDecrement(radius);
        var found = search.SearchWithin(_queries, radius, options);
        foreach (var query in SomeQueries())
        {
            var expected = ReferenceSearch.WithinWide(_metric, _weightedReference, _weightedQueries.Row(query), radius, MayBeFound(options, query));
            Assert.Equal(expected, found.IndicesOf(query).ToArray().Zip(found.DistancesOf(query).ToArray()));
        }
    }

    private Func<int, bool> MayBeFound(NeighborOptions options, int query) => row => IsCandidate(row) && !(options.ExcludeSelf && row == query);

    private bool IsCandidate(int row) => (_rows?[row] ?? true) && (_among?[row] ?? true);

    private IEnumerable<int> SomeQueries()
    {
        var step = Math.Max(1, (int)_queries.RowCount / CheckedQueries);
        for (var query = Below(step); query < _queries.RowCount; query += step)
            yield return query;
    }

    /// <summary>Returns rows in padded memory of their own, in the caller's, or as a view.</summary>
    private SampleMatrix DrawView(SampleMatrix samples) => Below(6) switch
    {
        0 => samples.SelectRows(Enumerable.Range(0, (int)samples.RowCount).Select(row => samples.RowCount - 1 - row).ToArray()),
        1 => SampleMatrix.Wrap(ValuesOf(samples), (int)samples.RowCount, samples.FeatureCount),
        _ => samples,
    };

    private static float[] ValuesOf(SampleMatrix samples) => [.. Enumerable.Range(0, (int)samples.RowCount).SelectMany(row => samples.Row(row))];

    private SampleMatrix DrawQueries(int featureCount, ulong seed)
    {
        if (_isSelf)
            return _reference;
        var count = OneIn(10) ? 60 + Below(80) : 1 + Below(MostQueries);
        return Below(4) switch
        {
            0 => _reference.SelectRows(Enumerable.Range(0, count).Select(_ => (long)Below((int)_reference.RowCount)).ToArray()),
            1 => Tables.Of(Draw<DataKind>(), count, featureCount, seed + 1),
            _ => DrawView(Tables.Of(_kind, count, featureCount, seed + 1)),
        };
    }

    /// <summary>Returns no mask, one of some rows, or one of a single row.</summary>
    private RowMask? DrawMask(int rowCount)
    {
        if (!OneIn(4))
            return null;
        var (sure, share) = (Below(rowCount), OneIn(5) ? 0 : 1 + Below(10));
        return RowMask.From(rowCount, row => row == sure || Below(10) < share);
    }

    private SampleMatrix Weigh(SampleMatrix samples)
    {
        if (_weights.Length == 0)
            return samples;
        var weighted = samples.Copy();
        for (var row = 0; row < samples.RowCount; row++)
        {
            var values = weighted.GetWritableRow(row);
            for (var column = 0; column < values.Length; column++)
                values[column] *= _metric == Metric.L1 ? _weights[column] : MathF.Sqrt(_weights[column]);
        }

        return weighted;
    }

    private T Draw<T>()
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        return values[Below(values.Length)];
    }

    private bool OneIn(int count) => Below(count) == 0;

    private int Below(int bound) => (int)_stream.Below(_drawn++, (ulong)bound);
}
