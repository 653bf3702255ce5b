using Bench.Comparisons.Arrays;

namespace Engine.Tests.Bench.Comparisons.Arrays;

public sealed class RandomRowsTests
{
    [Fact]
    public void Draw_AllRows_UsesEachOnce()
    {
        var (reference, queries) = RandomRows.Draw(100, new ArraySize(70, 30));
        Assert.Equal(Enumerable.Range(0, 100), reference.Concat(queries).Order());
        Assert.NotEqual(reference.Order(), reference);
    }

    [Fact]
    public void Draw_TooFewRows_SaysHowMany()
    {
        var error = Assert.Throws<CaseUnavailableException>(() => RandomRows.Draw(1_000, new ArraySize(900, 101)));
        Assert.Equal("there are 1,000 rows where 1,001 are needed", error.Message);
    }
}
