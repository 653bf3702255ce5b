using Engine.Data;
using Engine.Metrics;

namespace Engine.Tests.Metrics;

public sealed class BrierDecompositionTests
{
    [Fact]
    public void TryCompute_GoldenCases_IsTheDifferenceOfThreeBrierScores()
    {
        foreach (var golden in CalibrationGolden.Cases)
        {
            Assert.True(BrierDecomposition.TryCompute(golden.Scores, Labels.From(golden.Labels), out var parts, golden.Weights));
            double[] weights = golden.Weights.Length == 0 ? [.. golden.Scores.Select(_ => 1.0)] : [.. golden.Weights.Select(weight => (double)weight)];
            var share = golden.Labels.Zip(weights, (label, weight) => label * weight).Sum() / weights.Sum();
            var original = MetricReference.Brier([.. golden.Scores.Select(score => (double)score)], golden.Labels, weights);
            var recalibrated = MetricReference.Brier(golden.Isotonic, golden.Labels, weights);
            var constant = MetricReference.Brier([.. weights.Select(_ => share)], golden.Labels, weights);
            Assert.Equal(original, parts.Brier, CalibrationGolden.Tolerance);
            Assert.Equal(original - recalibrated, parts.Miscalibration, CalibrationGolden.Tolerance);
            Assert.Equal(constant - recalibrated, parts.Discrimination, CalibrationGolden.Tolerance);
            Assert.Equal(constant, parts.Uncertainty, CalibrationGolden.Tolerance);
            Assert.Equal(parts.Brier, parts.Miscalibration - parts.Discrimination + parts.Uncertainty, 1e-15);
        }
    }

    [Fact]
    public void TryCompute_IsotonicScores_HaveNoMiscalibration()
    {
        var rows = ScoredRows.Random(64, 8, seed: 1);
        var labels = Labels.From(rows.Labels);
        var calibrated = new float[64];
        IsotonicFit.Fit(rows.Scores, labels).Predict(rows.Scores, calibrated);
        Assert.True(BrierDecomposition.TryCompute(calibrated, labels, out var parts));
        // Rounding the probabilities to float moves the score by its square.
        Assert.InRange(parts.Miscalibration, 0, 1e-14);
    }

    [Fact]
    public void TryCompute_OneScoreForAll_HasNoDiscrimination()
    {
        Assert.True(BrierDecomposition.TryCompute([.25f, .25f], Labels.From([0, 1]), out var parts));
        Assert.Equal(new BrierDecomposition(.3125, .0625, 0, .25), parts);
    }

    [Fact]
    public void TryCompute_NoProbabilities_IsUndefined()
    {
        Assert.False(BrierDecomposition.TryCompute<float>([], Labels.From((byte[])[]), out _));
        Assert.False(BrierDecomposition.TryCompute([2f], Labels.From([1]), out _));
    }
}
