using Engine.Tests.Support;

namespace Engine.Tests.Gpu;

/// <summary>What a build without ILGPU leaves out, by name.</summary>
public sealed class WithoutIlgpuTests
{
    [Fact]
    public void IlgpuBackend_Contract_IsLeftOutOfThisBuild() => Skip.Because(
        "IlgpuBackendTests (the contract on ILGPU's CPU accelerator), PtxTests, CudaDeviceTests: this build has no ILGPU; test with -p:Accelerators=ilgpu to run them.");
}
