using System.Runtime.InteropServices;
using Engine.Numerics;
using Engine.Tests.Support;

namespace Engine.Tests.Numerics;

public sealed class SimdTests
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>.ci/run repeats the suite with instruction sets switched off; a switch that did nothing would make that repetition worthless.</summary>
    [Fact]
    public void Level_InstructionSetSwitchedOff_IsNoHigherThanAskedFor() => Assert.InRange(Simd.Level, SimdLevel.Scalar, HighestAskedFor);

    [Fact]
    public void Level_ThisProcessor_IsThatOfItsInstructions()
    {
        Skip.Unless(RuntimeInformation.ProcessArchitecture == Architecture.X64 && File.Exists(ProcessorFile), "only Linux on x64 lists the processor's instructions in a file.");
        var flags = File.ReadLines(ProcessorFile).First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ');
        var widest = flags.Contains("avx512vbmi") ? SimdLevel.Vector512 : flags.Contains("avx2") ? SimdLevel.Vector256 : SimdLevel.Vector128;
        // Some processors slow down with their widest vectors, which the runtime then leaves unused.
        var narrowest = widest == SimdLevel.Vector512 ? SimdLevel.Vector256 : widest;
        if (!flags.Contains("avx512f"))
            Assert.InRange(Simd.Level, SimdLevel.Scalar, SimdLevel.Vector256);
        Assert.True(Simd.Level >= (narrowest < HighestAskedFor ? narrowest : HighestAskedFor), $"{Simd.Level} where the processor has {widest} and {HighestAskedFor} is asked for.");
    }

    private static SimdLevel HighestAskedFor =>
        IsOff("HWIntrinsic") ? SimdLevel.Scalar : IsOff("AVX2") ? SimdLevel.Vector128 : IsOff("AVX512") ? SimdLevel.Vector256 : SimdLevel.Vector512;

    private static bool IsOff(string instructions) => Environment.GetEnvironmentVariable($"DOTNET_Enable{instructions}") == "0";
}
