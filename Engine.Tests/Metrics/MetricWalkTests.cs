using Engine.Data;
using Engine.Metrics;

namespace Engine.Tests.Metrics;

/// <summary>A walk over counts gives the bits of the curve, which the golden files hold.</summary>
public sealed class MetricWalkTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(100, 5)]
    [InlineData(3000, 65)]
    // More than two blocks of the walk, so that runs of ties cross their ends.
    [InlineData(9000, 20)]
    [InlineData(9000, 1_000_000)]
    public void Compute_AnyTies_HasTheBitsOfTheCurve(int count, int distinctScores)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var rows = ScoredRows.Random(count, distinctScores, seed);
            // Probabilities half of the time: the grid reaches beyond 1 where it has more than 65 points.
            AssertSameAsCurve(rows.Scores, rows.Labels, threshold: .25f + seed);
            AssertSameAsCurve([.. rows.Scores.Select(score => score / 20_000)], rows.Labels, threshold: .25f);
        }
    }

    [Fact]
    public void Compute_InfiniteScores_HasTheBitsOfTheCurve() =>
        AssertSameAsCurve([float.NegativeInfinity, 0, float.PositiveInfinity, float.PositiveInfinity], [0, 1, 0, 1], 0);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Compute_OneClass_HasTheBitsOfTheCurve(byte label) => AssertSameAsCurve([.5f, .25f, .5f], [label, label, label], .5f);

    [Fact]
    public void Compute_MoreGroupsThanBitsOfAWord_MeasuresEachAlone()
    {
        var rows = ScoredRows.Random(500, 40, seed: 8);
        var labels = Labels.From(rows.Labels);
        var groups = new Subgroups(500);
        for (var group = 0; group < 130; group++)
            groups.Add($"{group}", RowMask.From(500, row => (row * 7) % 131 >= group));
        var table = SubgroupMetrics.Compute(rows.Scores, labels, groups, maxThreadCount: 3);
        foreach (var row in table.Rows)
        {
            var members = groups[row.Group].ToRows();
            var alone = MetricSet.Compute([.. members.Select(member => rows.Scores[member])], labels.Select(members));
            Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(alone[metric], row.Metrics[metric]));
        }
    }

    private static void AssertSameAsCurve(float[] scores, byte[] labels, float threshold)
    {
        var metrics = MetricSet.Compute(scores, Labels.From(labels), threshold);
        using var curve = RankingCurve.From(scores, labels);
        Assert.Equal((curve.RowCount, curve.PositiveCount), (metrics.RowCount, metrics.PositiveCount));
        Assert.Equal(ConfusionCounts.From(scores, labels, threshold), metrics.Confusion);
        Assert.Equal(curve.MassAt(threshold).Mcc, metrics.Mcc);
        Assert.Equal(curve.TryComputeAuroc(out var auroc) ? auroc : null, metrics.Auroc);
        Assert.Equal(curve.TryComputeAveragePrecision(1, out var stepC1) ? stepC1 : null, metrics.AveragePrecisionC1);
        Assert.Equal(curve.TryComputeTrapezoidPr(1, out var trapezoidC1) ? trapezoidC1 : null, metrics.TrapezoidPrC1);
        Assert.Equal(curve.TryComputeAveragePrecision(0, out var stepC0) ? stepC0 : null, metrics.AveragePrecisionC0);
        Assert.Equal(curve.TryComputeTrapezoidPr(0, out var trapezoidC0) ? trapezoidC0 : null, metrics.TrapezoidPrC0);
        Assert.Equal(curve.TryComputeBrier(out var brier) ? brier : null, metrics.Brier);
    }
}
