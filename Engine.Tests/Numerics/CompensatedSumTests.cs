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
    public void Add_TenMillionTenths_IsRightToTheLastBit()
    {
        var sum = new CompensatedSum();
        for (var i = 0; i < 10_000_000; i++)
            sum.Add(0.1);
        // The double 0.1 is 0.1 + 5.55e-18, so the exact sum is 1e6 + 5.55e-11, and the nearest double to it is 1e6.
        Assert.Equal(1e6, sum.Value);
    }
}
