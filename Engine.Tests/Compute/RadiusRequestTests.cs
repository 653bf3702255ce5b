using Engine.Compute;
using Engine.Numerics.Distances;
using Engine.Tests.Support;

namespace Engine.Tests.Compute;

public sealed class RadiusRequestTests
{
    [Fact]
    public void CanonicalLimit_AnyRadius_NoLargerSquareHasARootWithinIt()
    {
        // All significands and both parities of the exponent; then the ends of the range, where numbers are of another kind.
        var reached = 0;
        var request = new RadiusRequest(Tables.Normal(1, 1, 1), 0);
        for (var radius = 1f; radius < 4; radius = MathF.BitIncrement(radius))
        {
            var limit = (request with { Radius = radius }).CanonicalLimit(Metric.L2);
            // A root rises with what is under it, so the next number tells of all.
            if (MathF.Sqrt(MathF.BitIncrement(limit)) <= radius)
                Assert.Fail($"radius {radius}: a square above {limit} has a root within it.");
            reached += MathF.Sqrt(limit) <= radius ? 1 : 0;
        }

        Assert.InRange(reached, 1, int.MaxValue);
        foreach (var radius in new[] { 0, float.Epsilon, 1e-23f, 2.6469779e-23f, 3.7433926e-23f, 5e-20f, 1.0842022e-19f, 1.8446743e19f, 1.8446744e19f, float.MaxValue })
        {
            var limit = (request with { Radius = radius }).CanonicalLimit(Metric.L2);
            Assert.True(float.IsInfinity(limit) || MathF.Sqrt(MathF.BitIncrement(limit)) > radius, $"radius {radius}: a square above {limit} has a root within it.");
        }
    }

    [Theory]
    [InlineData(Metric.L1)]
    [InlineData(Metric.SquaredL2)]
    public void CanonicalLimit_MetricWithoutRoot_IsTheRadius(Metric metric) =>
        Assert.Equal(1.9999999f, new RadiusRequest(Tables.Normal(1, 1, 1), 1.9999999f).CanonicalLimit(metric));
}
