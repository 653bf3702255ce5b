using Engine.Compute;

namespace Engine.Gpu;

/// <summary>The kernels of the engine on a device. Once it is disposed, whatever is asked of it or of what it made throws <see cref="ObjectDisposedException"/>; it closes when what it made is disposed too.</summary>
public interface IGpuBackend : IComputeBackend, IDisposable
{
    /// <summary>Gets the device.</summary>
    GpuDevice Device { get; }

    /// <summary>Measures how fast the device copies from its memory to its memory.</summary>
    /// <returns>Bytes read and written a second, in the best of a few copies.</returns>
    double MeasureMemoryBandwidth();
}
