using Bench.Comparisons.Arrays;
using Bench.Comparisons.Cases;
using Bench.Comparisons.Checks;
using Bench.Comparisons.Measurement;
using Engine.Data;
using Engine.Neighbors;
using Engine.Numerics.Distances;

namespace Bench.Comparisons.Neighbors;

/// <summary>A search of padded rows in own memory, build included, beside that of the same rows on the paths that users take.</summary>
internal sealed class SearchPathsWork : PreparedWork
{
    private const int WarmUpRows = 4_000;

    private readonly CaseArrays _arrays;
    private readonly RowPaths _paths;

    /// <summary>Null where the rows search among themselves.</summary>
    private readonly SampleMatrix? _queries;
    private readonly Metric _metric;
    private readonly int _neighborCount;
    private NeighborTable? _found;

    /// <summary>Takes arrays.</summary>
    /// <param name="arrays">The reference, and queries; as many as there are reference rows for a search of these among themselves.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="neighborCount">k.</param>
    /// <param name="context">What it needs.</param>
    public SearchPathsWork(CaseArrays arrays, Metric metric, int neighborCount, WorkContext context)
    {
        (_arrays, _metric, _neighborCount) = (arrays, metric, neighborCount);
        _paths = new RowPaths(arrays.Reference, context.Folder);
        _queries = arrays.Queries.RowCount == RowCount ? null : _paths.Scaler.Transform(arrays.Queries).Copy();
    }

    /// <inheritdoc/>
    public override long RowCount => _paths.Own.RowCount;

    /// <inheritdoc/>
    public override int FeatureCount => _paths.Own.FeatureCount;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Action<WorkContext> Run)> OtherWays =>
        [.. _paths.All.Select(path => (path.Name, (Action<WorkContext>)(context => Search(path.Rows, context))))];

    /// <inheritdoc/>
    public override PreparedWork MakeSmall(WorkContext context)
    {
        var rows = Enumerable.Range(0, (int)Math.Min(RowCount, WarmUpRows)).Select(static row => (long)row).ToArray();
        return new SearchPathsWork(new CaseArrays(_arrays.Reference.SelectRows(rows).Copy(), _queries is null ? _arrays.Reference : _arrays.Queries), _metric, _neighborCount, context);
    }

    /// <inheritdoc/>
    public override void Run(WorkContext context, PhaseClock clock) => _found = Search(_paths.Own, context);

    /// <inheritdoc/>
    public override IEnumerable<CheckResult> Check(WorkContext context) => _paths.All.Select(path =>
    {
        var found = Search(path.Rows, context);
        var isSame = found.Indices.Span.SequenceEqual(_found!.Indices.Span) && found.Distances.Span.SequenceEqual(_found.Distances.Span);
        return CheckResult.Of($"bits of {path.Name}", RowCount, isSame ? null : "the neighbors are others");
    });

    /// <inheritdoc/>
    public override void Dispose()
    {
        _paths.Dispose();
        base.Dispose();
    }

    private NeighborTable Search(SampleMatrix rows, WorkContext context)
    {
        using var neighbors = NearestNeighbors.Build(rows, _metric, new NeighborIndexOptions { Compute = context.Compute });
        return _queries is null ? neighbors.SearchSelf(_neighborCount, context.Compute) : neighbors.Search(_queries, _neighborCount, new NeighborOptions { Compute = context.Compute });
    }
}
