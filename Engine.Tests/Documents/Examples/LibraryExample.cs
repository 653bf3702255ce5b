using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Prognosis;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

/// <summary>The example of the README, which is also that of the packages.</summary>
public sealed class LibraryExample
{
    [Fact]
    public void FromRowsToMetrics()
    {
        const int rowCount = 600, featureCount = 8;
        var generated = Tables.Normal(rowCount, featureCount, 71);
        var noise = Tables.Normal(rowCount, 1, 72);
        var features = Enumerable.Range(0, rowCount).SelectMany(row => generated.Row(row)).ToArray();
        var outcomes = Enumerable.Range(0, rowCount).Select(row => generated.Row(row)[0] + noise.Row(row)[0] > 1.5f ? 1 : 0).ToArray();
        var ethnicity = Enumerable.Range(0, rowCount).Select(row => row % 5 == 0 ? "Black" : "White").ToArray();

        // <example>
        var samples = SampleMatrix.Wrap(features, rowCount, featureCount);             // your memory, no copy; or SampleMatrix.Map("x.npy")
        var labels = Labels.From(outcomes);                                            // 0 or 1, one a row
        var groups = Subgroups.From(ethnicity);                                        // "Black", "Hispanic", ... as row masks

        var neighbors = NearestNeighbors.Build(samples, Metric.L2).SearchSelf(neighborCount: 5);    // exact, ordered by (distance, row)

        var smote = new Smote { NeighborCount = 5, Seed = 7 }.Plan(samples, labels);   // rows kept, rows to make; nothing copied yet
        var dp = DoublePrioritized.Plan(labels, groups["Black"], units: 3);            // multiplicities only
        var fit = LogisticRegression.Fit(samples, labels, new() { Plan = dp });        // status, coefficients, standard errors (which count the copies; RobustErrors take them, or patients, for one); FitMany for many

        var train = new LabeledSamples(labels, samples, groups: groups);               // rows, time series, or both
        var search = DoublePrioritized.Search(new LogisticPrognosis(), new TrainingTask(train), selection: train, "Black");   // 15 models, one chosen; use other rows to choose on in earnest

        var scores = new double[rowCount];
        fit.PredictProbability(samples, scores);
        var table = SubgroupMetrics.Compute(scores, labels, groups);                   // every metric, both classes, every group, one sort

        var closest = NearestRealSample.Distances(smote.SyntheticRows(samples), samples, groups);       // L1 to the closest row of each group
        // </example>

        Assert.Equal(rowCount * 5, neighbors.Indices.Length);
        Assert.Equal(FitStatus.Converged, fit.Status);
        Assert.Equal(15, search.Scores.Count);
        Assert.Equal(["Black", "White"], table.Rows.Select(row => row.Group));
        Assert.Equal(["Black", "White"], closest.Groups);
    }
}
