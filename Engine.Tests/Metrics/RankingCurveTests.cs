using Engine.Metrics;

namespace Engine.Tests.Metrics;

public sealed class RankingCurveTests
{
    // The reference adds at most 400 terms of at most 1 with plain sums: 400 x 2^-53 = 4.4e-14, doubled for its division and its squares.
    private const double ReferenceRounding = 1e-13;

    [Theory]
    [InlineData(2, 5)]
    [InlineData(30, 3)]
    [InlineData(200, 12)]
    [InlineData(400, 65)]
    public void TryCompute_ManyTies_EqualsBruteForce(int count, int distinctScores)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var rows = ScoredRows.Random(count, distinctScores, seed);
            CheckAgainstReference(rows, weighted: false);
            CheckAgainstReference(rows, weighted: true);
        }
    }

    [Fact]
    public void TryCompute_RowsPermuted_SameBits()
    {
        var rows = ScoredRows.Random(1000, 40, seed: 3);
        var permuted = rows.Permute(seed: 4);
        Assert.Equal(Measure(rows.Scores, rows.Labels), Measure(permuted.Scores, permuted.Labels));
    }

    [Fact]
    public void TryCompute_MonotoneTransform_SameRankingMetrics()
    {
        var rows = ScoredRows.Random(1000, 64, seed: 5);
        var transformed = rows.Scores.Select(score => score == 0 ? float.NegativeInfinity : MathF.Log(score) * 1e6f).ToArray();
        Assert.Equal(Measure(rows.Scores, rows.Labels)[..5], Measure(transformed, rows.Labels)[..5]);
    }

    [Fact]
    public void TryComputeAuroc_ClassesAndOrderReversed_SameValue()
    {
        var rows = ScoredRows.Random(500, 30, seed: 6);
        var reversed = Measure([.. rows.Scores.Select(score => 1 - score)], [.. rows.Labels.Select(label => (byte)(1 - label))]);
        var straight = Measure(rows.Scores, rows.Labels);
        Assert.Equal(straight[0], reversed[0]);
        Assert.Equal(straight[1..3], reversed[3..5]);
        Assert.Equal(straight[3..5], reversed[1..3]);
    }

    [Fact]
    public void TryCompute_Class0OfTinyScores_KeepsTheOrderThatOneMinusScoreLoses()
    {
        // 1 - 1e-9 and 1 - 2e-9 are both 1 in float: ranked by 1 - score these rows would tie.
        using var curve = RankingCurve.From([1e-9f, 2e-9f], (byte[])[0, 1]);
        Assert.True(curve.TryComputeAveragePrecision(0, out var averagePrecision));
        Assert.Equal(1, averagePrecision);
    }

    [Fact]
    public void TryCompute_WeightTwo_EqualsRowTwice()
    {
        var rows = ScoredRows.Random(300, 20, seed: 7);
        var weights = rows.Labels.Select((_, row) => (float)(row % 3)).ToArray();
        var repeated = Enumerable.Range(0, 300).SelectMany(row => Enumerable.Repeat(row, row % 3)).ToArray();
        Assert.Equal(
            Measure([.. repeated.Select(row => rows.Scores[row])], [.. repeated.Select(row => rows.Labels[row])]),
            Measure(rows.Scores, rows.Labels, weights));
    }

    [Fact]
    public void TryCompute_OneClassOnly_IsUndefinedWhereItNeedsTheOther()
    {
        using var curve = RankingCurve.From([.2f, .7f], (byte[])[0, 0]);
        Assert.False(curve.TryComputeAuroc(out _));
        Assert.False(curve.TryComputeAveragePrecision(1, out _));
        Assert.False(curve.TryComputeTrapezoidPr(1, out _));
        Assert.True(curve.TryComputeAveragePrecision(0, out var averagePrecision));
        Assert.Equal(1, averagePrecision);
        Assert.True(curve.TryComputeBrier(out _));
    }

    [Fact]
    public void TryCompute_ClassOfWeightZero_CountsAsAbsent()
    {
        using var curve = RankingCurve.From([.2f, .7f], (byte[])[0, 1], [1f, 0f]);
        Assert.Equal((1, 0), (curve.RowCount, curve.PositiveCount));
        Assert.False(curve.TryComputeAuroc(out _));
    }

    [Fact]
    public void TryCompute_NoRows_IsUndefined()
    {
        using var curve = RankingCurve.From<float>([], (byte[])[]);
        Assert.False(curve.TryComputeAuroc(out _));
        Assert.False(curve.TryComputeAveragePrecision(0, out _));
        Assert.False(curve.TryComputeBrier(out _));
        Assert.False(curve.TryComputeLogLoss(out _));
    }

    [Fact]
    public void TryComputeBrier_ScoresAreNotProbabilities_IsUndefinedButRankingIsNot()
    {
        using var curve = RankingCurve.From([-1f, float.PositiveInfinity], (byte[])[0, 1]);
        Assert.False(curve.TryComputeBrier(out _));
        Assert.False(curve.TryComputeLogLoss(out _));
        Assert.True(curve.TryComputeAuroc(out var auroc));
        Assert.Equal(1, auroc);
    }

    [Fact]
    public void TryComputeLogLoss_CertainAndWrong_LosesWhatTheClipAllows()
    {
        // As scikit-learn: 0 is taken for 2^-52, and 1 for 1 less that.
        using var curve = RankingCurve.From([0f, 1], (byte[])[1, 0]);
        Assert.True(curve.TryComputeLogLoss(out var loss));
        Assert.Equal(52 * Math.Log(2), loss, 1e-14);
    }

    [Fact]
    public void TryComputeAuroc_HugeCounts_StaysExact()
    {
        // 3 million rows of two scores: 2 P N = 4.5e12, where float32 counts would have stopped at 1.7e7.
        var scores = new float[3_000_000];
        var labels = new byte[scores.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] = row % 3 == 0 ? .25f : .75f;
            labels[row] = (byte)(row % 2);
        }

        using var curve = RankingCurve.From(scores, labels);
        Assert.True(curve.TryComputeAuroc(out var auroc));
        Assert.Equal(.5, auroc);
    }

    [Fact]
    public void From_BadInput_NamesRowAndValue()
    {
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => RankingCurve.From([0, float.NaN], (byte[])[0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("2", Assert.Throws<ArgumentException>(() => RankingCurve.From([0f, 1], (byte[])[0, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<ArgumentException>(() => RankingCurve.From([0f, 1], (byte[])[0, 1], [1, -1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RankingCurve.From([0f, 1], (byte[])[0, 1], [1, float.NaN]));
        Assert.Throws<ArgumentException>(() => RankingCurve.From([0f, 1], (byte[])[0]));
        Assert.Throws<ArgumentException>(() => RankingCurve.From([0f, 1], (byte[])[0, 1], [1]));
    }

    [Fact]
    public void TryCompute_ClassTwo_Throws()
    {
        using var curve = RankingCurve.From([0f, 1], (byte[])[0, 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => curve.TryComputeAveragePrecision(2, out _));
    }

    private static void CheckAgainstReference(ScoredRows rows, bool weighted)
    {
        double[] scores = [.. rows.Scores.Select(score => (double)score)];
        double[] weights = [.. rows.Weights.Select(weight => weighted ? weight : 1.0)];
        double[] flippedScores = [.. scores.Select(score => 1 - score)];
        byte[] flippedLabels = [.. rows.Labels.Select(label => (byte)(1 - label))];
        var (stepC1, trapezoidC1) = MetricReference.PrecisionRecallAreas(scores, rows.Labels, weights);
        var (stepC0, trapezoidC0) = MetricReference.PrecisionRecallAreas(flippedScores, flippedLabels, weights);
        double[] expected =
        [
            MetricReference.Auroc(scores, rows.Labels, weights), stepC1, trapezoidC1, stepC0, trapezoidC0,
            MetricReference.Brier(scores, rows.Labels, weights),
        ];

        var actual = Measure(rows.Scores, rows.Labels, weighted ? rows.Weights : default);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, ReferenceRounding));
    }

    // AUROC, then step and trapezoid of class 1, then of class 0, then the Brier score (0 where scores are no probabilities).
    private static double[] Measure(ReadOnlySpan<float> scores, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights = default)
    {
        using var curve = RankingCurve.From(scores, labels, weights);
        Assert.True(curve.TryComputeAuroc(out var auroc));
        Assert.True(curve.TryComputeAveragePrecision(1, out var stepC1));
        Assert.True(curve.TryComputeTrapezoidPr(1, out var trapezoidC1));
        Assert.True(curve.TryComputeAveragePrecision(0, out var stepC0));
        Assert.True(curve.TryComputeTrapezoidPr(0, out var trapezoidC0));
        _ = curve.TryComputeBrier(out var brier);
        return [auroc, stepC1, trapezoidC1, stepC0, trapezoidC0, brier];
    }
}
