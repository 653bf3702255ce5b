using Bench.Kernels;

namespace Engine.Tests.Bench.Kernels;

public sealed class KernelWorkTests
{
    [Theory]
    // 100 bytes at 50 a second need 2 s, 400 operations at 400 a second 1 s: memory is the roof.
    [InlineData(400, 400.0, 4, .5)]
    // At 80 a second they need 5 s.
    [InlineData(400, 80.0, 4, 1.25)]
    [InlineData(0, null, 8, .25)]
    public void ShareOfRoof_TwoRoofs_IsUnderTheLower(double operations, double? peak, double seconds, double expected) =>
        Assert.Equal(expected, new KernelWork(10, 100, operations, PeakOperation.MultiplyAdds).ShareOfRoof(seconds, bandwidth: 50, peak)!.Value, 1e-12);

    [Fact]
    public void ShareOfRoof_PeakUnknown_IsUnknown() => Assert.Null(new KernelWork(10, 100, 400, PeakOperation.MultiplyAdds).ShareOfRoof(4, bandwidth: 50, peak: null));
}
