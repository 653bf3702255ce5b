using Bench.Comparisons.Measurement;

namespace Engine.Tests.Bench.Comparisons.Measurement;

public sealed class ArithmeticPeakTests
{
    [Fact]
    public void MultiplyAdds_AnyMachine_IsPositiveAndFinite()
    {
        var peak = ArithmeticPeak.MultiplyAdds<double>(1);
        Assert.True(double.IsFinite(peak) && peak > 0, $"{peak}");
    }
}
