using System.Text.Json;
using System.Text.Json.Nodes;
using Engine.Data;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Metrics;

public sealed class FairnessTests
{
    private const double Tolerance = 1e-12;

    private static readonly JsonNode s_golden = Golden.Load("fairness.json");
    private static readonly double[] s_scores = s_golden["scores"].Doubles();
    private static readonly Labels s_labels = Labels.From(s_golden["labels"].Ints());
    private static readonly double s_threshold = (double)s_golden["threshold"]!;

    private static readonly (string Suffix, OddsAggregation Aggregation)[] s_aggregations = [("worst_case", OddsAggregation.WorstCase), ("mean", OddsAggregation.Mean)];

    [Fact]
    public void Rates_OfEveryGroup_AreThoseOfScikitLearn()
    {
        var groups = Groups();
        var table = SubgroupMetrics.Compute(s_scores, s_labels, groups, s_threshold);
        ScoreMetric[] metrics = [ScoreMetric.SelectionRate, ScoreMetric.FalsePositiveRate, ScoreMetric.FalseNegativeRate, ScoreMetric.FalseDiscoveryRate, ScoreMetric.FalseOmissionRate, ScoreMetric.NetBenefit];
        foreach (var name in groups.Names)
        {
            foreach (var metric in metrics)
                AssertClose(s_golden["rates"]![name]![Key(metric)], table[name][metric], $"{metric} of {name}");
        }

        Assert.Null(table["deaths"].FalsePositiveRate);
        Assert.Null(table["never"].FalseDiscoveryRate);
        Assert.Equal(0, table["never"].PrecisionC1);
        Assert.Null(table["same"].FalseOmissionRate);
    }

    [Fact]
    public void TryComputeRates_EveryGroup_AreThoseOfTheSet()
    {
        foreach (var name in Groups().Names)
        {
            var metrics = CountsOf(name);
            var set = SubgroupMetrics.Compute(s_scores, s_labels, Groups(), s_threshold)[name];
            Assert.Equal(set.SelectionRate, metrics.TryComputeSelectionRate(out var selection) ? selection : null);
            Assert.Equal(set.FalseDiscoveryRate, metrics.TryComputeFalseDiscoveryRate(out var discovery) ? discovery : null);
            Assert.Equal(set.FalseOmissionRate, metrics.TryComputeFalseOmissionRate(out var omission) ? omission : null);
            Assert.Equal(set.NetBenefit, metrics.TryComputeNetBenefit(s_threshold, out var benefit) ? benefit : null);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-2.0)]
    [InlineData(double.PositiveInfinity)]
    public void NetBenefit_ThresholdThatIsNoProbability_IsUndefined(double threshold)
    {
        Assert.Null(MetricSet.Compute([.2, .8], Labels.From([0, 1]), threshold).NetBenefit);
        Assert.False(new ConfusionCounts(1, 0, 0, 1).TryComputeNetBenefit(threshold, out _));
    }

    [Theory]
    [InlineData("against_everyone")]
    [InlineData("against_the_rest")]
    [InlineData("against_a")]
    public void TryCompare_EveryGroup_IsTheReference(string against)
    {
        foreach (var (name, expected) in s_golden[against]!.AsObject())
        {
            var group = CountsOf(name);
            var reference = against switch { "against_everyone" => CountsOf("all"), "against_a" => CountsOf("a"), _ => CountsOf("all").Without(group) };
            AssertAll(expected!, $"{name} {against}", (metric, aggregation) => Fairness.TryCompare(metric, group, reference, out var value, aggregation) ? value : null);
        }
    }

    [Fact]
    public void TryComputeBetweenGroupsAndToOverall_Families_AreTheReference()
    {
        foreach (var family in s_golden["between_groups"]!.AsArray())
            AssertAll(family!, "between", (metric, aggregation) => Fairness.TryComputeBetweenGroups(metric, CountsOf(family!), out var value, aggregation) ? value : null);
        foreach (var family in s_golden["to_overall"]!.AsArray())
            AssertAll(family!, "overall", (metric, aggregation) => Fairness.TryComputeToOverall(metric, CountsOf(family!), CountsOf("all"), out var value, aggregation) ? value : null);
    }

    [Fact]
    public void TryCompare_OneRate_TellsWhoHasMore()
    {
        // 3 of 4 selected, and 1 of 4.
        var (more, less) = (new ConfusionCounts(2, 1, 0, 1), new ConfusionCounts(1, 0, 1, 2));
        Assert.True(Fairness.TryCompare(FairnessMetric.DemographicParityDifference, less, more, out var difference));
        Assert.Equal(-.5, difference);
        Assert.True(Fairness.TryCompare(FairnessMetric.DemographicParityRatio, more, less, out var ratio));
        Assert.Equal(3, ratio);
        Assert.True(Fairness.TryCompare(FairnessMetric.EqualizedOddsDifference, less, more, out var odds));
        Assert.Equal(.5, odds);
    }

    [Fact]
    public void BadArguments_Throw()
    {
        var counts = new ConfusionCounts(1, 1, 1, 1);
        Assert.Throws<ArgumentException>(() => Fairness.TryComputeBetweenGroups(FairnessMetric.EqualizedOddsRatio, [], out _));
        Assert.Throws<ArgumentException>(() => Fairness.TryComputeToOverall(FairnessMetric.EqualizedOddsRatio, [], counts, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fairness.TryCompare((FairnessMetric)99, counts, counts, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fairness.TryCompare(FairnessMetric.EqualizedOddsRatio, counts, counts, out _, (OddsAggregation)9));
        Assert.Throws<ArgumentException>(() => counts.Without(new ConfusionCounts(0, 2, 0, 0)));
        Assert.Equal(new ConfusionCounts(0, 1, 1, 0), counts.Without(new ConfusionCounts(1, 0, 0, 1)));
    }

    private static void AssertAll(JsonNode expected, string of, Func<FairnessMetric, OddsAggregation, double?> actual)
    {
        foreach (var metric in Enum.GetValues<FairnessMetric>())
        {
            if (expected.AsObject().ContainsKey(Key(metric)))
                AssertClose(expected[Key(metric)], actual(metric, OddsAggregation.WorstCase), $"{metric}, {of}");
            else
                Assert.All(s_aggregations, one => AssertClose(expected[$"{Key(metric)}:{one.Suffix}"], actual(metric, one.Aggregation), $"{metric} {one.Suffix}, {of}"));
        }
    }

    private static void AssertClose(JsonNode? expected, double? actual, string of)
    {
        var value = (double?)expected;
        Assert.True(value.HasValue == actual.HasValue && Math.Abs(value.GetValueOrDefault() - actual.GetValueOrDefault()) <= Tolerance, $"{of} is {actual}, and the reference has {value}.");
    }

    private static string Key<T>(T metric)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(metric.ToString());

    private static Subgroups Groups()
    {
        var groups = new Subgroups(s_labels.Count);
        foreach (var (name, rows) in s_golden["groups"]!.AsObject())
            groups.Add(name, RowMask.From(s_labels.Count, rows.Ints().ToHashSet().Contains));
        return groups;
    }

    private static ConfusionCounts CountsOf(string group)
    {
        long[] rows = [.. s_golden["groups"]![group].Ints().Select(row => (long)row)];
        return ConfusionCounts.From(Array.ConvertAll(rows, row => s_scores[row]), s_labels.Select(rows), s_threshold);
    }

    private static ConfusionCounts[] CountsOf(JsonNode family) => [.. family["groups"]!.AsArray().Select(name => CountsOf((string)name!))];
}
