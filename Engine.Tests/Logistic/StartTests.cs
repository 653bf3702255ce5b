using Engine.Data;
using Engine.Logistic;
using Engine.Numerics;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class StartTests
{
    [Theory]
    [InlineData(0.2, 2)]
    [InlineData(0.06, 3)]
    [InlineData(0.01, 2)]
    [InlineData(0.02, 40)]
    public void Fit_RareEventsOfAColumnAtSize_IsTheFitWithoutASample(double share, int events)
    {
        Skip.WhereSumsAreSlow();
        const int RowCount = 540_000;
        var stream = new RandomStream((ulong)(1000 * share) + (ulong)events, 4);
        var samples = SampleMatrix.Create(RowCount, 2);
        var labels = new byte[RowCount];
        var left = events;
        for (var row = RowCount - 1; row >= 0; row--)
        {
            var draw = stream.UniformDouble((ulong)row);
            var isMember = draw < share;
            samples.GetWritableRow(row)[0] = isMember ? 1 : 0;
            samples.GetWritableRow(row)[1] = (float)(stream.UniformDouble((ulong)(RowCount + row)) - 0.5);
            // The events of the column lie at its end, and none of them in a sample of every sixteenth row.
            labels[row] = (byte)(isMember ? row % 16 != 0 && left-- > 0 ? 1 : 0 : draw > 0.95 ? 1 : 0);
        }

        var known = Labels.From(labels);
        var (fit, fromZeros) = (LogisticRegression.Fit(samples, known), LogisticRegression.Fit(samples, known, new() { StartCoefficients = new double[3] }));
        Assert.Equal(FitStatus.Converged, fit.Status);
        Assert.InRange(fit.Iterations, 1, fromZeros.Iterations);
        // Where two events tell of a column, the last step moves its rows more than others.
        SmallFits.AssertSameSlopes(fromZeros, fit, 1e-6);
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(-3000, 0)]
    [InlineData(60, -60)]
    [InlineData(1e12, -1e14)]
    public void Fit_StartWorseThanNone_IsDropped(double intercept, double slope)
    {
        var (samples, labels) = SmallFits.Problem(300, 1, 201);
        var expected = LogisticRegression.Fit(samples, labels);
        var actual = LogisticRegression.Fit(samples, labels, new() { StartCoefficients = new[] { intercept, slope } });
        Assert.Equal((FitStatus.Converged, expected.Iterations), (actual.Status, actual.Iterations));
        Assert.Equal(expected.Coefficients, actual.Coefficients);
    }

    [Fact]
    public void FitMany_ColumnOnlyInRowsThatAModelLeavesOut_IsSingularAsInFit()
    {
        Skip.WhereSumsAreSlow();
        const int RowCount = 530_000;
        var (samples, labels) = SmallFits.Problem(RowCount, 2, 211);
        var times = new int[RowCount];
        for (var row = 0; row < RowCount; row++)
        {
            var isExposed = row % 9001 == 5;
            samples.GetWritableRow(row)[1] = isExposed ? 3 : 0;
            times[row] = isExposed ? 0 : 1;
        }

        LogisticOptions[] models = [new(), new() { Plan = ResamplingPlan.Repeat(times) }, new() { Plan = ResamplingPlan.Repeat([.. times.Select(count => count == 0 ? 3 : 1)]) }];
        var fits = LogisticRegression.FitMany(samples, labels, models);
        Assert.Equal([FitStatus.Converged, FitStatus.Singular, FitStatus.Converged], fits.Select(fit => fit.Status));
        Assert.Equal([1], fits[1].LeftOutFeatures);
        Assert.Equal((0, 0), (fits[1].FeatureCoefficients[1], fits[1].StandardErrorOf(2)));
        Assert.Equal(LogisticRegression.Fit(samples, labels, models[1]).Coefficients[1], fits[1].Coefficients[1], 1e-9);
    }
}
