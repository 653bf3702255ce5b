using ILGPU;
using ILGPU.Runtime;

namespace Engine.Gpu.Ilgpu;

/// <summary>An open device.</summary>
internal sealed class IlgpuDevice : IDisposable
{
    private const int LargestGroup = 256;

    private readonly Context _context;

    /// <summary>Takes the ownership of a context and opens one of its devices.</summary>
    public IlgpuDevice(Context context, Device device, long? memoryLimit)
    {
        _context = context;
        Accelerator = device.CreateAccelerator(context);
        Memory = new DeviceMemory(Accelerator, memoryLimit);
        GroupSize = Math.Min(LargestGroup, Accelerator.MaxNumThreadsPerGroup);
    }

    public Accelerator Accelerator { get; }

    public DeviceMemory Memory { get; }

    /// <summary>Gets the number of threads of a group.</summary>
    public int GroupSize { get; }

    /// <summary>Gets whether a group has threads enough for the wide tile.</summary>
    public bool HasWideGroups => GroupSize == LargestGroup;

    /// <summary>Gets what a thread locks while it uses the device.</summary>
    public object Gate { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }
}
