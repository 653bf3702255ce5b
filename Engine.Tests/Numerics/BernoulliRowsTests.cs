using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed class BernoulliRowsTests
{
    public static TheoryData<double> Scales => [1e-300, 1e-9, 1e-3, 0.5, 1, 3, 10, 40, 300, 800, 1e5];

    [Theory]
    [MemberData(nameof(Scales))]
    public void LogLikelihoods_AnyLogOdds_HaveTheBitsOfOneRowAtATime(double scale)
    {
        var stream = new RandomStream(11, 3);
        AssertSameBits([.. Enumerable.Range(0, 4001).Select(i => scale * stream.Normal((ulong)i))]);
    }

    [Fact]
    public void LogLikelihoods_SpecialLogOdds_HaveTheBitsOfOneRowAtATime()
    {
        // Around the places where the functions change their path, and beyond all of them.
        double[] places = [0, -0.0, double.Epsilon, Math.Log(2), -Math.Log(Math.Sqrt(2) - 1), 700, 708.4, 709.8, 745.2, double.MaxValue, double.PositiveInfinity, double.NaN];
        var around = places.SelectMany(place => new[] { place, -place, Math.BitIncrement(place), Math.BitDecrement(place) });
        AssertSameBits([.. around]);
        AssertSameBits([.. around.SelectMany(value => new[] { value, 0.25, -1, 2 })]);
    }

    private static void AssertSameBits(double[] etas)
    {
        for (var count = Math.Max(0, etas.Length - 5); count <= etas.Length; count++)
        {
            byte[] labels = [.. Enumerable.Range(0, count).Select(row => (byte)(row % 3 == 0 ? 1 : 0))];
            var (probabilities, logLikelihoods) = (new double[count], new double[count]);
            BernoulliRows.LogLikelihoods(labels, etas.AsSpan(0, count), probabilities, logLikelihoods);
            for (var row = 0; row < count; row++)
            {
                var expected = Bernoulli.LogLikelihood(labels[row], etas[row], out var probability);
                // A sum never tells 0 from -0.
                Assert.Equal(BitConverter.DoubleToInt64Bits(probability), BitConverter.DoubleToInt64Bits(probabilities[row]));
                Assert.Equal(BitConverter.DoubleToInt64Bits(expected + 0.0), BitConverter.DoubleToInt64Bits(logLikelihoods[row] + 0.0));
            }
        }
    }
}
