using Engine.Data;
using Engine.Numerics;

namespace Engine.Tests.Data;

/// <summary>A quotient of three operations with the reciprocal has every bit of the division, and so has the float32 that it is rounded to.</summary>
public sealed unsafe class StandardizationTests
{
    private static readonly float[] s_special =
        [0, -0f, 1, -1, float.Epsilon, -float.Epsilon, float.MaxValue, -float.MaxValue, 1.1754944e-38f, 0.1f, 16777215, 1e-30f, 1e30f, 2 - (1f / (1 << 22)), 0.99999994f, 1.0000001f];

    [Fact]
    public void Apply_EveryWidth_HasTheBitsOfTheDivision()
    {
        for (var count = 1; count <= 40; count++)
        {
            var stream = new RandomStream(3, (ulong)count);
            var means = Draw(count, column => 5 * stream.Normal((ulong)column));
            var deviations = Draw(count, column => Math.Abs(3 * stream.Normal(1000 + (ulong)column)) + 1e-3);
            for (var row = 0; row < 200; row++)
                AssertDivision(means, deviations, [.. Enumerable.Range(0, count).Select(column => (float)(7 * stream.Normal((ulong)(2000 + (row * count) + column))))]);
        }
    }

    [Fact]
    public void Apply_SpecialValuesAndSizes_HasTheBitsOfTheDivision()
    {
        double[] sizes = [1e-99, 1e-45, 1.0 / 3, 1 - (1.0 / (1L << 53)), 1, 1 + (1.0 / (1L << 52)), 2 - (1.0 / (1L << 52)), Math.PI, 1e38, 1e99];
        foreach (var deviation in sizes)
        {
            foreach (var mean in sizes.Append(0).Concat(sizes.Select(static size => -size)))
                AssertDivision(Draw(s_special.Length, _ => mean), Draw(s_special.Length, _ => deviation), s_special);
        }
    }

    [Fact]
    public void Apply_QuotientsAmidTwoFloats_HasTheBitsOfTheDivision()
    {
        // The last bit of a double decides which of them it is rounded to: differences of 0 and means next to deviation x (an odd number of 25 bits).
        var stream = new RandomStream(4, 1);
        for (var draw = 0UL; draw < 20_000; draw++)
        {
            var deviation = draw % 3 == 0 ? 2 - (draw / (double)(1L << 52)) : 1 + stream.UniformDouble(2 * draw);
            var middle = (1 << 24) + (2 * stream.Below((2 * draw) + 1, 1 << 23)) + 1;
            var mean = -deviation * middle;
            AssertDivision(Draw(8, column => mean + ((column - 4) * (Math.BitIncrement(mean) - mean))), Draw(8, _ => deviation), new float[8]);
        }
    }

    [Theory]
    [InlineData(1e-300, 1)]
    [InlineData(5, 1e-300)]
    [InlineData(1e300, 1e-10)]
    [InlineData(0, double.PositiveInfinity)]
    public void Apply_SizesNearTheEndOfDoubles_HasTheBitsOfTheDivision(double mean, double deviation) =>
        AssertDivision(Draw(s_special.Length, _ => mean), Draw(s_special.Length, _ => deviation), s_special);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Apply_AValueThatIsNotFinite_IsTold(float value)
    {
        for (var count = 1; count <= 25; count++)
        {
            for (var place = 0; place < count; place++)
            {
                var row = new float[count];
                row[place] = value;
                Assert.False(Apply(new Standardization(new double[count], Draw(count, _ => 3)), row, new float[count]));
            }
        }
    }

    [Fact]
    public void Apply_InPlace_GivesTheSameValues()
    {
        for (var count = 1; count <= 40; count++)
        {
            var row = Array.ConvertAll(Draw(count, static column => column - 5.5), static value => (float)value);
            foreach (var isEvery in (bool[])[true, false])
            {
                var standardization = new Standardization(
                    Draw(count, column => isEvery || column == count - 1 ? column : 0), Draw(count, column => isEvery || column == count - 1 ? 3 : 1), isEvery ? (ReadOnlyMemory<int>?)null : new[] { count - 1 });
                var (elsewhere, inPlace) = (new float[count], (float[])row.Clone());
                Assert.True(Apply(standardization, row, elsewhere));
                Assert.True(Apply(standardization, inPlace, inPlace));
                Assert.Equal(elsewhere, inPlace);
            }
        }
    }

    private static double[] Draw(int count, Func<int, double> draw) => [.. Enumerable.Range(0, count).Select(draw)];

    private static void AssertDivision(double[] means, double[] deviations, float[] row)
    {
        var found = new float[row.Length];
        Assert.True(Apply(new Standardization(means, deviations), row, found));
        for (var column = 0; column < row.Length; column++)
        {
            var expected = (float)((row[column] - means[column]) / deviations[column]);
            Assert.Equal(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(found[column]));
        }
    }

    private static bool Apply(Standardization standardization, float[] row, float[] standardized)
    {
        fixed (float* from = row, to = standardized)
            return standardization.Apply(from, row.Length, to, row.Length, 1) == 1;
    }
}
