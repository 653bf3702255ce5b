using Engine.Data;
using Engine.Logistic;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class ClusteredErrorsTests
{
    [Fact]
    public void ClusteredErrors_TwoByTwoTable_IsTheClassicalError()
    {
        // A saturated model: the sandwich of independent rows is the root of 1/a + 1/b + 1/c + 1/d, but for m / (m - 1).
        (float Feature, int Label, int Count)[] cells = [(0, 0, 40), (0, 1, 10), (1, 0, 30), (1, 1, 20)];
        var rows = cells.SelectMany(cell => Enumerable.Repeat(cell, cell.Count)).ToArray();
        var samples = SampleMatrix.Wrap(rows.Select(row => row.Feature).ToArray(), rows.Length, 1);
        var labels = Labels.From(rows.Select(row => row.Label).ToArray());
        var errors = LogisticRegression.Fit(samples, labels).ClusteredErrors(samples, labels, []);
        var correction = Math.Sqrt(100 / 99.0);
        Assert.Equal(correction * Math.Sqrt((1 / 40.0) + (1 / 10.0)), errors[0], 1e-9);
        Assert.Equal(correction * Math.Sqrt((1 / 40.0) + (1 / 10.0) + (1 / 30.0) + (1 / 20.0)), errors[1], 1e-9);
    }

    [Fact]
    public void ClusteredErrors_NoIntercept_IsThatOfTheSlopesAlone()
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

        var error = Assert.Single(fit.ClusteredErrors(samples, labels, []));
        Assert.Equal(Math.Sqrt(squares * 500 / 499) / information, error, 1e-9);
    }

    [Fact]
    public void ClusteredErrors_FarFromTheMean_KeepWhatIsLeftOfProbabilitiesNearOne()
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
        var errors = fit.ClusteredErrors(samples, labels, [], offsets);
        Assert.Equal(1, errors[0] / (Math.Sqrt(squares * 40 / 39) / information), 1e-9);
        Assert.Contains("takes offsets", Assert.Throws<InvalidOperationException>(() => fit.ClusteredErrors(samples, labels, [])).Message, StringComparison.Ordinal);
        Assert.Contains("offsets has 39 entries", Assert.Throws<ArgumentException>(() => fit.ClusteredErrors(samples, labels, [], new double[39])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClusteredErrors_AnotherNumberOfClusters_IsRefused()
    {
        var (samples, labels) = (Tables.Normal(40, 2, 3), Labels.From([.. Enumerable.Range(0, 40).Select(row => row % 2 == 0)]));
        var fit = LogisticRegression.Fit(samples, labels);
        Assert.Contains("clusters has 39 entries", Assert.Throws<ArgumentException>(() => fit.ClusteredErrors(samples, labels, new int[39])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClusteredErrors_RowsRepeatedWithinStays_IsNoSmaller()
    {
        var samples = Tables.Normal(300, 3, 91);
        var labels = Labels.From([.. Enumerable.Range(0, 300).Select(row => samples.Row(row)[0] + samples.Row(row)[2] > .3)]);
        var five = Enumerable.Range(0, 1500).Select(row => (long)(row / 5)).ToArray();
        var (repeated, repeatedLabels) = (samples.SelectRows(five).Copy(), labels.Select(five));
        var once = Fit(samples, labels, 2).ClusteredErrors(samples, labels, [.. Enumerable.Range(0, 300)]);
        var often = Fit(repeated, repeatedLabels, 10).ClusteredErrors(repeated, repeatedLabels, [.. five.Select(row => (int)row)]);
        Assert.All(once.Zip(often), pair => Assert.Equal(1, pair.Second / pair.First, 1e-9));

        static LogisticFit Fit(SampleMatrix samples, Labels labels, double ridge) => LogisticRegression.Fit(samples, labels, new() { RidgePenalty = ridge });
    }
}
