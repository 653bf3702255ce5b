using Engine.Synthesis;
using Engine.Tests.Support;

namespace Engine.Tests.Synthesis;

public sealed class LatentVariableTests
{
    // What the series leaves out; the file says the same.
    private const double SeriesUpToEightTenths = 1e-7;
    private const double SeriesAtNineTenths = 5e-5;

    [Fact]
    public void BoundsAndScores_OfCounts_AreThoseOfTheNormalDistribution()
    {
        foreach (var golden in Golden.Load("copula.json")["variables"]!.AsArray())
        {
            var variable = Variable(golden!["counts"].Ints());
            AssertNear(golden["bounds"].Doubles(), variable.Bounds, 1e-12);
            AssertNear(golden["scores"].Doubles(), variable.Scores, 1e-12);
            AssertNear([golden["variance"].As<double>(), variable.Variance], [variable.Variance, variable.Coefficients[0]], 1e-12);
        }
    }

    [Fact]
    public void Covariance_OfEveryPair_IsThatOfTheBivariateNormalDistribution()
    {
        var golden = Golden.Load("copula.json");
        var variables = golden["variables"]!.AsArray().ToDictionary(node => node!["name"].As<string>(), node => Variable(node!["counts"].Ints()));
        foreach (var pair in golden["pairs"]!.AsArray())
        {
            var (x, y, r, expected) = (variables[pair!["x"].As<string>()], variables[pair["y"].As<string>()], pair["correlation"].As<double>(), pair["covariance"].As<double>());
            var tolerance = Math.Abs(r) > 0.8 ? SeriesAtNineTenths : SeriesUpToEightTenths;
            Assert.Equal(expected, LatentCorrelation.Covariance(x, y, r), tolerance);
            // The way back: where the covariance says little of the correlation, it says the covariance again.
            var found = LatentCorrelation.Correlation(x, y, expected, double.PositiveInfinity);
            Assert.Equal(expected, LatentCorrelation.Covariance(x, y, found), 2 * tolerance);
            if (Math.Abs(r) <= 0.5)
                Assert.Equal(r, found, 1e-9);
        }
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(990, 10)]
    public void Correlation_FewRowsWorth_CountsForLittle(int first, int second)
    {
        var variable = Variable([first, second]);
        var variance = variable.Variance;
        Assert.Equal(0, LatentCorrelation.Correlation(variable, variable, 0, 1000));
        foreach (var correlation in new[] { 0.05, -0.005, 0.5 })
        {
            var worth = 1000 * variance * variance;
            var uncertainty = (Math.Pow(1 - (correlation * correlation), 2) + (1 / worth)) / worth;
            var kept = correlation * 0.1 / (0.1 + uncertainty);
            var found = LatentCorrelation.Correlation(variable, variable, correlation * variance, 1000);
            Assert.Equal(kept * variance, LatentCorrelation.Covariance(variable, variable, found), 1e-9);
        }

        Assert.Equal(1, LatentCorrelation.Correlation(variable, variable, 2, 1000));
        Assert.Equal(-1, LatentCorrelation.Correlation(variable, variable, -2, 1000));
    }

    [Fact]
    public void Correlation_RareEventsThatNeverMeet_IsNearNone()
    {
        // One row in a hundred each: that they do not meet is what independent events do. The covariance alone would say that they avoid each other.
        var rare = Variable([99, 1]);
        var covariance = -0.01 / 0.99 * rare.Variance;
        Assert.InRange(LatentCorrelation.Correlation(rare, rare, covariance, 100), -0.05, 0);
        Assert.True(LatentCorrelation.Correlation(rare, rare, covariance, double.PositiveInfinity) < -0.5);
    }

    [Fact]
    public void Of_CorrelationsThatFitNoVariables_KeepsWhatCanBeKept()
    {
        // Three even variables of which every two rows that show both say that each is the opposite of the others.
        int[][] shown = [[0, 1, -1], [1, 0, -1], [-1, 0, 1], [-1, 1, 0], [0, -1, 1], [1, -1, 0]];
        var variables = Enumerable.Range(0, 3)
            .Select(variable => new LatentVariable([.. Enumerable.Range(0, 600).Select(row => shown[row % 6][variable])], [200, 200]))
            .ToArray();
        var options = new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken };
        var correlation = LatentCorrelation.Of(variables, options);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
                Assert.Equal(i == j ? 1 : -0.5, correlation.Matrix[(i * 3) + j], i == j ? 0 : 0.01);
        }

        Assert.Empty(correlation.Factor.LeftOut);
        Assert.Equal(0.5, correlation.Shrinkage, 0.01);
        Assert.Equal(0, LatentCorrelation.Of(variables[..1], options).Shrinkage);
    }

    [Fact]
    public void Coefficients_ManySmallClasses_AreThoseOfAContinuousVariable()
    {
        // A thousand rows that all differ, and the same by the full series of a variable with one class more frequent than the limit.
        var many = Variable([.. Enumerable.Repeat(1, 1000)]);
        Assert.Single(many.Coefficients);
        Assert.Equal(1, many.Variance, 1e-2);
        var tied = Variable([5, .. Enumerable.Repeat(1, 995)]);
        Assert.All(tied.Coefficients[1..], coefficient => Assert.InRange(Math.Abs(coefficient), 0, 2e-2));
        Assert.Equal(many.Coefficients[0], tied.Coefficients[0], 1e-3);
    }

    /// <summary>Creates a variable of as many rows as counted.</summary>
    internal static LatentVariable Variable(int[] counts) => new([.. counts.SelectMany((count, place) => Enumerable.Repeat(place, count))], counts);

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (one, other) in expected.Zip(actual))
            Assert.Equal(one, other, tolerance);
    }
}
