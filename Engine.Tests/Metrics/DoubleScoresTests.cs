using Engine.Data;
using Engine.Logistic;
using Engine.Metrics;
using Engine.Tests.Support;

namespace Engine.Tests.Metrics;

/// <summary>Every metric takes doubles: as precise as they are, and with the bits of floats where they are floats.</summary>
public sealed class DoubleScoresTests
{
    private static readonly Bootstrap s_bootstrap = new() { Seed = 11, ReplicateCount = 40, Threshold = .25 };

    // They depend on the order of scores alone; the threshold lies above all scores or below all.
    private static readonly ScoreMetric[] s_rankMetrics =
        [ScoreMetric.Auroc, ScoreMetric.AveragePrecisionC1, ScoreMetric.TrapezoidPrC1, ScoreMetric.AveragePrecisionC0, ScoreMetric.TrapezoidPrC0];

    [Fact]
    public void Everything_FloatsAsDoubles_HasTheSameBits()
    {
        var rows = ScoredRows.Random(3_000, 60, seed: 4);
        var (second, labels) = (ScoredRows.Random(3_000, 60, seed: 5).Scores, Labels.From(rows.Labels));
        double[] doubles = [.. rows.Scores], secondDoubles = [.. second];
        var groups = new Subgroups(3_000);
        groups.Add("third", RowMask.From(3_000, static row => row % 3 == 0));

        var (expected, actual) = (SubgroupMetrics.Compute(rows.Scores, labels, groups)["third"], SubgroupMetrics.Compute(doubles, labels, groups)["third"]);
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(expected[metric], actual[metric]));
        Assert.Equal(ConfusionCounts.From(rows.Scores, labels, .5), ConfusionCounts.From(doubles, labels, .5));
        var (intervals, wideIntervals) = (s_bootstrap.Compare(rows.Scores, second, labels), s_bootstrap.Compare(doubles, secondDoubles, labels));
        Assert.All(Enum.GetValues<ScoreMetric>(), metric => Assert.Equal(intervals[metric], wideIntervals[metric]));
        Assert.True(DeLong.TryCompare(rows.Scores, second, labels, out var comparison));
        Assert.True(DeLong.TryCompare(doubles, secondDoubles, labels, out var wideComparison));
        Assert.Equal(comparison, wideComparison);
        Assert.True(BrierDecomposition.TryCompute(rows.Scores, labels, out var parts, rows.Weights));
        Assert.True(BrierDecomposition.TryCompute(doubles, labels, out var wideParts, rows.Weights));
        Assert.Equal(parts, wideParts);
        using var curves = SubgroupCurves.Sort(rows.Scores, labels, groups, rows.Weights);
        using var wideCurves = SubgroupCurves.Sort(doubles, labels, groups, rows.Weights);
        using var curve = curves.Read("third");
        using var wideCurve = wideCurves.Read("third");
        Assert.True(CalibrationTable.TryCreate(curve, out var table));
        Assert.True(CalibrationTable.TryCreate(wideCurve, out var wideTable));
        Assert.Equal(table.Bins, wideTable.Bins);
        Assert.Equal(curve.TryComputeLogLoss(out var loss), wideCurve.TryComputeLogLoss(out var wideLoss));
        Assert.Equal(loss, wideLoss);
    }

    [Fact]
    public void RankMetrics_ScoresThatOneFloatHolds_AreThoseOfTheSameOrder()
    {
        // 60 different doubles that all round to the float 1.
        var rows = ScoredRows.Random(2_000, 60, seed: 6);
        var labels = Labels.From(rows.Labels);
        double[] near = [.. rows.Scores.Select(static score => 1 - ((60 - (64.0 * score)) / (1L << 40)))];
        Assert.All(near, static score => Assert.Equal(1f, (float)score));
        Assert.Equal(.5, MetricSet.Compute([.. near.Select(static score => (float)score)], labels).Auroc);

        var (expected, actual) = (MetricSet.Compute(rows.Scores, labels, threshold: -1), MetricSet.Compute(near, labels, threshold: -1));
        var (intervals, nearIntervals) = (s_bootstrap.Estimate(rows.Scores, labels), s_bootstrap.Estimate(near, labels));
        foreach (var metric in s_rankMetrics)
        {
            Assert.Equal(expected[metric], actual[metric]);
            Assert.Equal(intervals[metric], nearIntervals[metric]);
        }

        Assert.Equal(MetricReference.Auroc(near, rows.Labels, [.. near.Select(static _ => 1.0)]), actual.Auroc!.Value, 1e-12);
        Assert.True(DeLong.TryEstimate(rows.Scores, labels, out var area));
        Assert.True(DeLong.TryEstimate(near, labels, out var nearArea));
        Assert.Equal(area, nearArea);
        Assert.Equal(
            IsotonicFit.Fit(rows.Scores, labels).Blocks.Select(static block => (block.Weight, block.Probability)),
            IsotonicFit.Fit(near, labels).Blocks.Select(static block => (block.Weight, block.Probability)));
    }

    [Fact]
    public void Predict_ScoresThatOneFloatHolds_GoToTheirOwnBlocks()
    {
        double[] scores = [1 - 2e-12, 1 - 1e-12, 1];
        var probabilities = new double[3];
        IsotonicFit.Fit(scores, Labels.From([0, 0, 1])).Predict(scores, probabilities);
        Assert.Equal([0.0, 0, 1], probabilities);
        IsotonicFit.Fit(scores, Labels.From([0, 1, 1])).Predict(scores, scores);
        Assert.Equal([0.0, 1, 1], scores);
    }

    [Fact]
    public void Compute_LogOddsOfASaturatedFit_RanksWhatFloatProbabilitiesTie()
    {
        // Intercept 0, slope log 3: log odds of 17.6 to 33, and class 1 has the higher ones.
        var fit = LogisticRegression.Fit(Tables.From([.. new double[] { -1, -1, -1, -1, 1, 1, 1, 1 }.Select(x => new[] { x })]), Labels.From([1, 0, 0, 0, 1, 1, 1, 0]));
        var samples = Tables.From([.. Enumerable.Range(16, 15).Select(x => new double[] { x })]);
        var labels = Labels.From([.. Enumerable.Range(16, 15).Select(x => x >= 25)]);
        var (probabilities, rounded, logOdds) = (new double[15], new float[15], new double[15]);
        fit.PredictProbability(samples, probabilities);
        fit.PredictProbability(samples, rounded);
        fit.PredictLogOdds(samples, logOdds);
        Assert.Equal(.5, MetricSet.Compute(rounded, labels).Auroc);
        foreach (var scores in new[] { probabilities, logOdds })
        {
            var metrics = MetricSet.Compute(scores, labels);
            Assert.Equal((1.0, 1.0, 1.0), (metrics.Auroc, metrics.AveragePrecisionC1, metrics.AveragePrecisionC0));
        }

        // A row of class 0 at x loses log(1 + 3^x), one of class 1 log(1 + 3^-x).
        var (odds, loss) = (1m, 0m);
        for (var x = 1; x <= 30; x++)
        {
            odds *= 3;
            if (x >= 16)
                loss += DecimalMath.Log1p(1 / odds) + (x < 25 ? x * DecimalMath.Log(3) : 0);
        }

        using var curve = RankingCurve.From(logOdds, labels);
        Assert.True(curve.TryComputeLogLossFromLogOdds(out var logLoss));
        Assert.Equal((double)(loss / 15), logLoss, 1e-12 * logLoss);
    }

    [Fact]
    public void TryComputeLogLossFromLogOdds_AnyDistance_IsExactAndNeverNaN()
    {
        foreach (var logOdds in new[] { 0, 1e-9, .5, -2, 17.5, -36.9, 50, 700, 1e6, 1e300 })
        {
            var beyond = Math.Abs(logOdds) > 60 ? 0 : (double)DecimalMath.Log1p(DecimalMath.Exp(-(decimal)Math.Abs(logOdds)));
            AssertLoss(Math.Max(-logOdds, 0) + beyond, [logOdds], [1]);
            AssertLoss(Math.Max(logOdds, 0) + beyond, [logOdds], [0]);
            AssertLoss((Math.Max(-logOdds, 0) + beyond + (3 * (Math.Max(logOdds, 0) + beyond))) / 4, [logOdds, logOdds], [1, 0], [1, 3]);
        }

        AssertLoss(0, [double.PositiveInfinity, double.NegativeInfinity], [1, 0]);
        AssertLoss(double.PositiveInfinity, [double.PositiveInfinity, 3], [0, 1]);
        AssertLoss(double.PositiveInfinity, [double.MaxValue, double.MaxValue], [0, 0]);
        using var nobody = RankingCurve.From<double>([], (byte[])[]);
        Assert.False(nobody.TryComputeLogLossFromLogOdds(out _));

        static void AssertLoss(double expected, double[] logOdds, byte[] labels, float[]? weights = null)
        {
            using var curve = RankingCurve.From(logOdds, labels, weights);
            Assert.True(curve.TryComputeLogLossFromLogOdds(out var actual));
            Assert.Equal(expected, actual, 1e-15 * Math.Max(1, double.IsFinite(expected) ? expected : 1));
        }
    }

    [Fact]
    public void Threshold_InTheMiddleOfAnInterval_IsTakenInThePrecisionOfTheScores()
    {
        // .7 lies between the floats .7f, just below it, and the next.
        var labels = Labels.From([1, 0, 1, 0]);
        float[] floats = [.7f, MathF.BitDecrement(.7f), 1, 0];
        double[] doubles = [.7, Math.BitDecrement(.7), 1, 0];
        Assert.True(.7f < .7);
        var expected = new ConfusionCounts(TruePositives: 2, FalsePositives: 0, FalseNegatives: 0, TrueNegatives: 2);
        Assert.Equal(expected, ConfusionCounts.From(floats, labels, .7));
        Assert.Equal(expected, ConfusionCounts.From(doubles, labels, .7));
        Assert.Equal(expected, MetricSet.Compute(floats, labels, .7).Confusion);
        Assert.Equal(expected, MetricSet.Compute(doubles, labels, .7).Confusion);
        var everyone = new Subgroups(4);
        everyone.Add("all", RowMask.All(4));
        Assert.Equal(expected, SubgroupMetrics.Compute(floats, labels, everyone, .7)["all"].Confusion);
        foreach (var table in new[] { (s_bootstrap with { Threshold = .7 }).Estimate(floats, labels), (s_bootstrap with { Threshold = .7 }).Estimate(doubles, labels) })
            Assert.Equal(1, table[ScoreMetric.Accuracy]!.Value.Estimate);
        Assert.Throws<ArgumentOutOfRangeException>(() => (s_bootstrap with { Threshold = double.NaN }).Estimate(doubles, labels));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricSet.Compute(doubles, labels, double.NaN));
    }
}
