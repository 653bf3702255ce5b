using Bench.Studies.MainJob;
using Engine.Data;
using Engine.Logistic;
using Engine.Tests.Support;

namespace Engine.Tests.Bench.Studies;

public sealed class RobustErrorsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_TwoByTwoTable_IsTheClassicalError()
    {
        // A saturated model: the sandwich of independent rows is the root of 1/a + 1/b + 1/c + 1/d, but for m / (m - 1).
        (float Feature, int Label, int Count)[] cells = [(0, 0, 40), (0, 1, 10), (1, 0, 30), (1, 1, 20)];
        var rows = cells.SelectMany(cell => Enumerable.Repeat(cell, cell.Count)).ToArray();
        var samples = SampleMatrix.Wrap(rows.Select(row => row.Feature).ToArray(), rows.Length, 1);
        var labels = Labels.From(rows.Select(row => row.Label).ToArray());
        var errors = RobustErrors.Of(LogisticRegression.Fit(samples, labels), samples, labels, [.. Enumerable.Range(0, rows.Length)], Cancellation);
        var correction = Math.Sqrt(100 / 99.0);
        Assert.Equal(correction * Math.Sqrt((1 / 40.0) + (1 / 10.0)), errors[0], 1e-5);
        Assert.Equal(correction * Math.Sqrt((1 / 40.0) + (1 / 10.0) + (1 / 30.0) + (1 / 20.0)), errors[1], 1e-5);
    }

    [Fact]
    public void Of_RowsRepeatedWithinStays_IsNoSmaller()
    {
        var samples = Tables.Normal(300, 3, 91);
        var labels = Labels.From([.. Enumerable.Range(0, 300).Select(row => samples.Row(row)[0] + samples.Row(row)[2] > .3)]);
        var five = Enumerable.Range(0, 1500).Select(row => (long)(row / 5)).ToArray();
        var (repeated, repeatedLabels) = (samples.SelectRows(five).Copy(), labels.Select(five));
        var once = RobustErrors.Of(Fit(samples, labels, 2), samples, labels, [.. Enumerable.Range(0, 300)], Cancellation);
        var often = RobustErrors.Of(Fit(repeated, repeatedLabels, 10), repeated, repeatedLabels, [.. five.Select(row => (int)row)], Cancellation);
        Assert.All(once.Zip(often), pair => Assert.Equal(1, pair.Second / pair.First, 1e-5));

        static LogisticFit Fit(SampleMatrix samples, Labels labels, double ridge) => LogisticRegression.Fit(samples, labels, new() { RidgePenalty = ridge });
    }
}
