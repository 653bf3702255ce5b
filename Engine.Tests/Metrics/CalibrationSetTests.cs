using System.Text.Json;
using System.Text.Json.Nodes;
using Engine.Data;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Metrics;

public sealed class CalibrationSetTests
{
    private const double Tolerance = 1e-9;

    private static readonly JsonNode s_golden = Golden.Load("fairness.json");

    public static TheoryData<string> Groups => [.. s_golden["groups"]!.AsObject().Select(group => group.Key)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Compute_Group_IsTheReference(string group)
    {
        var (scores, labels) = RowsOf(group);
        using var curve = RankingCurve.From(scores, labels);
        var measures = CalibrationSet.Compute(curve, (int)s_golden["bins"]!);
        var expected = s_golden["calibration"]![group]!;
        foreach (var metric in Enum.GetValues<CalibrationMetric>())
        {
            var value = (double?)expected[JsonNamingPolicy.CamelCase.ConvertName(metric.ToString())];
            Assert.Equal((metric, value.HasValue), (metric, measures[metric].HasValue));
            Assert.InRange(Math.Abs(value.GetValueOrDefault() - measures[metric].GetValueOrDefault()), 0, Tolerance);
        }

        Assert.Equal((double)expected["certainRows"]!, measures.CertainWeight);
        Assert.Equal((scores.Length, labels.PositiveCount), (measures.RowCount, measures.PositiveCount));
        Assert.Equal(scores.Length, measures.Bins.Sum(bin => bin.Weight));
        Assert.Equal(measures.Brier!.Value, measures.BrierParts!.Value.Miscalibration - measures.BrierParts.Value.Discrimination + measures.BrierParts.Value.Uncertainty, 14);
    }

    [Fact]
    public void Compute_RowsPermuted_SameBits()
    {
        var (scores, labels) = RowsOf("all");
        long[] order = [.. Enumerable.Range(0, scores.Length)];
        new Random(4).Shuffle(order);
        using var curve = RankingCurve.From(scores, labels);
        using var permuted = RankingCurve.From(Array.ConvertAll(order, row => scores[row]), labels.Select(order));
        Assert.All(Enum.GetValues<CalibrationMetric>(), metric => Assert.Equal(CalibrationSet.Compute(curve)[metric], CalibrationSet.Compute(permuted)[metric]));
    }

    [Fact]
    public void Compute_Weights_AreRepeatedRows()
    {
        var (scores, labels) = RowsOf("b");
        float[] weights = [.. Enumerable.Range(0, scores.Length).Select(row => (float)(row % 3))];
        long[] repeated = [.. Enumerable.Range(0, scores.Length).SelectMany(row => Enumerable.Repeat((long)row, row % 3))];
        using var weighted = RankingCurve.From(scores, labels, weights);
        using var curve = RankingCurve.From(Array.ConvertAll(repeated, row => scores[row]), labels.Select(repeated));
        Assert.All(Enum.GetValues<CalibrationMetric>(), metric => Assert.Equal(CalibrationSet.Compute(curve)[metric]!.Value, CalibrationSet.Compute(weighted)[metric]!.Value, 12));
        Assert.Equal(CalibrationSet.Compute(curve).CertainWeight, CalibrationSet.Compute(weighted).CertainWeight);
    }

    [Fact]
    public void TryFit_LabelsDrawnByALine_FindsTheLine()
    {
        // A million labels a score, as many of class 1 as the line says: 2 x logit - 1, rounded.
        double[] values = [.05, .2, .35, .5, .65, .8, .95];
        var positives = Array.ConvertAll(values, score => (int)Math.Round(1e6 / (1 + Math.Exp(1 - (2 * Math.Log(score / (1 - score)))))));
        double[] scores = [.. values, .. values];
        float[] weights = [.. positives.Select(count => (float)count), .. positives.Select(count => 1_000_000f - count)];
        using var curve = RankingCurve.From(scores, Labels.From([.. values.Select(_ => 1), .. values.Select(_ => 0)]), weights);
        Assert.True(LogisticRecalibration.TryFit(curve, out var fit));
        Assert.Equal(-1, fit.Intercept, 4);
        Assert.Equal(2, fit.Slope, 4);
    }

    [Theory]
    [InlineData(new[] { .1, .2, .3, .4 }, new[] { 0, 0, 1, 1 }, false)]
    [InlineData(new[] { .1, .2, .3, .4 }, new[] { 1, 1, 0, 0 }, false)]
    [InlineData(new[] { .1, .2, .2, .4 }, new[] { 0, 0, 1, 1 }, false)]
    [InlineData(new[] { .3, .3, .3, .3 }, new[] { 0, 1, 0, 1 }, false)]
    [InlineData(new[] { .1, .3, .2, .4 }, new[] { 0, 0, 1, 1 }, true)]
    [InlineData(new[] { 0.0, 1.0, 0.0, 1.0 }, new[] { 0, 0, 1, 1 }, true)]
    [InlineData(new[] { .1, 1e-300, .2, .4 }, new[] { 1, 0, 0, 1 }, true)]
    public void TryFit_ClassesPartedByAScore_IsUndefined(double[] scores, int[] labels, bool exists)
    {
        using var curve = RankingCurve.From(scores, Labels.From(labels));
        Assert.Equal(exists, LogisticRecalibration.TryFit(curve, out var fit));
        Assert.True(double.IsFinite(fit.Intercept) && double.IsFinite(fit.Slope));
        Assert.True(LogisticRecalibration.TryComputeInTheLarge(curve, out var large));
        Assert.True(double.IsFinite(large));
    }

    [Fact]
    public void Compute_ScoresThatAreNoProbabilitiesOrNoRows_AreUndefined()
    {
        using var beyond = RankingCurve.From([.2, 1.2], Labels.From([0, 1]));
        using var none = RankingCurve.From<double>([], Labels.From(Array.Empty<int>()));
        foreach (var curve in new[] { beyond, none })
        {
            var measures = CalibrationSet.Compute(curve);
            Assert.All(Enum.GetValues<CalibrationMetric>(), metric => Assert.Null(measures[metric]));
            Assert.Empty(measures.Bins);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationSet.Compute(beyond, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationSet.Compute(beyond)[(CalibrationMetric)9]);
    }

    internal static (double[] Scores, Labels Labels) RowsOf(string group)
    {
        long[] rows = [.. s_golden["groups"]![group].Ints().Select(row => (long)row)];
        var scores = s_golden["scores"].Doubles();
        return (Array.ConvertAll(rows, row => scores[row]), Labels.From(s_golden["labels"].Ints()).Select(rows));
    }
}
