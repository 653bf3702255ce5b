using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed partial class LogisticFitTests
{
    [Fact]
    public void PredictLogOdds_BeyondFloatProbabilities_TellsRowsApart()
    {
        var fit = SlopeOfLogThree();
        var samples = Column([.. Enumerable.Range(14, 20).Select(x => (double)x)]);
        var (logOdds, probabilities, rounded) = (LogOddsOf(fit, samples), new double[20], new float[20]);
        fit.PredictProbability(samples, probabilities);
        fit.PredictProbability(samples, rounded);
        var odds = 1m;
        for (var x = 1; x <= 33; x++)
        {
            odds *= 3;
            if (x < 14)
                continue;
            Assert.Equal((double)(x * DecimalMath.Log(3)), logOdds[x - 14], 1e-12 * logOdds[x - 14]);
            Assert.Equal((double)(odds / (1 + odds)), probabilities[x - 14], 1e-15);
            Assert.Equal((float)probabilities[x - 14], rounded[x - 14]);
        }

        Assert.Equal(18, rounded.Count(probability => probability == 1));
        Assert.Equal(logOdds, logOdds.Distinct().Order());
        Assert.Equal(probabilities, probabilities.Distinct().Order());
    }

    [Fact]
    public void PredictLogOdds_AnyThreadsAndWidth_IsTheDotInEightLanes()
    {
        foreach (var featureCount in new[] { 1, 7, 16, 33 })
        {
            var samples = Tables.Normal(3_000, featureCount, 5);
            var labels = Labels.From([.. Enumerable.Range(0, 3_000).Select(row => samples.Row(row)[0] > Math.Sin(row))]);
            var fit = LogisticRegression.Fit(samples, labels, new() { RidgePenalty = 2 });
            var offsets = Enumerable.Range(0, 3_000).Select(row => Math.Cos(row)).ToArray();
            foreach (var threads in new[] { 1, 3 })
            {
                var (logOdds, probabilities) = (new double[3_000], new double[3_000]);
                fit.PredictLogOdds(samples, logOdds, offsets, new ComputeOptions { MaxDegreeOfParallelism = threads });
                fit.PredictProbability(samples, probabilities, offsets, new ComputeOptions { MaxDegreeOfParallelism = threads });
                for (var row = 0; row < 3_000; row++)
                {
                    Assert.Equal(fit.Intercept + EightLanes(samples.Row(row), fit.FeatureCoefficients) + offsets[row], logOdds[row]);
                    Assert.Equal(PortableMath.Logistic(logOdds[row]), probabilities[row]);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void PredictLogOdds_ManyFits_GiveTheBitsOfEach(int fitCount)
    {
        // Whole and broken tiles of fits, blocks of an odd number of rows, with an intercept and without.
        var all = Tables.Normal(3_333, 33, 7);
        var fits = Enumerable.Range(0, fitCount).Select(fit => LogisticRegression.Fit(
            all, Labels.From([.. Enumerable.Range(0, 3_333).Select(row => all.Row(row)[fit] > Math.Sin(row))]), new() { RidgePenalty = 2, HasIntercept = fit % 2 == 0 })).ToArray();
        foreach (var rowCount in new[] { 1, 2, 257, 3_333 })
        {
            var samples = all.SelectRows(Enumerable.Range(0, rowCount).Select(row => (long)row).ToArray());
            var logOdds = new double[fitCount * rowCount];
            LogisticFit.PredictLogOdds(fits, samples, logOdds);
            Assert.Equal([.. fits.SelectMany(fit => LogOddsOf(fit, samples))], logOdds);
        }
    }

    [Fact]
    public void PredictProbability_OffsetsOfTheFit_GivesTheSharesOfEvents()
    {
        // One event in five at x = 0, three in four at x = 1; with an offset that depends on x alone the shares are the optimum's probabilities.
        double[] x = [0, 0, 0, 0, 0, 1, 1, 1, 1];
        var offsets = x.Select(value => 2 - (5 * value)).ToArray();
        var samples = Column(x);
        var fit = LogisticRegression.Fit(samples, Labels.From([1, 0, 0, 0, 0, 1, 1, 1, 0]), new() { Offsets = offsets });
        Assert.True(fit.HasOffsets);
        Assert.Equal(Math.Log(0.25) - 2, fit.Intercept, 1e-12);
        Assert.Equal(Math.Log(12) + 5, fit.FeatureCoefficients[0], 1e-12);

        var read = SaveAndLoad(fit);
        Assert.True(read.HasOffsets);
        foreach (var one in new[] { fit, read })
        {
            var (probabilities, rounded, logOdds) = (new double[9], new float[9], new double[9]);
            one.PredictProbability(samples, probabilities, offsets);
            one.PredictProbability(samples, rounded, offsets);
            one.PredictLogOdds(samples, logOdds, offsets);
            for (var row = 0; row < 9; row++)
            {
                Assert.Equal(x[row] == 0 ? 0.2 : 0.75, probabilities[row], 1e-12);
                Assert.Equal((float)probabilities[row], rounded[row]);
                Assert.Equal(x[row] == 0 ? Math.Log(0.25) : Math.Log(3), logOdds[row], 1e-12);
            }

            Assert.Contains("takes offsets", Assert.Throws<InvalidOperationException>(() => one.PredictProbability(samples, rounded)).Message, StringComparison.Ordinal);
            Assert.Contains("takes offsets", Assert.Throws<InvalidOperationException>(() => one.PredictProbability(samples, probabilities)).Message, StringComparison.Ordinal);
            Assert.Contains("takes offsets", Assert.Throws<InvalidOperationException>(() => one.PredictLogOdds(samples, logOdds)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void PredictLogOdds_FitWithoutOffsets_IsShiftedByThem()
    {
        var fit = SlopeOfLogThree();
        Assert.False(fit.HasOffsets);
        var logOdds = new double[2];
        fit.PredictLogOdds(Column(0, 2), logOdds, [-1, 3]);
        Assert.Equal(-1, logOdds[0], 1e-12);
        Assert.Equal(Math.Log(9) + 3, logOdds[1], 1e-12);
    }

    [Fact]
    public void PredictLogOdds_BadInput_SaysWhatIsWrong()
    {
        var fit = SlopeOfLogThree();
        Assert.Contains("offsets has 1 entries", Message(() => fit.PredictLogOdds(Column(0, 2), new double[2], [1])), StringComparison.Ordinal);
        Assert.Contains("offsets has 0 entries", Message(() => fit.PredictProbability(Column(0, 2), new float[2], [])), StringComparison.Ordinal);
        Assert.Contains("row 1", Message(() => fit.PredictProbability(Column(0, 2), new double[2], [1, double.NaN])), StringComparison.Ordinal);
        Assert.Contains("logOdds has room for 1", Message(() => fit.PredictLogOdds(Column(0, 2), new double[1])), StringComparison.Ordinal);
        Assert.Contains("2 features", Message(() => fit.PredictLogOdds(Tables.Normal(2, 2, 1), new double[2])), StringComparison.Ordinal);

        static string Message(Action predict) => Assert.ThrowsAny<ArgumentException>(predict).Message;
    }

    private static double EightLanes(float[] row, ReadOnlySpan<double> coefficients)
    {
        var lanes = new double[8];
        for (var i = 0; i < row.Length; i++)
            lanes[i % 8] += row[i] * coefficients[i];
        return (lanes[0] + lanes[4] + (lanes[2] + lanes[6])) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
    }
}
