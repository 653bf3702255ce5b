using Bench.Comparisons.Measurement;

namespace Engine.Tests.Bench.Comparisons.Measurement;

public sealed class MemoryBandwidthTests
{
    [Fact]
    public void Measure_AnyMachine_IsPositiveAndFinite()
    {
        var bandwidth = MemoryBandwidth.Measure(2);
        Assert.True(double.IsFinite(bandwidth) && bandwidth > 0, $"{bandwidth}");
    }
}
