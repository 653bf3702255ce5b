using Engine.Compute;

namespace Engine.Gpu;

/// <summary>The kernels of the engine on a device. Dispose it after every index that it made.</summary>
public interface IGpuBackend : IComputeBackend, IDisposable
{
    /// <summary>Gets the device.</summary>
    GpuDevice Device { get; }

    /// <summary>Measures how fast the device copies from its memory to its memory.</summary>
    /// <returns>Bytes read and written a second, in the best of a few copies.</returns>
    double MeasureMemoryBandwidth();
}
