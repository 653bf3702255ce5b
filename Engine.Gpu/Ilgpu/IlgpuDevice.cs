using Engine.Numerics;
using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu;

/// <summary>An open device.</summary>
internal sealed class IlgpuDevice : IDisposable
{
    private const int LargestGroup = 256;

    private readonly Context _context;
    private readonly Lifetime _lifetime;

    /// <summary>Takes the ownership of a context and opens one of its devices.</summary>
    public IlgpuDevice(Context context, Device device, long? memoryLimit)
    {
        _context = context;
        Accelerator = device.CreateAccelerator(context);
        Memory = new DeviceMemory(Accelerator, memoryLimit);
        GroupSize = Math.Min(LargestGroup, Accelerator.MaxNumThreadsPerGroup);
        _lifetime = new Lifetime(nameof(IGpuBackend), Close);
    }

    public Accelerator Accelerator { get; }

    public DeviceMemory Memory { get; }

    /// <summary>Gets the number of threads of a group.</summary>
    public int GroupSize { get; }

    /// <summary>Gets whether a group has threads enough for the wide tile.</summary>
    public bool HasWideGroups => GroupSize == LargestGroup;

    /// <summary>Gets what a thread locks while it uses the device.</summary>
    public object Gate { get; } = new();

    /// <summary>Keeps the device open, whoever disposes it meanwhile, until the use is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed before.</exception>
    public IDisposable Use() => _lifetime.Use();

    /// <summary>Throws when the device was disposed.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed before.</exception>
    public void ThrowIfDisposed() => _lifetime.ThrowIfDisposed();

    /// <summary>Closes the device once nothing uses it any more: no running work, no index, no rows of a fit.</summary>
    public void Dispose() => _lifetime.Dispose();

    private void Close()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }
}
