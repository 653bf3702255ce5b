using Engine.Data;
using Engine.Logistic;
using Engine.Numerics;

namespace Engine.Tests.Logistic;

public sealed class HighLeverageRowsTests
{
    private const int FeatureCount = 6;
    private const int SampleStep = 16;

    [Fact]
    public void Find_FarRows_AreFound()
    {
        var samples = Rows(20_000, row => row % 1999 == 0 ? 50 : 1);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => i * 1999L), Find(samples));
    }

    [Fact]
    public void Find_NormalRows_FindsNone() => Assert.Empty(Find(Rows(20_000, static _ => 1)));

    [Fact]
    public void Find_ConstantColumns_FindsNone() => Assert.Empty(Find(SampleMatrix.Create(5000, FeatureCount)));

    [Fact]
    public void Fit_FarRowsThatPullTheirLabels_NeedsFewPassesAndIsTheOptimum()
    {
        const int RowCount = 530_000;
        var samples = Rows(RowCount, static row => row % 2503 == 0 ? 60 : 1);
        var stream = new RandomStream(3, 4);
        var labels = Labels.From(Enumerable.Range(0, RowCount).Select(row => stream.UniformDouble((ulong)row) < 1 / (1 + Math.Exp(2 - Eta(samples, row))) ? (byte)1 : (byte)0).ToArray().AsSpan());
        // Without a penalty, predictors this large could be a sign of separated classes, and no sample is used.
        var options = new LogisticOptions { RidgePenalty = 1 };
        var fit = LogisticRegression.Fit(samples, labels, options);
        // With a start of the caller's there is no sample.
        var alone = LogisticRegression.Fit(samples, labels, options with { StartCoefficients = new double[FeatureCount + 1] });

        Assert.Equal(FitStatus.Converged, fit.Status);
        Assert.InRange(fit.Iterations, 1, 2);
        Assert.True(alone.Iterations > 4);
        for (var i = 0; i <= FeatureCount; i++)
            Assert.Equal(alone.Coefficients[i], fit.Coefficients[i], 1e-7 * alone.StandardErrorOf(i));
    }

    private static long[] Find(SampleMatrix samples)
    {
        var some = Enumerable.Range(0, (int)samples.RowCount / SampleStep).Select(i => (long)i * SampleStep).ToArray();
        return HighLeverageRows.Find(samples, samples.SelectRows(some), new ParallelOptions());
    }

    private static double Eta(SampleMatrix samples, int row)
    {
        var values = new float[FeatureCount];
        samples.CopyRow(row, values);
        return 0.4 * (values[0] - values[1] + values[2]);
    }

    private static SampleMatrix Rows(int rowCount, Func<int, double> scaleOf)
    {
        var samples = SampleMatrix.Create(rowCount, FeatureCount);
        var stream = new RandomStream(1, 2);
        for (var row = 0; row < rowCount; row++)
        {
            var values = samples.GetWritableRow(row);
            for (var j = 0; j < FeatureCount; j++)
                values[j] = (float)(scaleOf(row) * stream.Normal(((ulong)row * FeatureCount) + (ulong)j));
        }

        return samples;
    }
}
