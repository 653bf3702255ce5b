using Engine.Gpu.Ilgpu.Kernels;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu.Search;

/// <summary>Some rows on the device: as they are, and centered, turned, with their shares.</summary>
internal sealed class DeviceRows : IDisposable
{
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _raw;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _turned;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _shares;

    public DeviceRows(DeviceMemory memory, int capacity, int stride)
    {
        Pitch = capacity + FilterKernel.WidestTile;
        _raw = memory.Allocate<float>((long)capacity * stride);
        _turned = memory.Allocate<float>((long)Pitch * stride);
        _shares = memory.Allocate<float>(Pitch);
    }

    /// <summary>Gets the room between two elements of a row: a tile may read, not use, what lies beyond the last row.</summary>
    public int Pitch { get; }

    /// <summary>Gets or sets which slab the rows are; -1 for none.</summary>
    public long Slab { get; set; } = -1;

    /// <summary>Gets the padded rows as they are, which canonical distances are computed of.</summary>
    public ArrayView<float> Raw => _raw.View;

    public ArrayView<float> Turned => _turned.View;

    public ArrayView<float> Shares => _shares.View;

    /// <summary>Returns the device bytes that so many rows take.</summary>
    public static long BytesOf(int capacity, int stride) => (((long)capacity * stride) + ((long)(capacity + FilterKernel.WidestTile) * (stride + 1))) * sizeof(float);

    /// <inheritdoc/>
    public void Dispose()
    {
        _raw.Dispose();
        _turned.Dispose();
        _shares.Dispose();
    }
}
