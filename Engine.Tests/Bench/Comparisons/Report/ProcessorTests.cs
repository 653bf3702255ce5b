using System.Runtime.InteropServices;
using Bench.Comparisons.Report;
using Engine.Numerics;

namespace Engine.Tests.Bench.Comparisons.Report;

public sealed class ProcessorTests
{
    [Theory]
    [InlineData("AMD EPYC", SimdLevel.Vector256, Architecture.X64, "amd-epyc-avx2")]
    [InlineData("Intel(R) Xeon(R) Platinum 8488C CPU @ 2.40GHz", SimdLevel.Vector512, Architecture.X64, "intel-xeon-platinum-8488c-cpu-avx512")]
    [InlineData("Arm64", SimdLevel.Vector128, Architecture.Arm64, "arm64-neon")]
    [InlineData("X64", SimdLevel.Scalar, Architecture.X64, "x64-scalar")]
    public void DeviceNameOf_Processor_IsAFolderName(string modelName, SimdLevel level, Architecture architecture, string expected) =>
        Assert.Equal(expected, Processor.DeviceNameOf(modelName, level, architecture));
}
