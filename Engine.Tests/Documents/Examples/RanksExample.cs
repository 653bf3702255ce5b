using Engine.Collectives;
using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

public sealed class RanksExample : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Work()
    {
        const int RowCount = 40_000;
        var path = _folder.File("rows.npy");
        var rows = Tables.Normal(RowCount, 4, seed: 1);
        NpyFile.Write(path, rows);
        var queries = Tables.Normal(20, 4, seed: 2);
        var labels = Labels.From([.. Enumerable.Range(0, RowCount).Select(row => rows.Row(row)[0] + rows.Row(row)[1] > 1.5f || row % 50 == 0)]);
        var groups = Subgroups.From([.. Enumerable.Range(0, RowCount).Select(row => row % 2 == 0 ? "even" : "odd")]);
        var tables = new SubgroupTable[3];
        var found = new NeighborTable[3];

        // <example>
        void Work(ICollective ranks)
        {
            using var file = SampleMatrix.Map(path);                        // a file that every rank can open
            var samples = file.DivideAmongRanks(ranks);                     // each reads its own rows; SampleMatrix.OfRanks(own, ranks) takes them from memory

            var scaled = FeatureScaler.Fit(samples).Transform(samples);
            var fit = LogisticRegression.Fit(scaled, labels);               // labels of all rows, on every rank
            var scores = new double[samples.RowCount];
            fit.PredictProbability(scaled, scores);                         // and so are the scores
            tables[ranks.Rank] = SubgroupMetrics.Compute(scores, labels, groups);

            using var search = NearestNeighbors.Build(samples, Metric.L2);  // an index of its own rows on each rank
            found[ranks.Rank] = search.Search(queries, neighborCount: 5);   // neighbors among the rows of all, the same lists everywhere
        }

        RankThreads.Run(size: 3, Work);                                     // ranks as threads of this process, to try it; MpiRanks.Run(Work) where mpirun started it
        // </example>

        var scaled = FeatureScaler.Fit(rows).Transform(rows);
        var scores = new double[RowCount];
        LogisticRegression.Fit(scaled, labels).PredictProbability(scaled, scores);
        var expected = SubgroupMetrics.Compute(scores, labels, groups);
        var neighbors = NearestNeighbors.Build(rows, Metric.L2).Search(queries, 5);
        Assert.All(tables, table => Assert.Equal(expected.Rows.Select(row => row.ToString()), table.Rows.Select(row => row.ToString())));
        Assert.All(found, table => Assert.True(table.Indices.Span.SequenceEqual(neighbors.Indices.Span)));
    }
}
