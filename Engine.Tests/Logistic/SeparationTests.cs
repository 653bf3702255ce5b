using Engine.Data;
using Engine.Logistic;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class SeparationTests
{
    [Theory]
    [InlineData(60, 0)]
    [InlineData(1e4, 0)]
    [InlineData(0, 250)]
    public void Fit_ColumnWithoutEventsBesideFarRows_IsSeparatedByIt(double farValue, double farOffset)
    {
        var (samples, labels) = SmallFits.Problem(400, 3, 171);
        foreach (var row in Enumerable.Range(0, 400))
            samples.GetWritableRow(row)[2] = row % 29 == 0 && labels[row] == 0 ? 1 : 0;
        var far = Enumerable.Range(0, 400).First(row => labels[row] == 1 && samples.Row(row)[2] == 0);
        if (farValue > 0)
            samples.GetWritableRow(far)[0] = (float)farValue;
        var fit = LogisticRegression.Fit(samples, labels, new() { Offsets = Enumerable.Range(0, 400).Select(row => row == far ? farOffset : 0).ToArray() });
        Assert.Equal(FitStatus.Separated, fit.Status);
        Assert.Equal([2], fit.SeparatingFeatures);
    }

    [Theory]
    [InlineData(1e7)]
    [InlineData(1e12)]
    [InlineData(1e30)]
    public void Fit_OneFarValueThatAgrees_IsTheFitWithoutIt(double far)
    {
        var (samples, labels) = SmallFits.Problem(600, 1, 181);
        var row = Enumerable.Range(0, 600).First(row => labels[row] == 1);
        samples.GetWritableRow(row)[0] = (float)far;
        var rest = Enumerable.Range(0, 600).Where(other => other != row).Select(other => (long)other).ToArray();
        var (with, without) = (LogisticRegression.Fit(samples, labels), LogisticRegression.Fit(samples.SelectRows(rest), labels.Select(rest)));
        Assert.Equal(FitStatus.Converged, with.Status);
        Assert.Equal(without.FeatureCoefficients[0], with.FeatureCoefficients[0], 2e-8 * without.StandardErrorOf(1));
        Assert.Equal(without.Intercept, with.Intercept, 2e-8 * without.StandardErrorOf(0));
        Assert.Equal(without.Deviance, with.Deviance, 1e-9 * without.Deviance);
    }

    [Fact]
    public void Fit_TwoColumnsWithoutEvents_NamesBoth()
    {
        var (samples, labels) = SmallFits.Problem(500, 4, 191);
        for (var row = 0; row < 500; row++)
        {
            samples.GetWritableRow(row)[1] = row % 23 == 0 && labels[row] == 0 ? 1 : 0;
            samples.GetWritableRow(row)[3] = row % 31 == 1 && labels[row] == 1 ? 5 : 0;
        }

        Assert.Equal([1, 3], LogisticRegression.Fit(samples, labels).SeparatingFeatures);
    }

    [Fact]
    public void Fit_RowOfWeightZeroAgainstTheSeparation_DoesNotCount()
    {
        // The only event at x = 1 weighs nothing.
        var fit = LogisticRegression.Fit(SmallFits.Table([0, 0, 0, 0, 1, 1, 1, 1]), Labels.From([1, 0, 0, 0, 0, 0, 0, 1]), new() { SampleWeights = new double[] { 1, 1, 1, 1, 1, 1, 1, 0 } });
        Assert.Equal(FitStatus.Separated, fit.Status);
        Assert.Equal([0], fit.SeparatingFeatures);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-250)]
    public void Fit_RowsThatTheirOffsetsSettle_HoldNoDirectionBack(double offset)
    {
        // Every row of the column is of class 0, and an offset says so already.
        var fit = LogisticRegression.Fit(
            SmallFits.Table([0, 0, 0, 0, 1, 1, 1, 1]), Labels.From([1, 0, 0, 0, 0, 0, 0, 0]), new() { Offsets = new[] { 0, 0, 0, 0, offset, offset, offset, offset } });
        Assert.Equal((FitStatus.Separated, 1), (fit.Status, fit.Iterations));
        Assert.Equal([0], fit.SeparatingFeatures);
    }

    [Fact]
    public void Fit_OneOfTwoColumnsTellsTheClassesApart_NamesItAlone()
    {
        // The second column has a coefficient that grows as the first one's does, and is not needed.
        var fit = LogisticRegression.Fit(SmallFits.Table([-3, -2, -1, 1, 2, 3], [0.5, -0.5, 0.5, 0.5, -0.5, -0.5]), Labels.From([0, 0, 0, 1, 1, 1]));
        Assert.Equal(FitStatus.Separated, fit.Status);
        Assert.Equal([0], fit.SeparatingFeatures);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public void Fit_RandomTables_SeparatedExactlyWhereADirectionExists(int shift)
    {
        // Where a column is far from 0, sums of large terms are small, and only rounding counts as 0.
        // With two columns of small integers, a direction can be turned until it touches two rows (or one, or none): all candidates can be tried in whole numbers.
        var outcomes = new int[2];
        for (var seed = 1UL; seed <= 400; seed++)
        {
            var stream = new RandomStream(seed, 3);
            var rowCount = 5 + (int)stream.Below(0, 25);
            var rows = new (long X, long Y, bool IsEvent)[rowCount];
            for (var row = 0; row < rowCount; row++)
            {
                var place = (ulong)(10 * (row + 1));
                var (x, y) = ((long)stream.Below(place, 6), (long)stream.Below(place + 1, 4));
                rows[row] = (x, y * (stream.Below(place + 2, 20) == 0 ? 1000 : 1), x + (long)stream.Below(place + 3, 5) > 4);
            }

            rows[0].IsEvent = !rows[1].IsEvent;
            var samples = SmallFits.Table([.. rows.Select(row => (double)row.X + shift)], [.. rows.Select(row => (double)row.Y - shift)]);
            var fit = LogisticRegression.Fit(samples, Labels.From([.. rows.Select(row => row.IsEvent)]));
            var isSeparated = HasDirection(rows);
            Assert.True(isSeparated == (fit.Status == FitStatus.Separated), $"seed {seed}: {fit.Status} after {fit.Iterations}, a direction: {isSeparated}");
            outcomes[isSeparated ? 1 : 0]++;
        }

        Assert.All(outcomes, count => Assert.InRange(count, 50, 350));
    }

    private static bool HasDirection((long X, long Y, bool IsEvent)[] rows)
    {
        var candidates = new List<(long C, long X, long Y)> { (0, 1, 0), (0, 0, 1) };
        foreach (var a in rows)
        {
            candidates.AddRange([(-a.X, 1, 0), (-a.Y, 0, 1)]);
            foreach (var b in rows)
            {
                // The line through two rows: its normal, and the constant that makes both 0.
                var (x, y) = (a.Y - b.Y, b.X - a.X);
                candidates.Add((-((x * a.X) + (y * a.Y)), x, y));
            }
        }

        return candidates.Any(d => Proves(d.C, d.X, d.Y) || Proves(-d.C, -d.X, -d.Y));

        bool Proves(long constant, long x, long y)
        {
            var moves = rows.Select(row => (row.IsEvent ? 1 : -1) * (constant + (x * row.X) + (y * row.Y))).ToArray();
            return moves.All(move => move >= 0) && moves.Any(move => move > 0);
        }
    }
}
