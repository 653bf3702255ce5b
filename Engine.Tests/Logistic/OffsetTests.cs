using Engine.Data;
using Engine.Logistic;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class OffsetTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(-6.5)]
    [InlineData(37)]
    [InlineData(-60)]
    [InlineData(900)]
    [InlineData(-1e9)]
    [InlineData(1e17)]
    [InlineData(-1.7e308)]
    public void Fit_ConstantOffset_MovesTheInterceptOnly(double offset)
    {
        foreach (var share in new[] { 2, 25 })
        {
            var (samples, _) = SmallFits.Problem(200, 2, 51);
            var labels = Labels.From([.. Enumerable.Range(0, 200).Select(row => row % share == 0 || (row % share == 1 && samples.Row(row)[1] > 1))]);
            var without = LogisticRegression.Fit(samples, labels);
            var with = LogisticRegression.Fit(samples, labels, new() { Offsets = Enumerable.Repeat(offset, 200).ToArray() });
            Assert.Equal(FitStatus.Converged, with.Status);
            SmallFits.AssertSameSlopes(without, with);
            // The log odds themselves are not rounded to the digits of the offset, only their sum is.
            Assert.Equal(without.Intercept - offset, with.Intercept, 1e-8 + (4e-16 * Math.Abs(offset)));
        }
    }

    [Theory]
    [InlineData(500, 1e300)]
    [InlineData(-2, 1e9)]
    public void Fit_FarOffsetsThatAgree_IsTheFitWithoutTheirRows(double usual, double far)
    {
        var (samples, labels) = SmallFits.Problem(300, 2, 55);
        var offsets = Enumerable.Range(0, 300).Select(row => row % 37 != 5 ? usual : labels[row] == 1 ? far : -far).ToArray();
        var rest = Enumerable.Range(0, 300).Where(row => row % 37 != 5).Select(row => (long)row).ToArray();
        var with = LogisticRegression.Fit(samples, labels, new() { Offsets = offsets });
        var without = LogisticRegression.Fit(samples.SelectRows(rest), labels.Select(rest));
        SmallFits.AssertSameSlopes(without, with);
        Assert.Equal(without.Intercept - usual, with.Intercept, 1e-8);
    }

    [Fact]
    public void NullDeviance_WithoutIntercept_IsThatOfTheOffsets()
    {
        // Log odds of ln 3 and ln 1/3 for one row of each class: probabilities of 3/4 and 1/4, of which two rows meet the one and two the other.
        var offset = Math.Log(3);
        var fit = LogisticRegression.Fit(
            SmallFits.Table([1, 2, -1, -3]), Labels.From([1, 0, 1, 0]), new() { HasIntercept = false, Offsets = new[] { offset, offset, -offset, -offset } });
        Assert.Equal(-2 * Math.Log(3.0 / 4 * (1.0 / 4) * (1.0 / 4) * (3.0 / 4)), fit.NullDeviance, 1e-12);
    }

    [Fact]
    public void SummarizeOffsets_RowsOfWeightZero_AreNotAmongThem()
    {
        var rows = new WeightedRows(
            SmallFits.Table([1, 2, 3, 4]), Labels.From([1, 0, 1, 0]), new() { SampleWeights = new double[] { 0, 1, 3, 0 }, Offsets = new double[] { -1e300, 2, 6, 900 } });
        Assert.Equal((2, 6, 5), rows.SummarizeOffsets());
    }

    [Fact]
    public void Fit_StartBesideLargeOffsets_IsAStart()
    {
        var (samples, labels) = SmallFits.Problem(300, 2, 56);
        var options = new LogisticOptions { Offsets = Enumerable.Range(0, 300).Select(row => 7000 + SmallFits.Uniform(3, row)).ToArray() };
        var cold = LogisticRegression.Fit(samples, labels, options);
        var warm = LogisticRegression.Fit(samples, labels, options with { StartCoefficients = cold.Coefficients.ToArray() });
        Assert.True(warm.Iterations < cold.Iterations - 1, $"{warm.Iterations} steps from the end, {cold.Iterations} without a start");
        SmallFits.AssertSameSlopes(cold, warm);
        Assert.Equal(cold.Intercept, warm.Intercept, 1e-8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(365.25)]
    [InlineData(1e-6)]
    public void Fit_Exposure_UnitOfTimeMovesTheInterceptOnly(double unit)
    {
        // One row in ten has an event; exposures of days to years.
        var (samples, labels) = (Tables.Normal(300, 2, 61), Labels.From([.. Enumerable.Range(0, 300).Select(row => row % 10 == 3)]));
        var exposures = Enumerable.Range(0, 300).Select(row => Math.Log((1 + (3000 * SmallFits.Uniform(9, row))) / unit)).ToArray();
        var fit = LogisticRegression.Fit(samples, labels, new() { Offsets = exposures });
        var inDays = LogisticRegression.Fit(samples, labels, new() { Offsets = exposures.Select(value => value + Math.Log(unit) - 5).ToArray() });
        Assert.Equal(FitStatus.Converged, fit.Status);
        SmallFits.AssertSameSlopes(inDays, fit);
        Assert.Equal(inDays.Intercept + Math.Log(unit) - 5, fit.Intercept, 1e-7);
    }

    [Fact]
    public void Fit_OffsetsSaturateMostRows_ScoreEquationsHold()
    {
        // At the optimum the probabilities sum to the number of events, and so they do times each column.
        var (samples, labels) = SmallFits.Problem(400, 2, 71);
        var offsets = Enumerable.Range(0, 400).Select(row => row % 4 == 0 ? 0.0 : labels[row] == 1 ? 40.0 : -35.0).ToArray();
        var fit = LogisticRegression.Fit(samples, labels, new() { Offsets = offsets });
        Assert.Equal(FitStatus.Converged, fit.Status);
        var sums = new double[3];
        for (var row = 0; row < 400; row++)
        {
            var x = samples.Row(row);
            var residual = labels[row] - (1 / (1 + Math.Exp(-(offsets[row] + fit.Intercept + (fit.FeatureCoefficients[0] * x[0]) + (fit.FeatureCoefficients[1] * x[1])))));
            sums[0] += residual;
            sums[1] += residual * x[0];
            sums[2] += residual * x[1];
        }

        Assert.All(sums, sum => Assert.Equal(0, sum, 1e-6));
    }

    [Fact]
    public void NullDeviance_Offsets_IsThatOfTheBestIntercept()
    {
        // No other intercept has a higher likelihood, and the derivative vanishes.
        var (samples, labels) = SmallFits.Problem(150, 1, 81);
        foreach (var spread in new[] { 0.5, 5, 60 })
        {
            var offsets = Enumerable.Range(0, 150).Select(row => 3 + (spread * (SmallFits.Uniform(7, row) - 0.5))).ToArray();
            var nullDeviance = LogisticRegression.Fit(samples, labels, new() { Offsets = offsets }).NullDeviance;
            var (low, high) = (-100.0, 100.0);
            for (var step = 0; step < 200; step++)
            {
                var middle = (low + high) / 2;
                var rises = Enumerable.Range(0, 150).Sum(row => labels[row] - (1 / (1 + Math.Exp(-offsets[row] - middle)))) > 0;
                (low, high) = rises ? (middle, high) : (low, middle);
            }

            Assert.Equal(Deviance(low), nullDeviance, 1e-11 * nullDeviance);

            double Deviance(double intercept) => 2 * Enumerable.Range(0, 150).Sum(row =>
            {
                var margin = (labels[row] == 1 ? 1 : -1) * (offsets[row] + intercept);
                return Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
            });
        }
    }
}
