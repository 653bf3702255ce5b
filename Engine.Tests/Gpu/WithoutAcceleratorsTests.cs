using Engine.Tests.Support;

namespace Engine.Tests.Gpu;

/// <summary>What a build without accelerators leaves out, by name.</summary>
public sealed class WithoutAcceleratorsTests
{
    [Fact]
    public void IlgpuBackend_Contract_IsLeftOutOfThisBuild() => Skip.Because(
        "IlgpuBackendTests (the contract on ILGPU's CPU accelerator and on OpenCL), PtxTests, IlgpuDeviceTests, the tests of Gpu/Torch: this build was made with -p:Accelerators=none.");
}
