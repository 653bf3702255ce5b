using Bench.Kernels;

namespace Engine.Tests.Bench.Kernels;

public sealed class SameResultsTests
{
    [Fact]
    public void Require_WithinTheTolerance_Passes() => SameResults.Require("Suite", 1e-3, [("Scalar", [1000, .5]), ("Engine", [1000.9, .5009])]);

    [Theory]
    [InlineData(1001.1, .5)]
    [InlineData(1000, .5011)]
    [InlineData(1000, double.NaN)]
    public void Require_ANumberThatDiffers_IsNamed(double first, double second)
    {
        var error = Assert.Throws<InvalidOperationException>(() => SameResults.Require("Suite", 1e-3, [("Scalar", [1000, .5]), ("Engine", [first, second])]));
        Assert.Contains("by Engine and", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_FewerNumbers_IsAnError() =>
        Assert.Throws<InvalidOperationException>(() => SameResults.Require("Suite", 1e-3, [("Scalar", [1, 2]), ("Engine", [1])]));
}
