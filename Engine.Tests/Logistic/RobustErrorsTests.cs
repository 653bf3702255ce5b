using Engine.Compute;
using Engine.Data;
using Engine.Logistic;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class RobustErrorsTests
{
    [Fact]
    public void RobustErrors_TwoByTwoTable_IsTheClassicalError()
    {
        // A saturated model: the sandwich of independent rows is the root of 1/a + 1/b + 1/c + 1/d.
        (float Feature, int Label, int Count)[] cells = [(0, 0, 40), (0, 1, 10), (1, 0, 30), (1, 1, 20)];
        var rows = cells.SelectMany(cell => Enumerable.Repeat(cell, cell.Count)).ToArray();
        var samples = SampleMatrix.Wrap(rows.Select(row => row.Feature).ToArray(), rows.Length, 1);
        var labels = Labels.From(rows.Select(row => row.Label).ToArray());
        var fit = LogisticRegression.Fit(samples, labels);
        foreach (var (factor, correction) in new[] { (SmallSampleFactor.None, 1.0), (SmallSampleFactor.Clusters, 100 / 99.0), (SmallSampleFactor.ClustersAndCoefficients, 100 / 98.0) })
        {
            // Rows by themselves are clusters of one row each.
            foreach (var clusters in new int[][] { [], [.. Enumerable.Range(0, 100)] })
            {
                var errors = fit.RobustErrors(samples, labels, new() { Clusters = clusters, Factor = factor });
                Assert.Equal(Math.Sqrt(correction * ((1 / 40.0) + (1 / 10.0))), errors.StandardErrorOf(0), 1e-9);
                Assert.Equal(Math.Sqrt(correction * ((1 / 40.0) + (1 / 10.0) + (1 / 30.0) + (1 / 20.0))), errors.StandardErrorOf(1), 1e-9);
                Assert.Equal(100, errors.ClusterCount);
            }
        }
    }

    [Fact]
    public void RobustErrors_NoIntercept_IsThatOfTheSlopesAlone()
    {
        // One slope through the origin: the error is the root of the sum of squared scores, over the information.
        var samples = Tables.Normal(500, 1, 17);
        var labels = Labels.From([.. Enumerable.Range(0, 500).Select(row => row % 3 == 0)]);
        var fit = LogisticRegression.Fit(samples, labels, new() { HasIntercept = false });
        var (squares, information) = (0.0, 0.0);
        for (var row = 0; row < 500; row++)
        {
            var x = (double)samples.Row(row)[0];
            var probability = 1 / (1 + Math.Exp(-x * fit.Coefficients[0]));
            squares += Math.Pow(x * (labels[row] - probability), 2);
            information += x * x * probability * (1 - probability);
        }

        Assert.Equal(Math.Sqrt(squares * 500 / 499) / information, fit.RobustErrors(samples, labels).StandardErrorOf(0), 1e-9);
    }

    [Fact]
    public void RobustErrors_FarFromTheMean_KeepWhatIsLeftOfProbabilitiesNearOne()
    {
        // Every row but the last is at odds of its own label of e^18 to e^30 by its offset; float probabilities there are 1.
        var samples = Tables.From([.. Enumerable.Range(0, 40).Select(row => new double[] { row % 2 })]);
        var labels = Labels.From([.. Enumerable.Range(0, 40).Select(row => row % 4 == 1 || row % 4 == 2)]);
        var offsets = Enumerable.Range(0, 40).Select(row => (labels[row] == 1 ? 1 : -1) * (18 + (0.3 * row))).ToArray();
        var fit = LogisticRegression.Fit(samples, labels, new() { Offsets = offsets });
        var (squares, information) = (0.0, 0.0);
        for (var row = 0; row < 40; row += 2)
        {
            var odds = Math.Exp(-Math.Abs(offsets[row] + fit.Intercept));
            squares += Math.Pow(odds / (1 + odds), 2);
            information += odds / ((1 + odds) * (1 + odds));
        }

        // Rows of x = 0 tell of the intercept alone, and they alone do.
        var errors = fit.RobustErrors(samples, labels, new() { Factor = SmallSampleFactor.None }, new() { Offsets = offsets });
        Assert.Equal(1, errors.StandardErrorOf(0) / (Math.Sqrt(squares) / information), 1e-9);
        Assert.Contains("the fit was made with Offsets", Assert.Throws<InvalidOperationException>(() => fit.RobustErrors(samples, labels)).Message, StringComparison.Ordinal);
        Assert.Contains("Offsets has 39 entries", Assert.Throws<ArgumentException>(() => fit.RobustErrors(samples, labels, null, new() { Offsets = new double[39] })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("without_intercept")]
    [InlineData("offset")]
    [InlineData("weights")]
    [InlineData("weights_and_offset")]
    [InlineData("counts")]
    public void RobustErrors_Golden_AgreesWithStatsmodels(string name)
    {
        var golden = Golden.Load("robust_errors.json");
        var expected = golden["cases"]!.AsArray().Single(one => (string)one!["name"]! == name)!;
        var (samples, labels) = (Tables.From(golden["X"].Rows()), Labels.From(golden["y"].Ints()));
        var options = new LogisticOptions
        {
            HasIntercept = name != "without_intercept",
            Offsets = name.EndsWith("offset", StringComparison.Ordinal) ? golden["offset"].Doubles() : default,
            SampleWeights = name.StartsWith("weights", StringComparison.Ordinal) ? golden["weight"].Doubles() : name == "counts" ? golden["count"].Doubles() : default,
        };
        var fit = LogisticRegression.Fit(samples, labels, options);
        var clusters = new RobustOptions { Clusters = golden["patient"].Ints() };
        var crossed = clusters with { CrossedClusters = golden["month"].Ints() };

        // statsmodels counts as many rows as weigh something, and so do we unless asked for numbers of rows, which HC0 has no need of.
        AssertErrors("HC0", new() { Factor = SmallSampleFactor.None, HasCountsAsWeights = name == "counts" }, 240);
        if (name != "counts")
            AssertErrors("HC1", new(), 240);
        AssertErrors("cluster", clusters, 30);
        AssertErrors("cluster_without_factor", clusters with { Factor = SmallSampleFactor.None }, 30);
        AssertErrors("two_way", crossed, 12);
        AssertErrors("two_way_without_factor", crossed with { Factor = SmallSampleFactor.None }, 12);

        void AssertErrors(string key, RobustOptions robust, int clusterCount)
        {
            var (values, errors) = (expected[key]!, fit.RobustErrors(samples, labels, robust, options));
            Assert.Equal(clusterCount, errors.ClusterCount);
            var (covariance, intervals) = (values["covariance"].Rows(), values["interval_90"].Rows());
            for (var i = 0; i < fit.Coefficients.Length; i++)
            {
                var error = values["standard_error"].Doubles()[i];
                Assert.Equal(1, errors.StandardErrorOf(i) / error, Tolerance.StandardError);
                Assert.Equal(values["z"].Doubles()[i], errors.EstimateOf(i).ZScore, 1e-7);
                Assert.Equal(values["p"].Doubles()[i], errors.EstimateOf(i).PValue, 1e-7);
                Assert.Equal(intervals[i][0], errors.EstimateOf(i).ConfidenceInterval(0.9).Lower, 1e-7);
                Assert.Equal(intervals[i][1], errors.EstimateOf(i).ConfidenceInterval(0.9).Upper, 1e-7);
                for (var j = 0; j < fit.Coefficients.Length; j++)
                    Assert.Equal(covariance[i][j], errors.CovarianceOf(i, j), Tolerance.StandardError * error * values["standard_error"].Doubles()[j]);
            }
        }
    }

    [Fact]
    public void RobustErrors_CountsAsWeights_AreThoseOfSoManyRows()
    {
        var (samples, labels) = SmallFits.Problem(90, 2, 5);
        var counts = Enumerable.Range(0, 90).Select(row => row % 4).ToArray();
        var rows = Enumerable.Range(0, 90).SelectMany(row => Enumerable.Repeat((long)row, counts[row])).ToArray();
        var (repeated, repeatedLabels) = (samples.SelectRows(rows).Copy(), labels.Select(rows));
        var expected = LogisticRegression.Fit(repeated, repeatedLabels).RobustErrors(repeated, repeatedLabels);
        foreach (var options in new LogisticOptions[]
        {
            new() { SampleWeights = counts.Select(count => (double)count).ToArray() },
            new() { Plan = ResamplingPlan.Repeat(counts) },
        })
        {
            var fit = LogisticRegression.Fit(samples, labels, options);
            var asCounts = fit.RobustErrors(samples, labels, new() { HasCountsAsWeights = true }, options);
            var asRows = fit.RobustErrors(samples, labels, null, options);
            // A row that is counted often, but observed once, is a cluster of what it is counted for.
            var clustered = LogisticRegression.Fit(repeated, repeatedLabels).RobustErrors(
                repeated, repeatedLabels, new() { Clusters = rows.Select(row => (int)row).ToArray(), Factor = SmallSampleFactor.Clusters });
            var asClusters = fit.RobustErrors(samples, labels, new() { Factor = SmallSampleFactor.Clusters }, options);
            Assert.Equal(67, asRows.ClusterCount);
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(1, asCounts.StandardErrorOf(i) / expected.StandardErrorOf(i), 1e-8);
                Assert.Equal(1, asClusters.StandardErrorOf(i) / clustered.StandardErrorOf(i), 1e-8);
                Assert.Equal(Math.Sqrt(66.0 / 64), asRows.StandardErrorOf(i) / asClusters.StandardErrorOf(i), 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(1e-280)]
    [InlineData(1e250)]
    public void RobustErrors_UnitOfWeights_ChangesNothing(double unit)
    {
        var (samples, labels) = SmallFits.Problem(200, 2, 8);
        var (plain, scaled) = (Errors(1), Errors(unit));
        for (var i = 0; i < 3; i++)
            Assert.Equal(1, scaled.StandardErrorOf(i) / plain.StandardErrorOf(i), 1e-9);

        RobustErrors Errors(double unit)
        {
            var options = new LogisticOptions { SampleWeights = Enumerable.Range(0, 200).Select(row => unit * (1 + (row % 3))).ToArray() };
            return LogisticRegression.Fit(samples, labels, options).RobustErrors(samples, labels, null, options);
        }
    }

    [Fact]
    public void RobustErrors_ColumnFarFromZero_AreThoseOfTheSameColumnMoved()
    {
        // A year: its mean is 700 of its deviations, of whose square the products lose the digits.
        var (samples, labels) = SmallFits.Problem(400, 2, 21);
        double[] far = [.. SmallFits.Column(samples, 0).Select(value => 2000 + (Math.Round(value * 64) / 64 * 3))];
        var (moved, near) = (SmallFits.Table(far, SmallFits.Column(samples, 1)), SmallFits.Table([.. far.Select(value => value - 2000)], SmallFits.Column(samples, 1)));
        foreach (var clusters in new int[][] { [], [.. Enumerable.Range(0, 400).Select(row => row % 57)] })
        {
            var expected = LogisticRegression.Fit(near, labels).RobustErrors(near, labels, new() { Clusters = clusters });
            var actual = LogisticRegression.Fit(moved, labels).RobustErrors(moved, labels, new() { Clusters = clusters });
            Assert.Equal(1, actual.StandardErrorOf(1) / expected.StandardErrorOf(1), 1e-7);
            Assert.Equal(1, actual.StandardErrorOf(2) / expected.StandardErrorOf(2), 1e-7);
        }
    }

    [Fact]
    public void RobustErrors_AnyNumberOfThreads_AreTheSameBits()
    {
        // More than one run of blocks, of rows and of clusters.
        var (samples, labels) = SmallFits.Problem(40_000, 5, 31);
        int[] clusters = [.. Enumerable.Range(0, 40_000).Select(row => row * 7 % 9001)];
        foreach (var robust in new RobustOptions[] { new(), new() { Clusters = clusters }, new() { Clusters = clusters, CrossedClusters = Enumerable.Range(0, 40_000).Select(row => row % 365).ToArray() } })
        {
            var fit = LogisticRegression.Fit(samples, labels);
            var (one, three) = (Errors(1), Errors(3));
            for (var i = 0; i < 36; i++)
                Assert.Equal(one.CovarianceOf(i / 6, i % 6), three.CovarianceOf(i / 6, i % 6));

            RobustErrors Errors(int threads) => fit.RobustErrors(samples, labels, robust, new() { Compute = new ComputeOptions { MaxDegreeOfParallelism = threads } });
        }
    }

    [Fact]
    public void RobustErrors_ColumnTwice_LeavesOutWhatTheFitDid()
    {
        var (samples, labels) = SmallFits.Problem(120, 2, 44);
        var column = SmallFits.Column(samples, 0);
        var twice = SmallFits.Table(column, column, SmallFits.Column(samples, 1));
        var (expected, fit) = (LogisticRegression.Fit(samples, labels).RobustErrors(samples, labels), LogisticRegression.Fit(twice, labels));
        var errors = fit.RobustErrors(twice, labels);
        Assert.Equal(0, errors.StandardErrorOf(2));
        Assert.Equal(1, errors.StandardErrorOf(3) / expected.StandardErrorOf(2), 1e-8);
        Assert.Contains("coefficient 2 has a standard error of 0", Assert.Throws<InvalidOperationException>(() => errors.EstimateOf(2)).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => errors.EstimateOf(4)).Message, StringComparison.Ordinal);
        Assert.Contains("between 0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => errors.EstimateOf(0).ConfidenceInterval(95)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RobustErrors_ColumnOfZeros_HasNoErrorWhereAPenaltyHoldsIt()
    {
        var (samples, labels) = SmallFits.Problem(120, 1, 46);
        var options = new LogisticOptions { RidgePenalty = 1 };
        var (expected, table) = (LogisticRegression.Fit(samples, labels, options).RobustErrors(samples, labels), SmallFits.Table(SmallFits.Column(samples, 0), new double[120]));
        var errors = LogisticRegression.Fit(table, labels, options).RobustErrors(table, labels, new() { Factor = SmallSampleFactor.None });
        Assert.Equal(0, errors.StandardErrorOf(2));
        Assert.Equal(1, errors.StandardErrorOf(1) * Math.Sqrt(120 / 118.0) / expected.StandardErrorOf(1), 1e-9);
        Assert.Contains("no row tells of it", Assert.Throws<InvalidOperationException>(() => errors.EstimateOf(2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RobustErrors_CrossedClustersWithoutAVariance_SaySo()
    {
        // Rows and columns of a table of four cells: both ways' sums of residuals are 0, each cell's is not.
        var samples = Tables.From([.. Enumerable.Range(0, 4).Select(_ => new double[] { 0 })]);
        var labels = Labels.From([1, 0, 0, 1]);
        int[] rows = [0, 0, 1, 1], columns = [0, 1, 0, 1];
        var errors = LogisticRegression.Fit(samples, labels).RobustErrors(samples, labels, new() { Clusters = rows, CrossedClusters = columns, Factor = SmallSampleFactor.None });
        Assert.True(errors.CovarianceOf(0, 0) < 0);
        Assert.Contains("by 2 clusters, and must be 0 or more", Assert.Throws<InvalidOperationException>(() => errors.StandardErrorOf(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RobustErrors_WhatDoesNotFit_IsRefused()
    {
        var (samples, labels) = (Tables.Normal(40, 2, 3), Labels.From([.. Enumerable.Range(0, 40).Select(row => row % 2 == 0)]));
        var fit = LogisticRegression.Fit(samples, labels);
        AssertRefused("Clusters has 39 entries", new() { Clusters = new int[39] });
        AssertRefused("CrossedClusters has 41 entries", new() { Clusters = new int[40], CrossedClusters = new int[41] });
        AssertRefused("give one way of clustering as Clusters", new() { CrossedClusters = new int[40] });
        AssertRefused("the rows are of 1 cluster", new() { Clusters = new int[40] });
        AssertRefused("the plan makes 1 rows", new(), new() { Plan = ResamplingPlan.Extend(40, [new SyntheticRow(0, 4, 0.5f)], 1) });
        AssertRefused("HasIntercept is False", new(), new() { HasIntercept = false });
        AssertRefused("3 rows are no more than the 3 coefficients", new(), new() { SampleWeights = Enumerable.Range(0, 40).Select(row => row < 3 ? 1.0 : 0).ToArray() });
        Assert.Contains("Factor is 7", Assert.Throws<ArgumentOutOfRangeException>(() => fit.RobustErrors(samples, labels, new() { Factor = (SmallSampleFactor)7 })).Message, StringComparison.Ordinal);
        Assert.Contains("without Offsets", Assert.Throws<InvalidOperationException>(() => fit.RobustErrors(samples, labels, null, new() { Offsets = new double[40] })).Message, StringComparison.Ordinal);
        var holes = Tables.From([.. Enumerable.Range(0, 40).Select(row => new[] { row == 7 ? double.NaN : 1, row })]);
        Assert.Contains("row 7, column 0", Assert.Throws<ArgumentException>(() => fit.RobustErrors(holes, labels)).Message, StringComparison.Ordinal);

        void AssertRefused(string message, RobustOptions robust, LogisticOptions? fitted = null) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => fit.RobustErrors(samples, labels, robust, fitted)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RobustErrors_RowsRepeatedWithinStays_IsNoSmaller()
    {
        var samples = Tables.Normal(300, 3, 91);
        var labels = Labels.From([.. Enumerable.Range(0, 300).Select(row => samples.Row(row)[0] + samples.Row(row)[2] > .3)]);
        var five = Enumerable.Range(0, 1500).Select(row => (long)(row / 5)).ToArray();
        var (repeated, repeatedLabels) = (samples.SelectRows(five).Copy(), labels.Select(five));
        var once = Fit(samples, labels, 2).RobustErrors(samples, labels, Clusters(300, 1));
        var often = Fit(repeated, repeatedLabels, 10).RobustErrors(repeated, repeatedLabels, Clusters(1500, 5));
        for (var i = 0; i < 4; i++)
            Assert.Equal(1, often.StandardErrorOf(i) / once.StandardErrorOf(i), 1e-9);

        static LogisticFit Fit(SampleMatrix samples, Labels labels, double ridge) => LogisticRegression.Fit(samples, labels, new() { RidgePenalty = ridge });

        static RobustOptions Clusters(int count, int rows) => new() { Clusters = Enumerable.Range(0, count).Select(row => row / rows).ToArray(), Factor = SmallSampleFactor.Clusters };
    }
}
