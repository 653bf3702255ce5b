using Engine.Data;
using Engine.Metrics;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Metrics;

public sealed class SubgroupMetricsTests
{
    [Fact]
    public void Compute_EveryGroup_EqualsItsRowsAlone()
    {
        var (rows, labels, groups) = MakeGroups(2000);
        var table = SubgroupMetrics.Compute(rows.Scores, labels, groups, .6f);
        Assert.Equal(groups.Names, table.Rows.Select(row => row.Group));
        foreach (var row in table.Rows)
        {
            var members = groups[row.Group].ToRows();
            var alone = MetricSet.Compute([.. members.Select(member => rows.Scores[member])], labels.Select(members), .6f);
            AssertSame(alone, row.Metrics);
            Assert.Equal(members.Length, row.Metrics.RowCount);
        }
    }

    [Fact]
    public void Compute_OneThreadOrMany_SameBits()
    {
        var (rows, labels, groups) = MakeGroups(5000);
        var one = SubgroupMetrics.Compute(rows.Scores, labels, groups, maxThreadCount: 1);
        foreach (var threads in new[] { 2, 7, -1 })
        {
            var many = SubgroupMetrics.Compute(rows.Scores, labels, groups, maxThreadCount: threads);
            Assert.All(one.Rows, row => AssertSame(row.Metrics, many[row.Group]));
        }
    }

    [Fact]
    public void Compute_RowsPermuted_SameBits()
    {
        var rows = ScoredRows.Random(3000, 50, seed: 1);
        var permuted = rows.Permute(seed: 2);
        AssertSame(WholeOf(rows), WholeOf(permuted));

        static MetricSet WholeOf(ScoredRows rows) => MetricSet.Compute(rows.Scores, Labels.From(rows.Labels));
    }

