using Engine.Compute.Irls;
using Engine.Data;
using Engine.Logistic;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class ConditioningTests
{
    [Theory]
    [InlineData(2_000, 1)]
    [InlineData(2_460_000, 1)]
    [InlineData(8_000_000, 1)]
    [InlineData(1_600_000_000, 128)]
    public void Fit_LargeMean_SameSlopesAsWithoutIt(double mean, double unit)
    {
        // Multiples of the spacing of float32 at the mean: the sums are exact.
        foreach (var rowCount in new[] { 60, 20_000 })
        {
            var (normal, labels) = SmallFits.Problem(rowCount, 2, 91);
            var steps = SmallFits.Column(normal, 0).Select(value => unit * Math.Round(5 * value)).ToArray();
            var (near, far) = (SmallFits.Table(steps, SmallFits.Column(normal, 1)), SmallFits.Table([.. steps.Select(value => mean + value)], SmallFits.Column(normal, 1)));
            foreach (var penalty in new[] { 0.0, 1 })
            {
                var (expected, actual) = (LogisticRegression.Fit(near, labels, new() { RidgePenalty = penalty }), LogisticRegression.Fit(far, labels, new() { RidgePenalty = penalty }));
                Assert.Equal(FitStatus.Converged, actual.Status);
                SmallFits.AssertSameSlopes(expected, actual);
                Assert.Equal(expected.Intercept - (mean * expected.FeatureCoefficients[0]), actual.Intercept, 1e-7 * actual.StandardErrorOf(0));
            }
        }
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public void Fit_AnotherUnitWithoutIntercept_TakesTheSameSteps(int exponent)
    {
        // A power of two rounds nothing.
        var (samples, labels) = SmallFits.Problem(300, 1, 137);
        var column = SmallFits.Column(samples, 0);
        var expected = LogisticRegression.Fit(SmallFits.Table(column), labels, new() { HasIntercept = false });
        var actual = LogisticRegression.Fit(SmallFits.Table([.. column.Select(value => Math.ScaleB(value, exponent))]), labels, new() { HasIntercept = false });
        Assert.Equal((FitStatus.Converged, expected.Iterations), (actual.Status, actual.Iterations));
        Assert.Equal(expected.Coefficients[0], Math.ScaleB(actual.Coefficients[0], exponent));
    }

    [Fact]
    public void Fit_SeveralColumnsThatHardlyDiffer_SameAsTheirDifferences()
    {
        // The columns base, base + a, base + b with a, b far below base: the same model as base, a, b. All values are exact in float32.
        var (normal, labels) = SmallFits.Problem(500, 3, 101);
        var columns = Enumerable.Range(0, 3).Select(column => SmallFits.Column(normal, column).Select(value => Math.Round(8 * value)).ToArray()).ToArray();
        var basis = columns[1].Select(value => 65536 * value).ToArray();
        var (a, b) = (columns[0], columns[2]);
        var expected = LogisticRegression.Fit(SmallFits.Table(basis, a, b), labels);
        var actual = LogisticRegression.Fit(SmallFits.Table(basis, [.. basis.Zip(a, (x, y) => x + y)], [.. basis.Zip(b, (x, y) => x + y)]), labels);
        Assert.Equal(FitStatus.Converged, actual.Status);
        Assert.Equal(expected.Deviance, actual.Deviance, 1e-10 * expected.Deviance);
        Assert.Equal(expected.FeatureCoefficients[1], actual.FeatureCoefficients[1], 2e-8 * expected.StandardErrorOf(2));
        Assert.Equal(expected.FeatureCoefficients[2], actual.FeatureCoefficients[2], 2e-8 * expected.StandardErrorOf(3));
        Assert.Equal(expected.StandardErrorOf(2), actual.StandardErrorOf(2), 1e-8 * expected.StandardErrorOf(2));
        Assert.Equal(expected.FeatureCoefficients[0], actual.FeatureCoefficients.ToArray().Sum(), 1e-8 * expected.StandardErrorOf(2));
    }

    [Theory]
    [InlineData(1, 1e-3)]
    [InlineData(1000, 1)]
    [InlineData(1e6, 1e-4)]
    public void Fit_ColumnTwiceWithAPenalty_IsHalfOfOneColumnWithHalfThePenalty(double unit, double penalty)
    {
        // Over all b1 + b2 = b, r/2 (b1^2 + b2^2) is least at b1 = b2 = b/2, where it is r/4 b^2.
        var (normal, labels) = SmallFits.Problem(300, 1, 111);
        var column = SmallFits.Column(normal, 0).Select(value => unit * (100 + value)).ToArray();
        var once = LogisticRegression.Fit(SmallFits.Table(column), labels, new() { RidgePenalty = penalty / 2 });
        var twice = LogisticRegression.Fit(SmallFits.Table(column, column), labels, new() { RidgePenalty = penalty });
        Assert.Equal(FitStatus.Converged, twice.Status);
        Assert.Empty(twice.LeftOutFeatures);
        for (var feature = 0; feature < 2; feature++)
            Assert.Equal(once.FeatureCoefficients[0] / 2, twice.FeatureCoefficients[feature], 1e-8 * once.StandardErrorOf(1));
        Assert.Equal(once.Deviance, twice.Deviance, 1e-10 * once.Deviance);
        // The difference of the two is only held by the penalty: its variance is 2 / r.
        Assert.Equal(2 / penalty, twice.CovarianceOf(1, 1) + twice.CovarianceOf(2, 2) - (2 * twice.CovarianceOf(1, 2)), 1e-6 / penalty);
    }

    [Fact]
    public void Fit_CombinationsAmongLargeMeans_AreLeftOut()
    {
        // Years of birth, of admission, and the age as their difference; a column of zeros, one of fives.
        var (normal, labels) = SmallFits.Problem(400, 2, 121);
        var birth = SmallFits.Column(normal, 0).Select(value => 1950 + Math.Round(10 * value)).ToArray();
        var admission = SmallFits.Column(normal, 1).Select(value => 2010 + Math.Round(3 * value)).ToArray();
        var fit = LogisticRegression.Fit(
            SmallFits.Table(birth, new double[400], admission, [.. admission.Zip(birth, (x, y) => x - y)], [.. Enumerable.Repeat(5.0, 400)]), labels);
        Assert.Equal(FitStatus.Singular, fit.Status);
        Assert.Equal([1, 3, 4], fit.LeftOutFeatures);
        var two = LogisticRegression.Fit(SmallFits.Table([.. birth.Select(value => value - 1950)], [.. admission.Select(value => value - 2010)]), labels);
        Assert.Equal(two.FeatureCoefficients[0], fit.FeatureCoefficients[0], 2e-8 * two.StandardErrorOf(1));
        Assert.Equal(two.FeatureCoefficients[1], fit.FeatureCoefficients[2], 2e-8 * two.StandardErrorOf(2));
        Assert.Equal(two.Deviance, fit.Deviance, 1e-10 * two.Deviance);
        Assert.Equal((0, 0), (fit.FeatureCoefficients[3], fit.StandardErrorOf(4)));
    }

    [Fact]
    public void Fit_LargeMeanAtSize_SameSlopesAsWithoutIt()
    {
        Skip.WhereSumsAreSlow();
        // From half a million rows on a fit starts from a sample, which needs the better columns, too.
        const int RowCount = 540_000;
        var (near, labels) = SmallFits.Problem(RowCount, 2, 131);
        var far = near.Copy();
        for (var row = 0; row < RowCount; row++)
        {
            near.GetWritableRow(row)[1] = MathF.Round(10 * near.Row(row)[1]);
            far.GetWritableRow(row)[1] = 2_000_000 + near.Row(row)[1];
        }

        var (expected, actual) = (LogisticRegression.Fit(near, labels), LogisticRegression.Fit(far, labels));
        Assert.Equal(FitStatus.Converged, actual.Status);
        // Large fits know their information to 1e-7 of itself.
        SmallFits.AssertSameSlopes(expected, actual, 2e-7);
        Assert.InRange(actual.Iterations, 1, 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Fit_CombinationsAtSize_AreThoseOfFewRows(double penalty)
    {
        Skip.WhereSumsAreSlow();
        // A column twice, and three columns of which one is 1 in every row; from half a million rows on, a sample of them must not take what rounding leaves of these for columns.
        const int RowCount = 540_000;
        var (normal, labels) = SmallFits.Problem(RowCount, 1, 133);
        var (samples, without) = (SampleMatrix.Create(RowCount, 5), SampleMatrix.Create(RowCount, 3));
        for (var row = 0; row < RowCount; row++)
        {
            var value = normal.Row(row)[0] / 3;
            float[] values = [value, value, row % 7 < 3 ? 1 : 0, row % 7 is 3 or 4 ? 1 : 0, row % 7 > 4 ? 1 : 0];
            values.CopyTo(samples.GetWritableRow(row));
            values.AsSpan(1, 3).CopyTo(without.GetWritableRow(row));
        }

        var fit = LogisticRegression.Fit(samples, labels, new() { RidgePenalty = penalty });
        if (penalty == 0)
        {
            Assert.Equal(FitStatus.Singular, fit.Status);
            Assert.Equal([1, 4], fit.LeftOutFeatures);
            var expected = LogisticRegression.Fit(without, labels);
            Assert.Equal(expected.Deviance, fit.Deviance, 1e-10 * expected.Deviance);
            Assert.Equal(expected.FeatureCoefficients[0], fit.FeatureCoefficients[0], 2e-7 * expected.StandardErrorOf(1));
            Assert.Equal(expected.StandardErrorOf(1), fit.StandardErrorOf(1), 2e-7 * expected.StandardErrorOf(1));
        }
        else
        {
            // Of two equal columns both have half, and a penalty holds the coefficients of the three at a sum of 0.
            Assert.Equal(FitStatus.Converged, fit.Status);
            Assert.Equal(fit.FeatureCoefficients[0], fit.FeatureCoefficients[1], 1e-7 * fit.StandardErrorOf(1));
            Assert.Equal(0, fit.FeatureCoefficients[2] + fit.FeatureCoefficients[3] + fit.FeatureCoefficients[4], 1e-7 * fit.StandardErrorOf(3));
            Assert.Equal(2 / penalty, fit.CovarianceOf(1, 1) + fit.CovarianceOf(2, 2) - (2 * fit.CovarianceOf(1, 2)), 1e-6 / penalty);
        }
    }

    [Fact]
    public void Basis_CoefficientsThereAndBack_AreTheSame()
    {
        // Column 1 is replaced by what columns 0 and the intercept (3) leave of it, then column 2 by what 0 and the new 1 leave.
        var first = ColumnBasis.Replace(null, new Dictionary<int, double[]> { [1] = [2, 0, 0, 5] }, 4);
        var second = ColumnBasis.Replace(first, new Dictionary<int, double[]> { [2] = [-1, 3, 0, 0] }, 4);
        double[] coefficients = [1, 10, 100, 7];
        second.FromDesign(coefficients);
        // z2 = x2 + x0 - 3 z1 and z1 = x1 - 2 x0 - 5: x'b = 100 z2 + (10 + 300) z1 + (1 + 20 - 100) z0 + 7 + 50.
        Assert.Equal([-79, 310, 100, 57], coefficients);
        second.ToDesign(coefficients);
        Assert.Equal([1, 10, 100, 7], coefficients);
        Assert.Equal([1, 2], second.Replaced);
        Assert.Equal([1], second.Without([2])!.Replaced);
        Assert.Null(second.Without([1, 2]));
    }
}
