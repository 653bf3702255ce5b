using Engine.Numerics;

namespace Engine.Tests.Numerics;

public sealed class SimdTests
{
    /// <summary>.ci/run repeats the suite with instruction sets switched off; a switch that did nothing would make that repetition worthless.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512", SimdLevel.Vector256)]
    [InlineData("DOTNET_EnableAVX2", SimdLevel.Vector128)]
    [InlineData("DOTNET_EnableHWIntrinsic", SimdLevel.Scalar)]
    public void Level_InstructionSetSwitchedOff_IsNoHigherThanAskedFor(string variable, SimdLevel highest)
    {
        if (Environment.GetEnvironmentVariable(variable) == "0")
            Assert.InRange(Simd.Level, SimdLevel.Scalar, highest);
        else
            Assert.True(Enum.IsDefined(Simd.Level));
    }
}
