using System.Numerics;
using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed class CompensatedSumTests
{
    [Fact]
    public void Add_SmallTermsBesideLargeOnes_LosesNothing()
    {
        var sum = new CompensatedSum();
        sum.Add(1e16);
        for (var i = 0; i < 1000; i++)
            sum.Add(1);
        sum.Add(-1e16);
        Assert.Equal(1000, sum.Value);
    }

    [Fact]
    public void Add_LargeTermsAfterSmallOnes_LosesNothing()
    {
        // Whichever of sum and term is the larger, what the addition loses is of the smaller one.
        var sum = new CompensatedSum();
        foreach (var term in new[] { 3, 1e16, 5, 7, -1e16, 0.5 })
            sum.Add(term);
        Assert.Equal(15.5, sum.Value);
    }

    [Fact]
    public void Add_TermsOfAnySizeAndSign_StaysWithinTheBoundOfExactArithmetic()
    {
        const int Count = 200;
        for (ulong seed = 0; seed < 200; seed++)
        {
            var draws = new RandomStream(seed, 1);
            // Multiples of 2^-52 below 2^60, half of them taken back later, so that sums rise and cancel.
            var (sum, exact, magnitude) = (new CompensatedSum(), BigInteger.Zero, BigInteger.Zero);
            for (ulong i = 0; i < Count; i++)
            {
                var term = Math.ScaleB((long)draws.Below(i % (Count / 2), 1UL << 53) - (1L << 52), (int)draws.Below((i % (Count / 2)) + Count, 60) - 52);
                term = i < Count / 2 ? term : -term * (i % 7 == 0 ? 0.5 : 1);
                sum.Add(term);
                exact += Whole(term);
                magnitude += BigInteger.Abs(Whole(term));
            }

            // In units of 2^-53: the rounding of the result, and n² 2^-106 of the magnitude.
            var bound = ((BigInteger.Abs(exact) << 53) + (magnitude * Count * Count)) >> 106;
            Assert.True(BigInteger.Abs(Whole(sum.Value) - exact) <= bound + 1, $"seed {seed}: {sum.Value} is too far from {exact}.");
        }
    }

    [Fact]
    public void Add_TenMillionTenths_IsRightToTheLastBit()
    {
        var sum = new CompensatedSum();
        for (var i = 0; i < 10_000_000; i++)
            sum.Add(0.1);
        // The double 0.1 is 0.1 + 5.55e-18, so the exact sum is 1e6 + 5.55e-11, and the nearest double to it is 1e6.
        Assert.Equal(1e6, sum.Value);
    }

    // In units of 2^-53, which half of a term's unit is.
    private static BigInteger Whole(double value) => new BigInteger(Math.ScaleB(value, 53));
}
