using Engine.Data;
using Engine.Logistic;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed class LogisticChecksTests
{
    private const int RowCount = 10;

    private static readonly SampleMatrix s_samples = Tables.Normal(RowCount, 2, 3);
    private static readonly Labels s_labels = Labels.From([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);

    [Fact]
    public void Fit_WeightsThatSumToMoreThanTheLimit_AreRefused()
    {
        // Ten such weights sum to 9.8e299; with one row more, or one counted three times, they are above 1e300.
        var within = Weights(9.8e298);
        Assert.Equal(FitStatus.Converged, LogisticRegression.Fit(s_samples, s_labels, new() { SampleWeights = within, RidgePenalty = 1e297 }).Status);
        AssertRefused(new() { SampleWeights = Weights(1.1e299) });
        AssertRefused(new() { SampleWeights = Weights(double.MaxValue) });
        AssertRefused(new() { SampleWeights = within, Plan = ResamplingPlan.Repeat(RowMask.From(RowCount, static row => row == 9), 3) });
        AssertRefused(new() { SampleWeights = within, Plan = ResamplingPlan.Repeat([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]) });
    }

    [Fact]
    public void Fit_OffsetsBesideRowsThatAPlanMakes_AreRefused()
    {
        var (samples, labels) = SmallFits.Problem(50, 2, 165);
        var options = new LogisticOptions { Offsets = new double[50], Plan = ResamplingPlan.Extend(50, [new SyntheticRow(0, 1, 0.5f)], 1) };
        var error = Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(samples, labels, options));
        Assert.Contains("rows that a plan makes have no offset", error.Message, StringComparison.Ordinal);
        Assert.Equal(FitStatus.Converged, LogisticRegression.Fit(samples, labels, options with { Offsets = default }).Status);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-double.Epsilon)]
    public void Check_WeightThatIsNone_NamesItsRow(double weight)
    {
        var weights = Weights(1);
        weights[7] = weight;
        Assert.Contains("row 7", Assert.Throws<ArgumentException>(() => LogisticChecks.Check(s_samples, s_labels, new() { SampleWeights = weights })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_MoreColumnsThanASquareOfCoefficientsHolds_AreRefused()
    {
        using var samples = SampleMatrix.Create(2, 349_525);
        var error = Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(samples, Labels.From([0, 1])));
        Assert.Contains("349,525 columns ask for 349,526 coefficients; a fit has at most 46,336", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FitMany_ModelThatIsNull_IsNamed()
    {
        var error = Assert.Throws<ArgumentException>(() => LogisticRegression.FitMany(s_samples, s_labels, [new(), new(), null!]));
        Assert.Contains("model 2 of 3 is null", error.Message, StringComparison.Ordinal);
    }

    private static double[] Weights(double weight) => [.. Enumerable.Repeat(weight, RowCount)];

    private static void AssertRefused(LogisticOptions options) => Assert.Contains(
        "the sum must lie between", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(s_samples, s_labels, options)).Message, StringComparison.Ordinal);
}
