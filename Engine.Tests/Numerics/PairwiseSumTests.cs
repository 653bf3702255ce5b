using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class PairwiseSumTests
{
    [Fact]
    public void Of_GoldenShares_DividedByTheSum_EqualNumpyBitForBit()
    {
        foreach (var set in Golden.Load("adasyn.json")["cases"]!.AsArray().Where(set => set!["r_hat"] is not null))
        {
            var shares = set!["r"].Doubles();
            var sum = PairwiseSum.Of(shares);
            Assert.Equal(set["r_hat"].Doubles(), shares.Select(share => share / sum));
        }
    }

    [Fact]
    public void Of_EveryLength_AddsEveryTermOnce()
    {
        for (var length = 0; length <= 600; length++)
        {
            var terms = Enumerable.Range(1, length).Select(term => (double)term).ToArray();
            Assert.Equal(length * (length + 1) / 2, PairwiseSum.Of(terms));
        }
    }

    [Theory]
    [InlineData(.1)]
    [InlineData(-36.6)]
    [InlineData(1e300)]
    [InlineData(0)]
    public void OfCopies_EveryCount_HasTheBitsOfTheSumOfCopies(double term)
    {
        for (var count = 0; count <= 1200; count++)
            Assert.Equal(PairwiseSum.Of(Enumerable.Repeat(term, count).ToArray()), PairwiseSum.OfCopies(term, count));
    }
}
