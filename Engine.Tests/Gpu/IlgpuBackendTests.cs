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

    // That accelerator takes a minute for what the processor's own code takes a second.
    protected override IEnumerable<int> Lengths => [1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 40, 64, 76, 127, 128, 129, 255, 256, 257];

    protected override int HardRowCount => 800;

    protected override int ManyColumnsRowCount => 400;

    public sealed class CpuCheck : IDisposable
    {
        internal static IlgpuLimits Small { get; } = new() { QueriesPerBatch = 300, SlabElements = 1 << 15, PairCount = 30_000, FirstStep = 30, DeviceBytes = 1 << 30 };

        public IGpuBackend Backend { get; } = DeviceList.Open(Accelerators.Devices().Single(device => device.Kind == GpuDeviceKind.CpuCheck), Small);

        public void Dispose() => Backend.Dispose();
    }
}
