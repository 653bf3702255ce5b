using Bench.Cohorts;
using Bench.Cohorts.Table;
using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Resampling;
using Engine.Tests.Bench.Cohorts.Table;
using Engine.Tests.Support;

namespace Engine.Tests.Documents.Examples;

public sealed class ParquetExample : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromAFileToMetrics()
    {
        var file = _folder.File("stays.parquet");
        var rows = Enumerable.Range(0, 3000);
        ParquetFile.Write(
            file,
            1000,
            ("subject_id", rows.Select(row => (long)row / 2).ToArray()),
            ("lactate", rows.Select(row => row % 9 == 0 ? null : (double?)(row * 7 % 100 / 10.0)).ToArray()),
            ("race", rows.Select(row => row % 3 == 0 ? "Black" : "White").ToArray()),
            ("died", rows.Select(row => row * 7 % 100 > 80 != (row % 11 == 0)).ToArray()));

        // <example>
        var cohort = TableReader.Read(file, new("died") { Groups = ["race"], Patient = "subject_id" });
        var (train, test) = (cohort.RowsOf(CohortSplit.Train), cohort.RowsOf(CohortSplit.Test));    // no patient in both

        var scaler = FeatureScaler.Fit(cohort.Samples.SelectRows(train), cohort.Imputation);        // null and NaN become the median
        var samples = scaler.Transform(cohort.Samples.SelectRows(train)).Copy();
        var labels = cohort.Labels.Select(train);

        var smote = new Smote { Seed = 7 }.Plan(samples, labels);                                   // rows kept, rows to make
        var fit = LogisticRegression.Fit(samples, labels, new() { Plan = smote, RidgePenalty = cohort.RidgePenalty });

        var scores = new double[test.Length];
        fit.PredictProbability(scaler.Transform(cohort.Samples.SelectRows(test)), scores);
        var table = SubgroupMetrics.Compute(scores, cohort.Labels.Select(test), cohort.Groups.Select(test));
        var (auroc, recall) = (table["Black"].Auroc, table["Black"].RecallC1);
        // </example>

        Assert.True(smote.TotalRowCount > samples.RowCount);
        Assert.Equal(["all", "Black", "White"], table.Rows.Select(row => row.Group));
        Assert.True(auroc > .6 && recall > .5, $"{auroc} {recall}");
    }
}
