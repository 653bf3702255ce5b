using Engine.Numerics;

namespace Engine.Compute;

/// <summary>The four kernels on the processor, at the widest vectors that it has.</summary>
public sealed partial class SimdBackend : IComputeBackend
{
    private SimdBackend()
    {
    }

    /// <summary>Gets the one instance; it holds no state.</summary>
    public static SimdBackend Instance { get; } = new();

    /// <inheritdoc/>
    public bool WorksInPlace => true;

    /// <inheritdoc/>
    public string Name => $"SIMD, {Simd.Level}";
}
