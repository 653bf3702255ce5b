using System.Numerics;
using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed class RandomStreamTests
{
    private const int Draws = 200_000;

    [Theory]
    // Known answers of Random123, file kat_vectors, philox4x32 with 10 rounds.
    [InlineData(new[] { 0u, 0u, 0u, 0u, 0u, 0u }, new[] { 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u })]
    [InlineData(new[] { uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue },
        new[] { 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu })]
    [InlineData(new[] { 0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u },
        new[] { 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u })]
    public void UInt32x4_PublishedCounterAndKey_GivesPublishedWords(uint[] input, uint[] expected)
    {
        var random = new RandomStream(Join(input[4], input[5]), Join(input[2], input[3]));
        var (w0, w1, w2, w3) = random.UInt32x4(Join(input[0], input[1]));
        Assert.Equal(expected, new[] { w0, w1, w2, w3 });
    }

    [Fact]
    public void UInt64_ConsecutiveIndices_AreTheHalvesOfOneBlock()
    {
        var random = new RandomStream(1, 2);
        var (w0, w1, w2, w3) = random.UInt32x4(21);
        Assert.Equal(Join(w0, w1), random.UInt64(42));
        Assert.Equal(Join(w2, w3), random.UInt64(43));
    }

    [Fact]
    public void Draws_OfOneIndex_AreTheLeadingBitsOfItsWord()
    {
        var random = new RandomStream(3, 4);
        for (ulong i = 0; i < 1000; i++)
        {
            var word = (BigInteger)random.UInt64(i);
            Assert.Equal((double)(word >> 11) / (1UL << 53), random.UniformDouble(i));
            Assert.Equal((float)(word >> 40) / (1 << 24), random.UniformFloat(i));
            Assert.Equal(PortableMath.NormalQuantile(((double)(word >> 12) + 0.5) / (1UL << 52)), random.Normal(i));
            foreach (var bound in new ulong[] { 1, 3, 1000, ulong.MaxValue })
                Assert.Equal((ulong)((word * bound) >> 64), random.Below(i, bound));
        }
    }

    [Fact]
    public void Draws_OtherSeedOrStream_Differ()
    {
        var first = new RandomStream(1, 1);
        Assert.NotEqual(first.UInt64(0), new RandomStream(2, 1).UInt64(0));
        Assert.NotEqual(first.UInt64(0), new RandomStream(1, 2).UInt64(0));
        Assert.NotEqual(first.UInt64(0), new RandomStream(1UL << 32, 1).UInt64(0));
    }

    [Fact]
    public void Uniform_ManyDraws_HasMeanAndVarianceOfTheUniformDistribution()
    {
        var random = new RandomStream(7, 1);
        double sum = 0, squares = 0, singles = 0;
        for (ulong i = 0; i < Draws; i++)
        {
            var u = random.UniformDouble(i);
            Assert.InRange(u, 0, Math.BitDecrement(1.0));
            Assert.InRange(random.UniformFloat(i), 0, MathF.BitDecrement(1.0f));
            sum += u;
            squares += u * u;
            singles += random.UniformFloat(i);
        }

        // Five standard errors: sqrt(1 / 12 / draws) and sqrt(4 / 45 / draws).
        Assert.Equal(0.5, sum / Draws, 5 * Math.Sqrt(1.0 / 12 / Draws));
        Assert.Equal(0.5, singles / Draws, 5 * Math.Sqrt(1.0 / 12 / Draws));
        Assert.Equal(1.0 / 3, squares / Draws, 5 * Math.Sqrt(4.0 / 45 / Draws));
    }

    [Fact]
    public void Normal_ManyDraws_HasMomentsOfTheNormalDistribution()
    {
        var random = new RandomStream(7, 2);
        double sum = 0, squares = 0, fourths = 0, product = 0, previous = 0;
        for (ulong i = 0; i < Draws; i++)
        {
            var z = random.Normal(i);
            sum += z;
            squares += z * z;
            fourths += z * z * z * z;
            product += z * previous;
            previous = z;
        }

        // Five standard errors; the variances of z, z^2, z^4 and of a product of neighbors are 1, 2, 96 and 1.
        Assert.Equal(0, sum / Draws, 5 * Math.Sqrt(1.0 / Draws));
        Assert.Equal(1, squares / Draws, 5 * Math.Sqrt(2.0 / Draws));
        Assert.Equal(3, fourths / Draws, 5 * Math.Sqrt(96.0 / Draws));
        Assert.Equal(0, product / Draws, 5 * Math.Sqrt(1.0 / Draws));
    }

    [Fact]
    public void Below_ManyDraws_GivesEveryOutcomeEqually()
    {
        const int Outcomes = 7;
        var random = new RandomStream(7, 3);
        var counts = new int[Outcomes];
        for (ulong i = 0; i < Draws; i++)
            counts[random.Below(i, Outcomes)]++;
        var expected = Draws / (double)Outcomes;
        Assert.All(counts, count => Assert.Equal(expected, count, 5 * Math.Sqrt(expected)));
    }

    [Fact]
    public void Below_NoOutcome_Throws()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, 1).Below(0, 0));
        Assert.Contains("1 or more", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1001)]
    public void Fill_AnyLength_EqualsOneDrawAtATime(int length)
    {
        const ulong First = 1UL << 33;
        var random = new RandomStream(7, 4);
        var (wholes, uniforms) = (new int[length], new float[length]);
        random.FillBelow(First, 1000, wholes);
        random.FillUniform(First, uniforms);
        Assert.Equal(Enumerable.Range(0, length).Select(i => (int)random.Below(First + (ulong)i, 1000)), wholes);
        Assert.Equal(Enumerable.Range(0, length).Select(i => random.UniformFloat(First + (ulong)i)), uniforms);
    }

    private static ulong Join(uint low, uint high) => ((ulong)high << 32) | low;
}
