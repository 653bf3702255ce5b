using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Neighbors;
using Engine.Numerics.Distances;
using Engine.Prognosis;
using Engine.Resampling;

namespace Engine.Tests.Documents;

/// <summary>The example of the README: the lines between the marks stand there word for word, and run here.</summary>
internal static class LibraryExample
{
    public static (NeighborTable Neighbors, LogisticFit Fit, UnitSearch Search, SubgroupTable Table, ClosestRows Closest) Run(
        float[] features, int rowCount, int featureCount, int[] outcomes, string[] ethnicity)
    {
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
        return (neighbors, fit, search, table, closest);
    }
}