    [Fact]
    public void Compute_EmptyGroup_GivesZeroRowsAndNulls()
    {
        var groups = new Subgroups(2);
        groups.Add("nobody", RowMask.From(2, _ => false));
        var metrics = SubgroupMetrics.Compute([.1f, .9f], Labels.From([0, 1]), groups)["nobody"];
        Assert.Equal((0, 0), (metrics.RowCount, metrics.PositiveCount));
        Assert.Equal(default, metrics.Confusion);
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Null(metrics[metric]));
    }

    [Fact]
    public void Compute_GroupOfOneClass_HasNullsOnlyWhereTheOtherIsNeeded()
    {
        var groups = new Subgroups(3);
        groups.Add("survivors", RowMask.From(3, row => row < 2));
        var metrics = SubgroupMetrics.Compute([.1f, .9f, .8f], Labels.From([0, 0, 1]), groups)["survivors"];
        ScoreMetric[] undefined =
        [
            ScoreMetric.Auroc, ScoreMetric.RecallC1, ScoreMetric.F1C1, ScoreMetric.AveragePrecisionC1, ScoreMetric.TrapezoidPrC1,
            ScoreMetric.DivergenceC1, ScoreMetric.DivergenceDual, ScoreMetric.FalseNegativeRate,
        ];
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(undefined.Contains(metric), metrics[metric] is null));
        Assert.Equal(0, metrics.PrecisionC1);
        Assert.Equal(.5, metrics.RecallC0);
        Assert.Equal(.5, metrics.BalancedAccuracy);
        Assert.Equal(0, metrics.Prevalence);
    }

    [Fact]
    public void Compute_SmallTable_HasValuesCountedByHand()
    {
        // Ranking 0 0 1 0 1 1 from the low end, threshold between the fourth and the fifth.
        var metrics = MetricSet.Compute([.1f, .2f, .3f, .4f, .6f, .9f], Labels.From([0, 0, 1, 0, 1, 1]));
        Assert.Equal(new ConfusionCounts(2, 0, 1, 3), metrics.Confusion);
        Assert.Equal((6, 3, .5f), (metrics.RowCount, metrics.PositiveCount, metrics.Threshold));
        Assert.Equal(.5, metrics.Prevalence);
        Assert.Equal(5 / 6.0, metrics.Accuracy);
        Assert.Equal(8 / 9.0, metrics.Auroc!.Value, 1e-15);
        Assert.Equal((1 + 1 + .75) / 3, metrics.AveragePrecisionC1!.Value, 1e-15);
        Assert.Equal((1 + 1 + ((.75 + (2 / 3.0)) / 2)) / 3, metrics.TrapezoidPrC1!.Value, 1e-15);
        Assert.Equal((1 + 1 + .75) / 3, metrics.AveragePrecisionC0!.Value, 1e-15);
        Assert.Equal(.75, metrics.PrecisionC0);
        Assert.Equal(1, metrics.PrecisionC1);
    }

    [Fact]
    public void Compute_InputsDisagree_Throws()
    {
        var groups = new Subgroups(2);
        Assert.Throws<ArgumentException>(() => SubgroupMetrics.Compute([.1f], Labels.From([0]), groups));
        Assert.Throws<ArgumentException>(() => SubgroupMetrics.Compute([.1f], Labels.From([0, 1]), groups));
        Assert.Throws<ArgumentException>(() => SubgroupMetrics.Compute([.1f, float.NaN], Labels.From([0, 1]), groups));
        Assert.Throws<ArgumentOutOfRangeException>(() => SubgroupMetrics.Compute([.1f, .2f], Labels.From([0, 1]), groups, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => SubgroupMetrics.Compute([.1f, .2f], Labels.From([0, 1]), groups, maxThreadCount: 0));
    }

    [Fact]
    public void Require_UndefinedMetric_ThrowsNamingItAndTheRows()
    {
        var metrics = MetricSet.Compute([.1f, .2f], Labels.From([0, 0]));
        var error = Assert.Throws<InvalidOperationException>(() => metrics.Require(ScoreMetric.Auroc));
        Assert.Contains("Auroc is undefined over 2 rows of which 0", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, metrics.Require(ScoreMetric.Accuracy));
    }

    [Fact]
    public void Compute_Results_HaveTheCommittedDigest()
    {
        // Not from System.Random, whose draws are a detail of the runtime.
        var (scores, labels) = (new float[5_000], new byte[5_000]);
        var stream = new RandomStream(5, 6);
        for (var row = 0; row < scores.Length; row++)
        {
            labels[row] = stream.UniformDouble((ulong)row) < 0.2 ? (byte)1 : (byte)0;
            scores[row] = (float)stream.Below((ulong)(row + 10_000), (ulong)(400 + (300 * labels[row]))) / 700;
        }

        var groups = new Subgroups(scores.Length);
        for (var group = 1; group <= 5; group++)
            groups.Add($"every {group}", RowMask.From(scores.Length, row => row % group == 0));
        using var digest = new Digest();
        foreach (var row in SubgroupMetrics.Compute(scores, Labels.From(labels), groups).Rows)
            digest.Add<double>([.. Enum.GetValues<ScoreMetric>().Where(static metric => metric <= ScoreMetric.Brier).Select(metric => row.Metrics.Require(metric))]);
        Assert.Equal("24D13518C7D2D3F9", digest.ToString());
    }

    private static (ScoredRows Rows, Labels Labels, Subgroups Groups) MakeGroups(int count)
    {
        var rows = ScoredRows.Random(count, 60, seed: count);
        var random = new Random(9);
        var groups = Subgroups.From(Enumerable.Range(0, count).Select(_ => random.Next(20) switch { 0 => "Black", < 12 => "White", < 15 => "Asian", _ => null }).ToArray());
        groups.Add("whole", RowMask.All(count));
        groups.Add("deaths", RowMask.From(count, row => rows.Labels[row] == 1));
        groups.Add("one", RowMask.From(count, row => row == 5));
        return (rows, Labels.From(rows.Labels), groups);
    }

    private static void AssertSame(MetricSet expected, MetricSet actual)
    {
        Assert.Equal((expected.RowCount, expected.PositiveCount, expected.Confusion), (actual.RowCount, actual.PositiveCount, actual.Confusion));
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(expected[metric], actual[metric]));
    }
}
