using Engine.Data;
using Engine.Metrics;

namespace Engine.Tests.Metrics;

public sealed class IsotonicFitTests
{
    [Fact]
    public void Fit_GoldenCases_MatchScikitLearn()
    {
        foreach (var golden in CalibrationGolden.Cases)
        {
            var fit = IsotonicFit.Fit(golden.Scores, Labels.From(golden.Labels), golden.Weights);
            for (var row = 0; row < golden.Scores.Length; row++)
            {
                // A row of weight 0 that no other row's score equals lies between blocks, where scikit-learn draws a line.
                if (golden.Weights.Length == 0 || golden.Weights[row] > 0)
                    Assert.Equal(golden.Isotonic[row], fit.Predict(golden.Scores[row]), CalibrationGolden.Tolerance);
            }
        }
    }

    [Fact]
    public void Fit_SmallData_IsTheBestOfAllPartitions()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var rows = ScoredRows.Random(14, 2 + (seed % 7), seed);
            using var curve = RankingCurve.From(rows.Scores, rows.Labels, rows.Weights);
            var fit = IsotonicFit.Fit(curve);
            var squares = 0.0;
            for (var run = 0; run < curve.Scores.Length; run++)
                squares += SquaresOf(curve, run, run + 1, fit.Predict(curve.Scores[run]));
            Assert.Equal(LeastSquares(curve), squares, 1e-12);
        }
    }

    [Fact]
    public void Fit_Blocks_RiseStrictlyAndHoldAllRows()
    {
        var rows = ScoredRows.Random(2000, 64, seed: 1);
        var blocks = IsotonicFit.Fit(rows.Scores, Labels.From(rows.Labels)).Blocks;
        Assert.Equal(2000, blocks.Sum(block => block.Weight));
        Assert.Equal(rows.Labels.Sum(label => (double)label), blocks.Sum(block => block.Weight * block.Probability), 1e-9);
        Assert.All(blocks, block => Assert.True(block.LowestScore <= block.HighestScore));
        Assert.All(blocks.Zip(blocks.Skip(1)), pair => Assert.True(pair.First.HighestScore < pair.Second.LowestScore && pair.First.Probability < pair.Second.Probability));
    }

    [Fact]
    public void Fit_RowsPermuted_SameBits()
    {
        var rows = ScoredRows.Random(1000, 64, seed: 2);
        var permuted = rows.Permute(seed: 3);
        Assert.Equal(IsotonicFit.Fit(rows.Scores, Labels.From(rows.Labels)).Blocks, IsotonicFit.Fit(permuted.Scores, Labels.From(permuted.Labels)).Blocks);
    }

    [Fact]
    public void Predict_BetweenAndBeyondBlocks_TakesTheLowerOne()
    {
        var fit = IsotonicFit.Fit([.2f, .4f, .4f, .8f], Labels.From([0, 0, 1, 1]));
        Assert.Equal([new(.2f, .2f, 1, 0), new(.4f, .4f, 2, .5), new(.8f, .8f, 1, 1)], fit.Blocks);
        float[] scores = [float.NegativeInfinity, .2f, .3f, .4f, .79f, .8f, float.PositiveInfinity];
        fit.Predict(scores, scores);
        Assert.Equal([0, 0, 0, .5f, .5f, 1, 1], scores);
    }

    [Fact]
    public void Fit_OneClass_IsConstant()
    {
        var fit = IsotonicFit.Fit([.3f, .1f], Labels.From([1, 1]));
        Assert.Equal([new(.1f, .3f, 2, 1)], fit.Blocks);
    }

    [Fact]
    public void BadInput_NamesValueAndWayOut()
    {
        Assert.Contains("0 rows", Assert.Throws<ArgumentException>(() => IsotonicFit.Fit<float>([], Labels.From((byte[])[]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => IsotonicFit.Fit([.5f], Labels.From([1]), [0]));
        Assert.Throws<ArgumentException>(() => IsotonicFit.Fit([float.NaN], Labels.From([1])));
        var fit = IsotonicFit.Fit([.5f], Labels.From([1]));
        Assert.Throws<ArgumentException>(() => fit.Predict(float.NaN));
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => fit.Predict([0, float.NaN], new float[2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => fit.Predict([0, 1], new float[1]));
    }

    // Every way to cut the runs into blocks whose means rise.
    private static double LeastSquares(RankingCurve curve)
    {
        var best = double.PositiveInfinity;
        for (var cuts = 0; cuts < 1 << (curve.Scores.Length - 1); cuts++)
        {
            var squares = 0.0;
            var previous = -1.0;
            var start = 0;
            for (var end = 1; end <= curve.Scores.Length; end++)
            {
                if (end < curve.Scores.Length && (cuts >> (end - 1) & 1) == 0)
                    continue;
                var mean = MeanOf(curve, start, end);
                squares += mean >= previous ? SquaresOf(curve, start, end, mean) : double.PositiveInfinity;
                (previous, start) = (mean, end);
            }

            best = Math.Min(best, squares);
        }

        return best;
    }

    private static double MeanOf(RankingCurve curve, int start, int end)
    {
        double positives = 0;
        double total = 0;
        for (var run = start; run < end; run++)
            (positives, total) = (positives + curve.Positives[run], total + curve.Positives[run] + curve.Negatives[run]);
        return positives / total;
    }

    private static double SquaresOf(RankingCurve curve, int start, int end, double value)
    {
        var squares = 0.0;
        for (var run = start; run < end; run++)
            squares += (curve.Positives[run] * (1 - value) * (1 - value)) + (curve.Negatives[run] * value * value);
        return squares;
    }
}
