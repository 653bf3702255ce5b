using Engine.Compute;
using Engine.Numerics;

namespace Engine.Tests.Compute;

/// <summary>The contract on the processor, at the SIMD level of this run.</summary>
public sealed class SimdBackendTests : ComputeBackendContract
{
    protected override IComputeBackend Backend => SimdBackend.Instance;

    [Fact]
    public void Accumulate_RowsOfWeightZeroTakenOut_KeepsTheBits()
    {
        var block = IrlsBlock.Create(256, 19, hasIntercept: true, hasOffsets: true);
        var (with, without) = (new NormalEquations(20), new NormalEquations(20));
        block.Accumulate(Backend, with);
        block.WithoutRowsOfWeightZero().Accumulate(Backend, without);
        AssertSameBits(without, with);
    }

    [Fact]
    public void Name_ThisMachine_SaysTheLevel() => Assert.Equal($"SIMD, {Simd.Level}", Backend.Name);
}
