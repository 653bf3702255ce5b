using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed class BernoulliRowsTests
{
    public static TheoryData<double> Scales => [1e-300, 1e-9, 1e-3, 0.5, 1, 3, 10, 40, 300, 800, 1e5];

    [Theory]
    [MemberData(nameof(Scales))]
    public void Add_AnyLogOdds_GivesWhatOneRowAtATimeGives(double scale)
    {
        var stream = new RandomStream(11, 3);
        double[] etas = [.. Enumerable.Range(0, 4 * 997).Select(i => scale * stream.Normal((ulong)i))];
        AssertAdds(etas, _ => 1);
        AssertAdds(etas, _ => 0.3);
        AssertAdds(etas, row => 0.1 + (row % 7));
    }

    [Fact]
    public void Add_SpecialLogOdds_GivesWhatOneRowAtATimeGives()
    {
        // Around the places where the functions change their path.
        double[] places = [0, -0.0, double.Epsilon, Math.Log(2), -Math.Log(Math.Sqrt(2) - 1), 700, 708.4, 709.8, 745.2, 1e300];
        double[] around = [.. places.SelectMany(place => new[] { place, -place, Math.BitIncrement(place), Math.BitDecrement(place) })];
        AssertAdds(around, _ => 1);
        AssertAdds([.. around.SelectMany(value => new[] { value, 0.25, -1, 2 })], row => 1 + (row % 2));
    }

    [Theory]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Add_LogOddsWithoutEnd_AreNotLost(double eta, double expected)
    {
        var sums = new double[4];
        BernoulliRows.Add([0], [1], [eta], new double[1], new double[1], sums);
        Assert.Equal(expected, sums[0]);
    }

    [Fact]
    public void Add_ProbabilitiesNearOne_KeepTheirLogLikelihood()
    {
        // 1 + odds rounds to 1 in every row; the product must not.
        double[] etas = [.. Enumerable.Repeat(-40.0, 100)];
        var sums = new double[4];
        BernoulliRows.Add(new double[100], [.. etas.Select(_ => 1.0)], etas, new double[100], new double[100], sums);
        var expected = -100 * Math.Exp(-40);
        Assert.InRange(sums.Sum() / expected, 1 - 1e-14, 1 + 1e-14);
    }

    private static void AssertAdds(double[] etas, Func<int, double> weightOfRow)
    {
        foreach (var (width, count) in new[] { (4, etas.Length), (4, etas.Length - 1), (4, etas.Length - 2), (4, 3), (8, etas.Length / 8 * 8) })
        {
            // With four columns an entry is a row; with more a row has one weight.
            double[] weights = [.. Enumerable.Range(0, count).Select(i => weightOfRow(width == 4 ? i : i / width))];
            double[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? 1.0 : 0)];
            var (probabilities, residuals, sums) = (new double[count], new double[count], new double[width]);
            var (expected, size) = (new double[width], new double[width]);
            BernoulliRows.Add(labels, weights, etas.AsSpan(0, count), probabilities, residuals, sums);
            for (var i = 0; i < count; i++)
            {
                var logLikelihood = weights[i] * Bernoulli.LogLikelihood(labels[i], etas[i], out var probability);
                expected[i % width] += logLikelihood;
                size[i % width] += Math.Abs(logLikelihood);
                Assert.Equal(BitConverter.DoubleToInt64Bits(probability), BitConverter.DoubleToInt64Bits(probabilities[i]));
                Assert.Equal(weights[i] * (labels[i] - probability), residuals[i]);
            }

            for (var column = 0; column < width; column++)
                Assert.InRange(sums[column], expected[column] - (1e-13 * size[column]), expected[column] + (1e-13 * size[column]));
        }
    }
}
