using Bench.Comparisons.Measurement;

namespace Engine.Tests.Bench.Comparisons.Measurement;

public sealed class DoublePeakTests
{
    [Fact]
    public void Measure_AnyMachine_IsPositiveAndFinite()
    {
        var peak = DoublePeak.Measure(1);
        Assert.True(double.IsFinite(peak) && peak > 0, $"{peak}");
    }
}
