using Engine.Features;
using Engine.Tests.Support;

namespace Engine.Tests.Features;

public sealed class SixStatisticsTests
{
    [Fact]
    public void Write_SmallIntegers_EqualsTheFormulas() =>
        // Deviations -2, -1, 0, 3 around 3: variance 14/4, third moment (-8 - 1 + 27) / 4.
        Assert.Equal([1, 6, 3, (float)Math.Sqrt(3.5), (float)(4.5 / Math.Pow(3.5, 1.5)), 4], Compute([1, 2, 3, 6]));

    [Fact]
    public void Write_NoValues_AreSixNaN() => Assert.All(Compute([]), value => Assert.True(float.IsNaN(value)));

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    public void Write_ConstantValues_HaveTheSkewnessAskedFor(float constantSkewness)
    {
        Assert.Equal([80, 80, 80, 0, constantSkewness, 5], Compute([80, 80, 80, 80, 80], constantSkewness));
        // Rounding leaves twelve .4 a deviation of 5.6e-17.
        Assert.Equal(constantSkewness, Compute([.. Enumerable.Repeat(.4, 12)], constantSkewness)[4]);
        // And these a mean that is off by more than 1e-15 of itself, which would pass for a deviation of its own.
        Assert.Equal(constantSkewness, Compute([.. Enumerable.Repeat(1.0861915794091148, 127)], constantSkewness)[4]);
    }

    [Fact]
    public void Write_ThreeTenths_LeaveTheRoundingOfNumpy()
    {
        // numpy.std([.1] * 3) is 1.3877787807814457e-17.
        Assert.Equal(1.3877787807814457e-17f, Compute([.1, .1, .1])[3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e3)]
    [InlineData(1e5)]
    public void Write_Offset_CostsDeviationAndSkewnessNothing(double offset)
    {
        // Eighths, so that the sums are exact with every offset.
        double[] values = [.. Enumerable.Range(0, 50).Select(i => offset + (i * i % 37 / 8.0))];
        var decimals = values.Select(value => (decimal)(value - offset)).ToArray();
        var mean = decimals.Average();
        var variance = decimals.Average(value => (value - mean) * (value - mean));
        var third = decimals.Average(value => (value - mean) * (value - mean) * (value - mean));
        var statistics = Compute(values);
        Assert.Equal((float)Math.Sqrt((double)variance), statistics[3]);
        Assert.Equal((double)third / Math.Pow((double)variance, 1.5), statistics[4], Tolerance.FloatSkewness);
    }

    [Fact]
    public void Write_TwoValues_LeaveTheRoundingOfSciPy() =>
        // scipy.stats.skew([7.3, 7.4]) is 2.6671373443142986e-14.
        Assert.Equal(2.6671373443142986e-14f, Compute([7.3, 7.4])[4]);

    private static float[] Compute(double[] values, float constantSkewness = 0)
    {
        var destination = new float[SixStatistics.Count];
        SixStatistics.Write(values, constantSkewness, new double[2 * values.Length], destination);
        return destination;
    }
}
