using Bench.Comparisons.Measurement;

namespace Engine.Tests.Bench.Comparisons.Measurement;

public sealed class MemoryBandwidthTests
{
    [Fact]
    public void Measure_AnyMachine_IsPositiveAndFinite() => AssertPlausible(MemoryBandwidth.Measure(2));

    [Fact]
    public void Measure_EveryPass_IsPositiveAndFinite() => Assert.All(Enum.GetValues<MemoryPass>(), static pass => AssertPlausible(MemoryBandwidth.Measure(1, pass)));

    private static void AssertPlausible(double bandwidth)
    {
        Assert.True(double.IsFinite(bandwidth) && bandwidth > 0, $"{bandwidth}");
    }
}
