using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

public sealed class LargerThanMemoryExample : IDisposable
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
        const long MegaByte = 1_000_000;

        // <example>
        using var samples = SampleMatrix.Map(path);                             // rows stay in the file; every pass reads it
        var compute = new ComputeOptions { MemoryLimit = 4 * MegaByte };        // what a call may take beside its result

        var scaled = FeatureScaler.Fit(samples).Transform(samples);             // a view
        var smote = new Smote { Seed = 7 }.Plan(new LabeledSamples(labels, scaled), compute);    // parents and factors; rows are made as they are read
        var fit = LogisticRegression.Fit(scaled, labels, new() { Plan = smote, RidgePenalty = 1, Compute = compute });

        var scores = new double[samples.RowCount];
        fit.PredictProbability(scaled, scores, compute);
        var table = SubgroupMetrics.Compute(scores, labels, groups);

        using var search = NearestNeighbors.Build(scaled, Metric.L2, new() { Compute = compute });   // in slabs, where an index of all rows does not fit
        var found = search.Search(queries, neighborCount: 5, new() { Compute = compute });
        // </example>

        var inMemory = FeatureScaler.Fit(rows).Transform(rows).Copy();
        var plan = new Smote { Seed = 7 }.Plan(new LabeledSamples(labels, inMemory));
        Assert.IsType<SlabIndex>(search.Index);
        Assert.Equal(plan.Synthetic.ToArray(), smote.Synthetic.ToArray());
        Assert.Equal(LogisticRegression.Fit(inMemory, labels, new() { Plan = plan, RidgePenalty = 1 }).Coefficients, fit.Coefficients);
        Assert.True(table["even"].Auroc > 0.5);
        Assert.Equal(NearestNeighbors.Build(inMemory, Metric.L2).Search(queries, 5).Indices.ToArray(), found.Indices.ToArray());
    }
}
