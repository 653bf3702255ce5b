using Bench.Comparisons.Measurement;

namespace Engine.Tests.Bench.Comparisons.Measurement;

public sealed class MachineRoofsTests
{
    [Fact]
    public void Measure_AnyMachine_IsPositiveAndFinite()
    {
        var roofs = MachineRoofs.Measure(1);
        Assert.True(double.IsFinite(roofs.MultiplyAdds) && roofs.MultiplyAdds > 0, $"{roofs}");
        Assert.True(double.IsFinite(roofs.AbsoluteDifferences) && roofs.AbsoluteDifferences > 0, $"{roofs}");
    }
}
