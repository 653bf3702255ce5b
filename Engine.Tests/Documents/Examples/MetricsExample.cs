using Engine.Metrics;

namespace Engine.Tests.Documents.Examples;

public sealed class MetricsExample
{
    [Fact]
    public void Tables()
    {
        var (labels, groups, patients, scores) = (Ward.Labels, Ward.Groups, Ward.Patients, Ward.Scores);
        double[] others = [.. scores.Select((score, row) => row % 3 == 0 ? 1 - score : score)];

        // <example>
        var table = SubgroupMetrics.Compute(scores, labels, groups, threshold: .3);
        var recall = table["Black"].RecallC1;                                           // null where it is undefined, never 0
        var isDefined = table.TryComputeRelativeDisparity(ScoreMetric.RecallC1, ["Black", "White"], out var ratio);

        var chance = new Bootstrap { Seed = 7, Metrics = [ScoreMetric.Auroc, ScoreMetric.RecallC1] };
        var intervals = chance.Estimate(scores, labels, groups, clusters: patients);    // draws whole patients
        var differences = chance.Compare(scores, others, labels, groups, clusters: patients);   // of two models, on the same draws
        var delong = DeLong.Compare(scores, others, labels, groups);                    // of AUROCs, by formula; rows must be independent

        var isotonic = IsotonicFit.Fit(scores, labels);                                 // then isotonic.Predict(score) is calibrated
        // </example>

        Assert.Equal(["Black", "White"], table.Rows.Select(row => row.Group));
        Assert.True(isDefined && ratio >= 1 && recall > .3);
        Assert.All(intervals, group => Assert.True(group.Table[ScoreMetric.Auroc] is { } auroc && auroc.Lower < auroc.Estimate && auroc.Estimate < auroc.Upper));
        Assert.All(differences, group => Assert.True(group.Table[ScoreMetric.Auroc] is { Lower: > 0 }));
        Assert.All(delong, group => Assert.True(group.Value is { PValue: < .01 }));
        Assert.InRange(isotonic.Predict(.9), isotonic.Predict(.1), 1);
    }
}
