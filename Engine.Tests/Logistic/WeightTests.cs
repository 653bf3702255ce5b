using Engine.Data;
using Engine.Logistic;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class WeightTests
{
    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-18)]
    [InlineData(1e-8)]
    [InlineData(3e9)]
    [InlineData(1e100)]
    [InlineData(1e295)]
    public void Fit_CommonFactor_ChangesNoCoefficientAndNoStatus(double factor)
    {
        var (samples, labels) = SmallFits.Problem(200, 3, 141);
        var weights = Enumerable.Range(0, 200).Select(row => 0.5 + (row % 4)).ToArray();
        var expected = LogisticRegression.Fit(samples, labels, new() { SampleWeights = weights });
        var actual = LogisticRegression.Fit(samples, labels, new() { SampleWeights = weights.Select(weight => weight * factor).ToArray() });
        Assert.Equal((FitStatus.Converged, expected.Iterations), (actual.Status, actual.Iterations));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(expected.Coefficients[i], actual.Coefficients[i], 1e-12);
            Assert.Equal(expected.StandardErrorOf(i), actual.StandardErrorOf(i) * Math.Sqrt(factor), 1e-12);
        }

        Assert.Equal(expected.Deviance, actual.Deviance / factor, 1e-10);
        Assert.Equal(expected.NullDeviance, actual.NullDeviance / factor, 1e-10);
        Assert.Equal(expected.TotalWeight, actual.TotalWeight / factor, 1e-10);
    }

    [Theory]
    [InlineData(1e-300, 1e-30)]
    [InlineData(1e290, 1e30)]
    public void StandardErrorOf_VarianceThatIsNoDouble_IsItsRoot(double factor, double unit)
    {
        var (samples, labels) = SmallFits.Problem(200, 1, 143);
        var column = SmallFits.Column(samples, 0).Select(value => value * unit).ToArray();
        var expected = LogisticRegression.Fit(SmallFits.Table(column), labels);
        var actual = LogisticRegression.Fit(SmallFits.Table(column), labels, new() { SampleWeights = Enumerable.Repeat(factor, 200).ToArray() });
        Assert.Equal(FitStatus.Converged, actual.Status);
        Assert.Equal(1, actual.StandardErrorOf(1) * Math.Sqrt(factor) / expected.StandardErrorOf(1), 1e-12);
        Assert.Equal(1, actual.StandardErrorOf(0) * Math.Sqrt(factor) / expected.StandardErrorOf(0), 1e-12);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1.0 / 4096)]
    public void CovarianceOf_CommonFactor_IsDividedByIt(double factor)
    {
        // Two groups of 4 with a events each: a variance of 1/a + 1/(4 - a) is that of a group's log odds, and the slope takes the intercept's from its own.
        var fit = LogisticRegression.Fit(
            SmallFits.Table([0, 0, 0, 0, 1, 1, 1, 1]), Labels.From([1, 0, 0, 0, 1, 1, 0, 1]), new() { SampleWeights = Enumerable.Repeat(factor, 8).ToArray() });
        Assert.Equal(4.0 / 3, fit.CovarianceOf(0, 0) * factor, 1e-8);
        Assert.Equal(-4.0 / 3, fit.CovarianceOf(0, 1) * factor, 1e-8);
        Assert.Equal(8.0 / 3, fit.CovarianceOf(1, 1) * factor, 1e-8);
    }

    [Fact]
    public void Scale_EveryWeightFour_IsAQuarter()
    {
        // As many rows of weight 1 tell a quarter, however few are of one class; a row of weight 0 is none of them.
        var samples = SmallFits.Table([.. Enumerable.Range(0, 65).Select(row => (double)row)]);
        var labels = Labels.From([.. Enumerable.Range(0, 65).Select(row => row < 3)]);
        Assert.Equal(0.25, new WeightedRows(samples, labels, new() { SampleWeights = Enumerable.Range(0, 65).Select(row => row == 2 ? 0.0 : 4).ToArray() }).Scale);
        Assert.Equal(1, new WeightedRows(samples, labels, new()).Scale);
    }

    [Fact]
    public void Fit_PenaltyBesideWeights_CountsInTheirUnit()
    {
        var (samples, labels) = SmallFits.Problem(100, 2, 145);
        var expected = LogisticRegression.Fit(samples, labels, new() { RidgePenalty = 3 });
        foreach (var factor in new[] { 1e-300, 1e-9, 1e290 })
        {
            var fit = LogisticRegression.Fit(samples, labels, new() { RidgePenalty = 3 * factor, SampleWeights = Enumerable.Repeat(factor, 100).ToArray() });
            Assert.Equal(FitStatus.Converged, fit.Status);
            for (var i = 0; i < 3; i++)
                Assert.Equal(expected.Coefficients[i], fit.Coefficients[i], 1e-11);
        }

        // One that is nothing beside the weights holds nothing; one that is no double beside them is refused.
        var separated = Labels.From([.. Enumerable.Range(0, 100).Select(row => samples.Row(row)[0] > 0.5f)]);
        Assert.Equal(FitStatus.Separated, LogisticRegression.Fit(samples, separated, new() { RidgePenalty = 1e-300, SampleWeights = Enumerable.Repeat(1e290, 100).ToArray() }).Status);
        var error = Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(samples, labels, new() { RidgePenalty = 1e20, SampleWeights = Enumerable.Repeat(1e-300, 100).ToArray() }));
        Assert.Contains("a penalty of 1E+20", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e9)]
    public void Fit_CommonFactor_SeparatedStaysSeparated(double factor)
    {
        // No row with x above 0 is of class 0, none with x at 0 or below of class 1 but two at 0 itself.
        var x = Enumerable.Range(0, 40).Select(row => (double)Math.Max(row - 20, -1) + (row < 10 ? 1 : 0)).ToArray();
        var labels = Labels.From([.. x.Select((value, row) => value > 0 || (value == 0 && row % 2 == 0))]);
        var fit = LogisticRegression.Fit(SmallFits.Table(x), labels, new() { SampleWeights = Enumerable.Repeat(factor, 40).ToArray() });
        Assert.Equal(FitStatus.Separated, fit.Status);
        Assert.Equal([0], fit.SeparatingFeatures);
    }

    [Fact]
    public void Fit_GroupsWithCounts_HasTheClosedForm()
    {
        // Two groups with a events among n: the slope is the difference of their log odds, its variance the sum of 1/a + 1/(n - a).
        foreach (var (events, others, eventsOfGroup, othersOfGroup) in new[] { (1e10, 3e10, 2e10, 1e10), (1, 1e9, 3, 1e8), (1e10, 1, 1e11, 7), (5e-4, 3e9, 2, 4e9) })
        {
            var fit = LogisticRegression.Fit(
                SmallFits.Table([0, 0, 1, 1]), Labels.From([true, false, true, false]), new() { SampleWeights = new[] { events, others, eventsOfGroup, othersOfGroup } });
            var slope = Math.Log(eventsOfGroup / othersOfGroup) - Math.Log(events / others);
            var error = Math.Sqrt((1 / events) + (1 / others) + (1 / eventsOfGroup) + (1 / othersOfGroup));
            Assert.Equal(FitStatus.Converged, fit.Status);
            Assert.Equal(slope, fit.FeatureCoefficients[0], 1e-8 * Math.Max(error, Math.Abs(slope)));
            Assert.Equal(error, fit.StandardErrorOf(1), 1e-8 * error);
        }
    }

    [Theory]
    [InlineData(1e5)]
    [InlineData(1e10)]
    public void Fit_ExchangedClasses_MirrorEachOther(double weight)
    {
        var (samples, labels) = SmallFits.Problem(300, 2, 151);
        var weights = Enumerable.Range(0, 300).Select(row => labels[row] == 1 ? weight : 1).ToArray();
        var fit = LogisticRegression.Fit(samples, labels, new() { SampleWeights = weights });
        var mirror = LogisticRegression.Fit(samples, Labels.From([.. Enumerable.Range(0, 300).Select(row => labels[row] == 0)]), new() { SampleWeights = weights });
        Assert.Equal(FitStatus.Converged, fit.Status);
        Assert.Equal(fit.Iterations, mirror.Iterations);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(fit.Coefficients[i], -mirror.Coefficients[i]);
            Assert.Equal(fit.StandardErrorOf(i), mirror.StandardErrorOf(i));
        }

        Assert.Equal(fit.LogLikelihood, mirror.LogLikelihood, 1e-13 * Math.Abs(fit.LogLikelihood));
    }

    [Theory]
    [InlineData(1e-320, "sum must lie between")]
    [InlineData(1e300, "sum must lie between")]
    [InlineData(double.MaxValue, "sum must lie between")]
    public void Fit_WeightsOutsideOfRange_AreRefused(double weight, string expected)
    {
        var (samples, labels) = SmallFits.Problem(50, 1, 161);
        var error = Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(samples, labels, new() { SampleWeights = Enumerable.Repeat(weight, 50).ToArray() }));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OneClassOfDenormalWeight_IsRefused()
    {
        var (samples, labels) = SmallFits.Problem(50, 1, 161);
        foreach (var light in new[] { 0, 1 })
        {
            var weights = Enumerable.Range(0, 50).Select(row => labels[row] == light ? 1e-312 : 1).ToArray();
            var error = Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(samples, labels, new() { SampleWeights = weights }));
            Assert.Contains($"the weights of class {light} sum to", error.Message, StringComparison.Ordinal);
        }
    }
}
