using Bench.Comparisons.Measurement;

namespace Engine.Tests.Bench.Comparisons.Measurement;

public sealed class TimingTests
{
    [Fact]
    public void MedianOf_Repetitions_IsTheOneInTheMiddleByTotal()
    {
        Timing[] repetitions = [new(5, 1), new(0, 1), new(1, 2)];
        Assert.Equal(new Timing(1, 2), Timing.MedianOf(repetitions));
        Assert.Equal(new Timing(1, 2), Timing.MedianOf(repetitions[1..]));
        Assert.Equal(new Timing(5, 1), Timing.MedianOf(repetitions[..1]));
    }
}
