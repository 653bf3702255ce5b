using Bench.Studies.Prioritized;
using Engine.Data;
using Engine.Metrics;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies.Prioritized;

public sealed class CalibratedScoresTests
{
    private const int RowCount = 600;

    [Fact]
    public void Of_None_JudgesTheProbabilitiesAsTheyAre()
    {
        var (samples, scores) = Rows(1);
        var calibrated = CalibratedScores.Of(Calibration.None, .3, samples, scores, samples, scores);
        Assert.Equal([.3, .3, .3], calibrated.Thresholds.Values);
        var expected = SubgroupMetrics.Compute(scores, samples.Labels, samples.Groups, .3);
        Assert.Equal(expected.Rows.Select(row => (row.Group, row.Metrics.RecallC1, row.Metrics.Brier)), calibrated.Judge(samples, scores).Select(row => (row.Group, row.Metrics.RecallC1, row.Metrics.Brier)));
    }

    [Fact]
    public void Of_Everyone_TakesTheThresholdOfTheDefinition()
    {
        var ((validation, onValidation), (test, onTest)) = (Rows(2), Rows(3));
        var calibrated = CalibratedScores.Of(Calibration.Everyone, .5, validation, onValidation, test, onTest);
        var fit = IsotonicFit.Fit(onValidation, validation.Labels);
        var probabilities = Array.ConvertAll(onValidation, fit.Predict);
        // By the definition, in plain loops: F1 and balanced accuracy of every threshold.
        var best = new List<(double Threshold, double F1, double Balanced)>();
        for (var step = 0; step <= 20; step++)
        {
            var (tp, fp, fn, tn) = (0, 0, 0, 0);
            for (var row = 0; row < RowCount; row++)
            {
                var isPredicted = probabilities[row] >= step / 20.0;
                var isTrue = validation.Labels[row] == 1;
                _ = (isPredicted, isTrue) switch { (true, true) => tp++, (true, false) => fp++, (false, true) => fn++, _ => tn++ };
            }

            best.Add((step / 20.0, tp == 0 ? 0 : 2.0 * tp / ((2 * tp) + fp + fn), (((double)tp / (tp + fn)) + ((double)tn / (tn + fp))) / 2));
        }

        var expected = best.OrderByDescending(one => one.F1).Take(3).OrderByDescending(one => one.Balanced).First().Threshold;
        Assert.All(calibrated.Thresholds.Values, threshold => Assert.Equal(expected, threshold));
        Assert.NotEqual(.5, expected);
        Assert.Equal(
            MetricSet.Compute(Array.ConvertAll(onTest, fit.Predict), test.Labels, expected).F1C1,
            calibrated.Judge(test, onTest)[0].Metrics.F1C1);
    }

    [Fact]
    public void Of_Group_EachGroupHasItsOwnRuleAndOneClassTakesEveryones()
    {
        var ((validation, onValidation), (test, onTest)) = (Rows(4), Rows(5));
        var calibrated = CalibratedScores.Of(Calibration.Group, .5, validation, onValidation, test, onTest);
        var everyone = CalibratedScores.Of(Calibration.Everyone, .5, validation, onValidation, test, onTest);
        var rows = validation.Groups["small"].ToRows();
        var alone = CalibratedScores.Of(Calibration.Everyone, .5, validation.Select(rows), Array.ConvertAll(rows, row => onValidation[row]), test, onTest);
        Assert.Equal(alone.Thresholds["small"], calibrated.Thresholds["small"]);
        Assert.Equal(alone.Judge(test, onTest)[1].Metrics.Brier, calibrated.Judge(test, onTest)[1].Metrics.Brier);
        // The last group has no row of class 1 on which it could be calibrated.
        Assert.Equal(everyone.Thresholds["well"], calibrated.Thresholds["well"]);
        Assert.Equal(everyone.Judge(test, onTest)[2].Metrics.Brier, calibrated.Judge(test, onTest)[2].Metrics.Brier);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("small")]
    public void CenteredOf_Scores_DecideAndRankAsTheProbabilities(string group)
    {
        var ((validation, onValidation), (test, onTest)) = (Rows(6), Rows(7));
        foreach (var calibration in Enum.GetValues<Calibration>())
        {
            var calibrated = CalibratedScores.Of(calibration, .2, validation, onValidation, test, onTest);
            var expected = calibrated.Judge(test, onTest).Single(row => row.Group == group).Metrics;
            var actual = SubgroupMetrics.Compute(calibrated.CenteredOf(group), test.Labels, test.Groups, CalibratedScores.CenteredThreshold)[group];
            Assert.Equal(expected.Confusion, actual.Confusion);
            Assert.Equal(expected.Auroc!.Value, actual.Auroc!.Value, 1e-12);
            Assert.Equal(expected.TrapezoidPrC1!.Value, actual.TrapezoidPrC1!.Value, 1e-12);
        }
    }

    private static (LabeledSamples Samples, double[] Scores) Rows(ulong seed)
    {
        var draws = new RandomStream(seed, 1);
        var scores = Enumerable.Range(0, RowCount).Select(row => Math.Round(draws.UniformDouble((ulong)row), 3)).ToArray();
        var isSmall = RowMask.From(RowCount, row => row % 4 == 0);
        var labels = Labels.From(Enumerable.Range(0, RowCount).Select(row => draws.UniformDouble((ulong)(RowCount + row)) < scores[row] * (isSmall[row] ? .5 : .25)).ToArray());
        var groups = new Subgroups(RowCount);
        groups.Add("all", RowMask.All(RowCount));
        groups.Add("small", isSmall);
        groups.Add("well", RowMask.From(RowCount, row => labels[row] == 0 && row % 3 == 0));
        return (new LabeledSamples(labels, Tables.Normal(RowCount, 2, 9), groups: groups), scores);
    }
}
