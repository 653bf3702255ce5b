using Engine.Features;
using Engine.Numerics;

namespace Engine.Tests.Features;

public sealed class RangeExtremesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(65)]
    public void Of_EveryRun_EqualsASearch(int count)
    {
        var stream = new RandomStream(7, 1);
        double[] values = [.. Enumerable.Range(0, count).Select(i => (double)stream.Below((ulong)i, 20) - 10)];
        var extremes = new RangeExtremes();
        // What a longer series before has left must not shine through.
        extremes.Begin(new double[100]);
        extremes.Begin(values);
        for (var first = 0; first < count; first++)
        {
            for (var end = first + 1; end <= count; end++)
                Assert.Equal((values[first..end].Min(), values[first..end].Max()), extremes.Of(first, end));
        }
    }
}
