using Engine.Compute;
using Engine.Numerics;

namespace Engine.Tests.Compute;

/// <summary>The contract on the processor, at the SIMD level of this run.</summary>
public sealed class SimdBackendTests : ComputeBackendContract
{
    protected override IComputeBackend Backend => SimdBackend.Instance;

    [Fact]
    public void Name_ThisMachine_SaysTheLevel() => Assert.Equal($"SIMD, {Simd.Level}", Backend.Name);
}
