using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu;

/// <summary>Memory of a device, with errors that say what would fit.</summary>
internal sealed class DeviceMemory(Accelerator accelerator, long? limit)
{
    private const double UsableShare = 0.9;

    /// <summary>Gets the bytes that may be used.</summary>
    public long Limit { get; } = limit ?? (long)(accelerator.MemorySize * UsableShare);

    /// <summary>Allocates memory on the device.</summary>
    /// <exception cref="DeviceMemoryException">The device has not enough of it left.</exception>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length)
        where T : unmanaged
    {
        try
        {
            return accelerator.Allocate1D<T>(length);
        }
        catch (Exception error) when (error is ILGPU.Runtime.AcceleratorException or OutOfMemoryException)
        {
            throw new DeviceMemoryException(
                $"{accelerator.Name} could not give {length * ILGPU.Interop.SizeOf<T>():N0} bytes; other programs may hold some of its {accelerator.MemorySize:N0}. Close them, or use the processor.",
                error);
        }
    }

    /// <summary>Returns how many slabs of rows may stay on the device: half of its memory, so that work finds room beside them, and never less than two, of which one is sent while the other is used.</summary>
    /// <param name="bytes">What a slab takes.</param>
    /// <param name="count">How many there are.</param>
    public int SlabsThatStay(long bytes, long count) => (int)Math.Clamp(Limit / 2 / bytes, Math.Min(2, count), count);

    /// <summary>Checks a plan before anything is allocated.</summary>
    /// <param name="bytes">What must be on the device at a time.</param>
    /// <param name="what">What for.</param>
    /// <param name="wayOut">What would fit.</param>
    /// <exception cref="DeviceMemoryException">The plan needs more than <see cref="Limit"/>.</exception>
    public void Require(long bytes, string what, string wayOut)
    {
        if (bytes > Limit)
            throw new DeviceMemoryException($"{what} needs {bytes:N0} bytes of {accelerator.Name}, which has {Limit:N0} to use; {wayOut}", null);
    }
}
