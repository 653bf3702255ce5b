using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Engine.Compute;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Neighbors;

/// <summary>A search for the k nearest rows: it builds an index of the reference, then searches it for all queries.</summary>
internal sealed class NeighborWork : PreparedWork
{
    /// <summary>The names of the facts of a case.</summary>
    public const string Queries = "queries", NeighborCount = "neighborCount", Pairs = "pairs", ComparedPairs = "comparedPairs", RankedPairs = "rankedPairs";

    private const int WarmUpRows = 2_000;
    private const int WarmUpQueries = 500;

    private readonly CaseArrays _arrays;
    private readonly Metric _metric;
    private readonly int _neighborCount;
    private readonly FoundNeighbors _searched;
    private readonly List<(string Name, Action<WorkContext> Run)> _otherWays = [];
    private SearchStatistics? _statistics;

    /// <summary>Takes arrays, and memory for what is found.</summary>
    /// <param name="arrays">Reference and queries.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="neighborCount">k.</param>
    public NeighborWork(CaseArrays arrays, Metric metric, int neighborCount)
    {
        (_arrays, _metric, _neighborCount) = (arrays, metric, neighborCount);
        // A query that is a row of the reference finds itself; one more neighbor makes room for that.
        var searched = neighborCount + (arrays.OwnRows is null ? 0 : 1);
        var length = arrays.Queries.RowCount * searched;
        _searched = new FoundNeighbors(searched, new long[length], new float[length]);
        // Touches every page, so that it is not taken for memory of the engine.
        _searched.Indices.AsSpan().Fill(-1);
        _searched.Distances.AsSpan().Fill(float.NaN);
    }

    /// <inheritdoc/>
    public override long RowCount => _arrays.Reference.RowCount;

    /// <inheritdoc/>
    public override int FeatureCount => _arrays.Reference.FeatureCount;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, long> Facts
    {
        get
        {
            var facts = new Dictionary<string, long> { [Queries] = _arrays.Queries.RowCount, [NeighborCount] = _neighborCount };
            if (_statistics is { } spared)
                (facts[Pairs], facts[ComparedPairs], facts[RankedPairs]) = (spared.PairCount, spared.ComparedPairs, spared.RankedPairs);
            return facts;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Action<WorkContext> Run)> OtherWays => _otherWays;

    /// <summary>Gets the neighbors of every query, itself left out.</summary>
    public FoundNeighbors Found => _arrays.OwnRows is { } own ? _searched.Without(own) : _searched;

    /// <summary>Also searches plain arrays of a caller, whose rows the engine has not padded: what any other language has.</summary>
    /// <returns>The same work.</returns>
    public NeighborWork AlsoOnPlainArrays()
    {
        var plain = new CaseArrays(PlainOf(_arrays.Reference), PlainOf(_arrays.Queries));
        _otherWays.Add((NeighborCases.EngineOnPlainArrays, context => _statistics = Search(plain, context, new PhaseClock())));
        return this;
    }

    /// <inheritdoc/>
    public override PreparedWork MakeSmall(WorkContext context)
    {
        var small = new NeighborWork(new CaseArrays(FirstRows(_arrays.Reference, WarmUpRows), FirstRows(_arrays.Queries, WarmUpQueries)), _metric, _searched.NeighborCount);
        return _otherWays.Count == 0 ? small : small.AlsoOnPlainArrays();
    }

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock) => _statistics = Search(_arrays, context, clock);

    /// <inheritdoc/>
    public override IEnumerable<CheckResult> Check(WorkContext context) => [EqualityCheck.Run(_arrays, _metric, Found, context.Parallel)];

    /// <inheritdoc/>
    public override IReadOnlyList<RateUnderRoof> RatesAt(double[] seconds, WorkContext context)
    {
        // What a search that measures every pair works through.
        var rate = (double)_arrays.Queries.RowCount * RowCount * FeatureCount / seconds.Sum();
        return
        [
            new RateUnderRoof(RoofName.MultiplyAdds, rate, ArithmeticPeak.MultiplyAdds<float>(context.Threads), "G/s"),
            new RateUnderRoof(RoofName.AbsoluteDifferences, rate, ArithmeticPeak.AbsoluteDifferences<float>(context.Threads), "G/s"),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> WriteTask(string folder)
    {
        NpyFile.Write(Path.Combine(folder, "reference.npy"), _arrays.Reference);
        NpyFile.Write(Path.Combine(folder, "queries.npy"), _arrays.Queries);
        return ["search", _metric == Metric.L1 ? "l1" : "l2", $"{_neighborCount}"];
    }

    /// <inheritdoc/>
    public override Agreement Compare(string rival, string answer, WorkContext context)
    {
        var (indices, found) = (NpyFile.Read<long>(answer).Values, Found);
        if (rival == NeighborCases.EngineFromPython)
            return new([SameNeighbors(found, indices)]);
        return indices.Length == found.Indices.Length
            ? new([], RivalRecall.Of(_arrays, _metric, found, indices, context.Cancellation))
            : throw new InvalidDataException($"it found {indices.Length:N0} rows where {found.Indices.Length:N0} were asked for");
    }

    private static SampleMatrix PlainOf(SampleMatrix samples)
    {
        var values = new float[samples.RowCount * samples.FeatureCount];
        for (var row = 0; row < samples.RowCount; row++)
            samples.CopyRow(row, values.AsSpan(row * samples.FeatureCount, samples.FeatureCount));
        return SampleMatrix.Wrap(values, (int)samples.RowCount, samples.FeatureCount);
    }

    /// <summary>Compares lists to the bit: each of k rows, then of the bits of their k distances.</summary>
    private static CheckResult SameNeighbors(FoundNeighbors found, long[] lists)
    {
        const string What = $"rows and bits of distances beside {NeighborCases.EngineFromPython}'s";
        var expected = new long[2 * found.Indices.Length];
        for (var query = 0; query < found.Indices.Length / found.NeighborCount; query++)
        {
            var list = expected.AsSpan(2 * found.NeighborCount * query);
            found.IndicesOf(query).CopyTo(list);
            for (var place = 0; place < found.NeighborCount; place++)
                list[found.NeighborCount + place] = BitConverter.SingleToInt32Bits(found.DistancesOf(query)[place]);
        }

        if (lists.Length != expected.Length)
            throw new InvalidDataException($"it found {lists.Length:N0} numbers where {expected.Length:N0} were asked for");
        return CheckResult.OfEach(What, [.. expected.Chunk(2 * found.NeighborCount).Zip(lists.Chunk(2 * found.NeighborCount)).Select((pair, query) => pair.First.AsSpan().SequenceEqual(pair.Second) ? null : $"query {query}")]);
    }

    private SearchStatistics Search(CaseArrays arrays, WorkContext context, PhaseClock clock)
    {
        using var neighbors = NearestNeighbors.Build(arrays.Reference, _metric, new NeighborIndexOptions { Compute = context.Compute });
        clock.Split();
        var statistics = neighbors.Search(arrays.Queries, _searched.NeighborCount, _searched.Indices, _searched.Distances, new NeighborOptions { Compute = context.Compute });
        clock.Split();
        return statistics;
    }

    private static SampleMatrix FirstRows(SampleMatrix samples, int most) =>
        samples.SelectRows(Enumerable.Range(0, (int)Math.Min(samples.RowCount, most)).Select(row => (long)row).ToArray()).Copy();
}
