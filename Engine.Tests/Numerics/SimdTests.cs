using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed class SimdTests
{
    /// <summary>.ci/run repeats the suite with instruction sets switched off; a switch that did nothing would make that repetition worthless.</summary>
    [Fact]
    public void Level_LevelAskedFor_IsTheLevel()
    {
        var expected = Environment.GetEnvironmentVariable("ENGINE_EXPECTED_SIMD");
        Assert.SkipWhen(string.IsNullOrEmpty(expected), "no SIMD level is asked for: ENGINE_EXPECTED_SIMD is not set");
        Assert.Equal(Enum.Parse<SimdLevel>(expected!), Simd.Level);
    }
}
