using Engine.Compute;
using Engine.Gpu;
using Engine.Gpu.Ilgpu;
using Engine.Tests.Compute;

namespace Engine.Tests.Gpu;

/// <summary>The contract on ILGPU's CPU accelerator, with limits so small that slabs, batches, steps and overflows all occur.</summary>
public sealed class IlgpuBackendTests : ComputeBackendContract, IClassFixture<IlgpuBackendTests.CpuCheck>
{
    private readonly CpuCheck _check;

    public IlgpuBackendTests(CpuCheck check) => _check = check;

    protected override IComputeBackend Backend => _check.Backend;

    public sealed class CpuCheck : IDisposable
    {
        internal static IlgpuLimits Small { get; } = new() { QueriesPerBatch = 100, SlabElements = 1 << 14, PairCount = 3000, FirstStep = 20, DeviceBytes = 1 << 30 };

        public IGpuBackend Backend { get; } = DeviceList.Open(Accelerators.Devices().Single(device => device.Kind == GpuDeviceKind.CpuCheck), Small);

        public void Dispose() => Backend.Dispose();
    }
}
