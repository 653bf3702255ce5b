using Engine.Data;
using Engine.Logistic;
using Engine.Resampling;
using Engine.Tests.Support;

namespace Engine.Tests.Logistic;

public sealed partial class LogisticFitTests
{
    [Fact]
    public void InformationCriteria_ColumnTwice_CountWhatWasKept()
    {
        // Two of the eight rows are on the wrong side of odds 3 : 1. The column twice is one column: two coefficients, not three.
        var samples = Tables.From([.. new double[] { -1, -1, -1, -1, 1, 1, 1, 1 }.Select(x => new[] { x, x })]);
        var fit = LogisticRegression.Fit(samples, Labels.From([1, 0, 0, 0, 1, 1, 1, 0]));
        Assert.Equal(FitStatus.Singular, fit.Status);
        var deviance = (double)((-4 * DecimalMath.Log(0.25m)) - (12 * DecimalMath.Log(0.75m)));
        Assert.Equal(deviance, fit.Deviance, 1e-12);
        Assert.Equal(deviance + 4, fit.AkaikeInformationCriterion, 1e-12);
        Assert.Equal(deviance + (2 * (double)DecimalMath.Log(8)), fit.BayesianInformationCriterion, 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LeftOutCoefficients_ColumnTwice_AreIndicesOfEveryOtherMember(bool hasIntercept)
    {
        var samples = Tables.From([.. new double[] { -1, -1, -1, -1, 1, 1, 1, 1 }.Select((x, row) => new[] { x, x, row % 3 })]);
        var fit = LogisticRegression.Fit(samples, Labels.From([1, 0, 0, 0, 1, 1, 1, 0]), new() { HasIntercept = hasIntercept });
        Assert.Equal([1], fit.LeftOutFeatures);
        var coefficient = Assert.Single(fit.LeftOutCoefficients);
        Assert.Equal(hasIntercept ? 2 : 1, coefficient);
        Assert.Equal(coefficient, fit.CoefficientOf(1));
        Assert.Equal((0.0, 0.0), (fit.Coefficients[coefficient], fit.StandardErrorOf(coefficient)));
        Assert.True(fit.StandardErrorOf(coefficient - 1) > 0);
        Assert.True(fit.StandardErrorOf(coefficient + 1) > 0);
        Assert.Contains($"coefficient {coefficient} was left out", Assert.Throws<InvalidOperationException>(() => fit.EstimateOf(coefficient)).Message, StringComparison.Ordinal);
        foreach (var outside in new[] { 4, -1 })
            Assert.Contains($"0 to {fit.Coefficients.Length - 1}", Assert.Throws<ArgumentOutOfRangeException>(() => fit.EstimateOf(outside)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => fit.CoefficientOf(-1));
        Assert.Contains("0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => fit.CoefficientOf(3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeparatingCoefficients_OneColumn_AreThoseOfItsFeature()
    {
        // No row of x = 1 has an event, so its coefficient has no optimum; the intercept has one, log(1 / 3).
        var fit = LogisticRegression.Fit(Column(0, 0, 0, 0, 1, 1, 1, 1), Labels.From([1, 0, 0, 0, 0, 0, 0, 0]));
        Assert.Equal(FitStatus.Separated, fit.Status);
        Assert.Equal([0], fit.SeparatingFeatures);
        Assert.Equal([1], fit.SeparatingCoefficients);
    }

    [Fact]
    public void HasAddedRows_EveryPlan_IsTrueWhereRowsAreRepeatedOrMade()
    {
        var samples = Column(-1, -1, -1, -1, 1, 1, 1, 1);
        var labels = Labels.From([1, 0, 0, 0, 1, 1, 1, 0]);
        var mask = RowMask.From(8, static row => row == 0);
        foreach (var (plan, adds) in new (ResamplingPlan? Plan, bool Adds)[]
        {
            (null, false),
            (ResamplingPlan.KeepAll(8), false),
            (ResamplingPlan.Keep(8, [0, 1, 4, 5, 7]), false),
            (ResamplingPlan.Repeat([1, 0, 1, 1, 1, 1, 1, 1]), false),
            (ResamplingPlan.Repeat([1, 0, 1, 1, 1, 1, 1, 2]), true),
            (ResamplingPlan.Repeat(mask, 1), false),
            (ResamplingPlan.Repeat(mask, 3), true),
            (ResamplingPlan.Repeat(RowMask.From(8, static _ => false), 3), false),
            (ResamplingPlan.Extend(8, [new SyntheticRow(0, 4, 0.5f)], 1), true),
        })
        {
            var fit = LogisticRegression.Fit(samples, labels, new() { Plan = plan });
            Assert.Equal(adds, fit.HasAddedRows);
            Assert.Equal(adds, SaveAndLoad(fit).HasAddedRows);
        }
    }
}
