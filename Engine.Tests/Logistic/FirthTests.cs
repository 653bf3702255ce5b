using System.Text.Json.Nodes;
using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class FirthTests
{
    [Theory]
    [InlineData("endometrial")]
    [InlineData("sex2")]
    [InlineData("separated_completely")]
    [InlineData("without_intercept")]
    [InlineData("weights_and_offset")]
    [InlineData("separated_weights")]
    public void FitFirth_Golden_AgreesWithNumpy(string name)
    {
        var (golden, samples, labels, options) = Load(name);
        var fit = LogisticRegression.FitFirth(samples, labels, options);
        Assert.Equal(FitStatus.Converged, fit.Status);
        var (coefficients, covariance) = (golden["coef"].Doubles(), golden["covariance"].Rows());
        Assert.Equal(coefficients.Length, fit.Coefficients.Length);
        for (var i = 0; i < coefficients.Length; i++)
        {
            var error = Math.Sqrt(covariance[i][i]);
            Assert.Equal(coefficients[i], fit.Coefficients[i], 1e-7 * error);
            Assert.Equal(1, fit.StandardErrorOf(i) / error, 1e-7);
            for (var j = 0; j < coefficients.Length; j++)
                Assert.Equal(covariance[i][j], fit.CovarianceOf(i, j), 1e-7 * error * Math.Sqrt(covariance[j][j]));
        }

        Assert.Equal((double)golden["log_likelihood"]!, fit.LogLikelihood, 1e-7);
        foreach (var (i, expected) in golden["profile"].Rows().Index())
        {
            var profile = fit.FirthProfileOf(i, samples, labels, fitted: options);
            var error = fit.StandardErrorOf(i);
            Assert.Equal(fit.Coefficients[i], profile.Coefficient);
            Assert.Equal(expected[0], profile.Lower, 1e-6 * error);
            Assert.Equal(expected[1], profile.Upper, 1e-6 * error);
            Assert.Equal(expected[2], profile.ChiSquared, 1e-7 * (1 + expected[2]));
        }
    }

    [Fact]
    public void FitFirth_EndometrialCancer_HasThePublishedEstimates()
    {
        // Neovasculization separates: no patient who has it is of low grade, and maximum likelihood has no estimate.
        var (golden, samples, labels, _) = Load("endometrial");
        Assert.Equal(FitStatus.Separated, LogisticRegression.Fit(samples, labels).Status);
        var fit = LogisticRegression.FitFirth(samples, labels);
        var published = golden["published"].Doubles();
        for (var i = 0; i < 4; i++)
            Assert.Equal(1, fit.Coefficients[i] / published[i], 1e-5);
    }

    [Theory]
    [InlineData("endometrial")]
    [InlineData("sex2")]
    public void FirthProfileOf_PublishedTables_HasTheirIntervalsAndTests(string name)
    {
        var (golden, samples, labels, options) = Load(name);
        var fit = LogisticRegression.FitFirth(samples, labels, options);
        for (var i = 0; i < fit.Coefficients.Length; i++)
        {
            // logistf stops where the likelihood, or a coefficient, changes by less than 1e-5.
            var profile = fit.FirthProfileOf(i, samples, labels);
            AssertInterval(golden["published_interval"]!, i, profile);
            if (name == "sex2")
            {
                AssertInterval(golden["published_interval_90"]!, i, fit.FirthProfileOf(i, samples, labels, confidence: 0.9));
                Assert.Equal(golden["published_chi_squared"].Doubles()[i], profile.ChiSquared, 2e-5);
                Assert.Equal(1, profile.PValue / golden["published_p"].Doubles()[i], 1e-4);
            }
        }

        static void AssertInterval(JsonNode published, int coefficient, ProfileEstimate profile)
        {
            var ends = published.Rows()[coefficient];
            Assert.Equal(ends[0], profile.Lower, 2e-5);
            Assert.Equal(ends[1], profile.Upper, 2e-5);
        }
    }

    [Fact]
    public void FirthProfileOf_ManyRows_IsWaldsIntervalAndTheSameBits()
    {
        var (samples, labels) = SmallFits.Problem(20_000, 2, 45);
        var fit = LogisticRegression.FitFirth(samples, labels);
        var (profile, wald) = (Profile(1), fit.EstimateOf(1));
        Assert.Equal(wald.ConfidenceInterval().Lower, profile.Lower, 0.02 * wald.StandardError);
        Assert.Equal(wald.ConfidenceInterval().Upper, profile.Upper, 0.02 * wald.StandardError);
        Assert.Equal(profile, Profile(3));

        ProfileEstimate Profile(int threads) => fit.FirthProfileOf(1, samples, labels, fitted: new() { Compute = new ComputeOptions { MaxDegreeOfParallelism = threads } });
    }

    [Fact]
    public void FirthProfileOf_ColumnFarFromZero_IsThatOfTheSameColumnMoved()
    {
        var (samples, labels) = SmallFits.Problem(150, 1, 25);
        double[] far = [.. SmallFits.Column(samples, 0).Select(value => 40_000 + (Math.Round(value * 64) / 64))];
        var (near, moved) = (Profile(far.Select(value => value - 40_000)), Profile(far));
        Assert.Equal(near.Lower, moved.Lower, 1e-5);
        Assert.Equal(near.Upper, moved.Upper, 1e-5);
        Assert.Equal(near.ChiSquared, moved.ChiSquared, 1e-5);

        ProfileEstimate Profile(IEnumerable<double> column)
        {
            var table = SmallFits.Table([.. column]);
            return LogisticRegression.FitFirth(table, labels).FirthProfileOf(1, table, labels);
        }
    }

    [Fact]
    public void FirthProfileOf_WhatDoesNotFit_IsRefused()
    {
        var (samples, labels) = SmallFits.Problem(80, 2, 35);
        var fit = LogisticRegression.FitFirth(samples, labels);
        Assert.Contains("is not the optimum of Firth's likelihood", Assert.Throws<InvalidOperationException>(() => LogisticRegression.Fit(samples, labels).FirthProfileOf(1, samples, labels)).Message, StringComparison.Ordinal);
        Assert.Contains("confidence is 1", Assert.Throws<ArgumentOutOfRangeException>(() => fit.FirthProfileOf(1, samples, labels, confidence: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("an intercept", Assert.Throws<ArgumentException>(() => fit.FirthProfileOf(1, samples, labels, fitted: new() { HasIntercept = false })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => fit.FirthProfileOf(3, samples, labels));
        var column = SmallFits.Column(samples, 0);
        var twice = SmallFits.Table(column, column);
        var singular = LogisticRegression.FitFirth(twice, labels);
        Assert.Contains("was left out", Assert.Throws<InvalidOperationException>(() => singular.FirthProfileOf(2, twice, labels)).Message, StringComparison.Ordinal);
        var (once, both) = (LogisticRegression.FitFirth(SmallFits.Table(column), labels), singular.FirthProfileOf(1, twice, labels));
        Assert.Equal(once.FirthProfileOf(1, SmallFits.Table(column), labels).Upper, both.Upper, 1e-6);
    }

    [Theory]
    [InlineData(3, 17, 12, 8)]
    [InlineData(0, 20, 12, 8)]
    [InlineData(0, 5, 7, 0)]
    public void FitFirth_TwoByTwoTable_AddsHalfARowToEachCell(int a, int b, int c, int d)
    {
        // Of a saturated model the leverages of each column sum to 1, half of it on either side.
        var rows = new[] { (0, 1, a), (0, 0, b), (1, 1, c), (1, 0, d) }.SelectMany(cell => Enumerable.Repeat((Feature: (double)cell.Item1, Label: cell.Item2), cell.Item3)).ToArray();
        var fit = LogisticRegression.FitFirth(Tables.From([.. rows.Select(row => new[] { row.Feature })]), Labels.From([.. rows.Select(row => row.Label)]));
        Assert.Equal(FitStatus.Converged, fit.Status);
        Assert.Equal(Math.Log((a + 0.5) / (b + 0.5)), fit.Intercept, 1e-8);
        Assert.Equal(Math.Log((c + 0.5) / (d + 0.5)) - Math.Log((a + 0.5) / (b + 0.5)), fit.FeatureCoefficients[0], 1e-8);
        Assert.Equal(Math.Sqrt((a + b + 1) / ((a + 0.5) * (b + 0.5)) * (a + b + 1) / (a + b)), fit.StandardErrorOf(0), 1e-7);
    }

    [Fact]
    public void FitFirth_Weights_CountAsSoManyRows()
    {
        var (samples, labels) = SmallFits.Problem(60, 2, 15);
        var counts = Enumerable.Range(0, 60).Select(row => row % 4).ToArray();
        var rows = Enumerable.Range(0, 60).SelectMany(row => Enumerable.Repeat((long)row, counts[row])).ToArray();
        var expected = LogisticRegression.FitFirth(samples.SelectRows(rows).Copy(), labels.Select(rows));
        AssertSame(expected, LogisticRegression.FitFirth(samples, labels, new() { SampleWeights = counts.Select(count => (double)count).ToArray() }));
        AssertSame(expected, LogisticRegression.FitFirth(samples, labels, new() { Plan = ResamplingPlan.Repeat(counts) }));
    }

    [Fact]
    public void FitFirth_ColumnFarFromZero_IsTheFitOfTheSameColumnMoved()
    {
        var (samples, labels) = SmallFits.Problem(150, 2, 25);
        double[] far = [.. SmallFits.Column(samples, 0).Select(value => 40_000 + (Math.Round(value * 64) / 64))];
        var moved = LogisticRegression.FitFirth(SmallFits.Table(far, SmallFits.Column(samples, 1)), labels);
        var near = LogisticRegression.FitFirth(SmallFits.Table([.. far.Select(value => value - 40_000)], SmallFits.Column(samples, 1)), labels);
        Assert.Equal(FitStatus.Converged, near.Status);
        SmallFits.AssertSameSlopes(near, moved, 1e-7);
    }

    [Fact]
    public void FitFirth_ColumnTwice_IsLeftOut()
    {
        var (samples, labels) = SmallFits.Problem(80, 1, 35);
        var column = SmallFits.Column(samples, 0);
        var (once, twice) = (LogisticRegression.FitFirth(samples, labels), LogisticRegression.FitFirth(SmallFits.Table(column, column), labels));
        Assert.Equal(FitStatus.Singular, twice.Status);
        Assert.Equal([2], twice.LeftOutCoefficients);
        Assert.Equal((0.0, 0.0), (twice.Coefficients[2], twice.StandardErrorOf(2)));
        Assert.Equal(once.Coefficients[1], twice.Coefficients[1], 1e-8);
    }

    [Fact]
    public void FitFirth_ManyRows_IsCloseToTheMaximumOfTheLikelihoodAndTheSameBits()
    {
        // The penalty is worth some coefficients' rows: next to nothing among 20,000.
        var (samples, labels) = SmallFits.Problem(20_000, 3, 45);
        var (plain, fit) = (LogisticRegression.Fit(samples, labels), Fit(1));
        for (var i = 0; i < 4; i++)
            Assert.Equal(plain.Coefficients[i], fit.Coefficients[i], 0.03 * plain.StandardErrorOf(i));
        Assert.NotEqual(plain.Coefficients[1], fit.Coefficients[1], 1e-6);
        Assert.Equal(fit.Coefficients.ToArray(), Fit(3).Coefficients.ToArray());

        LogisticFit Fit(int threads) => LogisticRegression.FitFirth(samples, labels, new() { Compute = new ComputeOptions { MaxDegreeOfParallelism = threads } });
    }

    [Fact]
    public void FitFirth_WhatDoesNotFit_IsRefused()
    {
        var (samples, labels) = SmallFits.Problem(40, 2, 55);
        Assert.Contains("RidgePenalty is 2", Assert.Throws<ArgumentOutOfRangeException>(() => LogisticRegression.FitFirth(samples, labels, new() { RidgePenalty = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("needs both classes", Assert.Throws<ArgumentException>(() => LogisticRegression.FitFirth(samples, Labels.From(new int[40]))).Message, StringComparison.Ordinal);
        var holes = Tables.From([.. Enumerable.Range(0, 40).Select(row => new[] { row == 9 ? double.NaN : row % 3, row })]);
        Assert.Contains("row 9, column 0", Assert.Throws<ArgumentException>(() => LogisticRegression.FitFirth(holes, labels)).Message, StringComparison.Ordinal);
        Assert.Equal(FitStatus.IterationLimit, LogisticRegression.FitFirth(samples, labels, new() { MaxIterations = 1 }).Status);
    }

    private static (JsonNode Golden, SampleMatrix Samples, Labels Labels, LogisticOptions Options) Load(string name)
    {
        var golden = Golden.Load("firth.json")["cases"]!.AsArray().Single(one => (string)one!["name"]! == name)!;
        return (golden, Tables.From(golden["X"].Rows()), Labels.From(golden["y"].Ints()), new LogisticOptions
        {
            HasIntercept = (bool)golden["has_intercept"]!,
            SampleWeights = golden["weight"] is null ? default : golden["weight"].Doubles(),
            Offsets = golden["offset"] is null ? default : golden["offset"].Doubles(),
        });
    }

    private static void AssertSame(LogisticFit expected, LogisticFit actual)
    {
        Assert.Equal(FitStatus.Converged, actual.Status);
        for (var i = 0; i < expected.Coefficients.Length; i++)
        {
            Assert.Equal(expected.Coefficients[i], actual.Coefficients[i], 2e-8 * expected.StandardErrorOf(i));
            Assert.Equal(1, actual.StandardErrorOf(i) / expected.StandardErrorOf(i), 1e-7);
        }

        Assert.Equal(expected.Deviance, actual.Deviance, 1e-8);
    }
}
